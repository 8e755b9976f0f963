"""Where setting up reads and writes."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
COMMAND = VENV / "bin" / "ruqsat"
NODE = VENV / "node"  # links to the node and npm in use
STAMPS = VENV / "setup"
LOG = STAMPS / "log.txt"
LOCK_TO_RUN = ROOT / "requirements.lock"
LOCK_TO_TEST = ROOT / "requirements-dev.lock"
LOCK_TO_BUILD = ROOT / "requirements-build.lock"
LOCK_OF_PIP = ROOT / "requirements-pip.lock"
LOCK_OF_NODE = ROOT / "requirements-node.lock"
NODE_MODULES = ROOT / "node_modules"
ASSETS = ROOT / "service" / "web" / "assets"
BUILD = ROOT / "service" / "web" / "static" / "build"
