"""What has to come from the operating system: found, or installed with apt when we are allowed to."""

import ctypes
import os
import platform
import shutil
import subprocess
import sysconfig
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from service.setup.console import CannotContinue, Runner

PDF_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
WINDOWLESS = "chromium-headless-shell"
"""Chromium without its windows, as Debian packages it: the same pages for little more than half the work."""
BROWSERS = (WINDOWLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OLDEST_NODE = 20


def missing_venv_packages() -> list[str]:
    """Name the Debian package that makes Python environments, which Debian ships apart from Python."""
    return [] if find_spec("ensurepip") else [f"python{sysconfig.get_python_version()}-venv"]


def missing_pdf_packages() -> list[str]:
    """Name the Debian packages of the libraries that lay out PDFs and cannot be loaded here."""
    return [package for library, package in PDF_LIBRARIES.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def browser() -> str | None:
    """Find the browser for tests: RUQSAT_CHROMIUM, or the first one known on the PATH."""
    named = os.environ.get("RUQSAT_CHROMIUM")
    candidates = [named] if named else list(BROWSERS)
    return next((path for name in candidates if (path := shutil.which(name))), None)


def missing_browser_packages() -> list[str]:
    """Name the Debian package of a browser for tests; CannotContinue on Ubuntu, which has none among its packages."""
    if browser() is not None:
        return []
    if _distribution() == "ubuntu":
        raise CannotContinue(
            "The tests need a browser, and Ubuntu has no Chromium among its packages: "
            "install Google Chrome, or name a Chromium in RUQSAT_CHROMIUM"
        )
    return [WINDOWLESS]


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["ID"]
    except (OSError, KeyError):
        return ""


def node_folder() -> Path | None:
    """Find the folder of a Node that is new enough and has npm beside it."""
    node = shutil.which("node")
    if node is None or not (Path(node).parent / "npm").exists():
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = said.strip().removeprefix("v").partition(".")[0]
    return Path(node).parent if major.isdigit() and int(major) >= OLDEST_NODE else None


def install(packages: Sequence[str], runner: Runner) -> None:
    """Install Debian packages, or raise CannotContinue with the one line that gets them."""
    if not packages:
        return
    advice = f"Missing on this machine, and only root may install it: sudo apt-get install {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise CannotContinue(advice)
    try:
        _refresh_package_lists(runner)
        runner.run(
            ["apt-get", "install", "--yes", "--no-install-recommends", *packages],
            counting=r"(?:Get:\d+|Unpacking|Setting up) ?(.{0,60})",
            environment={"DEBIAN_FRONTEND": "noninteractive"},
        )
    except CannotContinue as failure:
        raise CannotContinue(f"{advice}\n{failure}") from failure


def _refresh_package_lists(runner: Runner) -> None:
    runner.run(["apt-get", "update"], counting=r"(Get:\d+ .{0,60})")
