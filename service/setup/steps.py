"""The steps of setting up, in their order, and what each is made from."""

import hashlib
import json
import sysconfig
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from service.setup import actions, places
from service.setup.console import Runner


@dataclass(frozen=True)
class Step:
    """One step: nothing to do when what it makes is there and its sources, if it has any, are as they were."""

    name: str
    title: str
    sources: str
    action: Callable[[Runner], None]
    ready: Callable[[], bool]
    total: int = 0

    @property
    def stamp(self) -> Path:
        """The file that remembers from which sources the step was last done."""
        return places.STAMPS / self.name

    def is_done(self) -> bool:
        """Say whether the step would change nothing."""
        if not self.ready():
            return False
        return not self.sources or (self.stamp.exists() and self.stamp.read_text() == self.sources)


def plan(*, for_tests: bool) -> list[Step]:
    """List the steps for running the program, or for running and testing it."""
    lock = places.LOCK_TO_TEST if for_tests else places.LOCK_TO_RUN
    return [_system_step(for_tests=for_tests), *_python_steps(lock), *_page_steps()]


def _system_step(*, for_tests: bool) -> Step:
    def ready() -> bool:
        return not actions.missing_system_packages(for_tests=for_tests)

    # First, so that who has to ask somebody for a package learns it at once, and of all of them.
    install = partial(actions.install_system_packages, for_tests=for_tests)
    return Step("system", "Packages of the system", "", install, ready)


def _python_steps(lock: Path) -> list[Step]:
    version = f"{places.ROOT} {sysconfig.get_python_version()}"
    project = tomllib.loads((places.ROOT / "pyproject.toml").read_text())["project"]
    install = partial(actions.install_packages, lock)
    return [
        Step("environment", "Python environment", version, actions.make_environment, actions.has_environment),
        Step("pip", "The installer pip", version + _digest([places.LOCK_OF_PIP]), actions.renew_pip, lambda: True),
        Step(lock.stem, "Python packages", _digest([lock]), install, lambda: True, lock.read_text().count("==")),
        Step("command", "The command ruqsat", json.dumps(project), actions.install_command, places.COMMAND.exists),
    ]


def _page_steps() -> list[Step]:
    packages = _digest([places.ROOT / "package-lock.json"])
    pages = packages + _digest(places.ASSETS.rglob("*"))
    has_node = (places.NODE / "node").exists
    has_packages = (places.NODE_MODULES / ".package-lock.json").exists
    has_pages = (places.BUILD / "manifest.json").exists
    return [
        Step("node", "Node", _digest([places.LOCK_OF_NODE]), actions.choose_node, has_node),
        Step("npm", "Packages of the pages", packages, actions.install_node_packages, has_packages),
        Step("pages", "Styles, scripts and fonts", pages, actions.build_pages, has_pages),
    ]


def _digest(files: Iterable[Path]) -> str:
    """Return one hash over names and contents, so that any change of a source is seen."""
    result = hashlib.sha256()
    for file in sorted(file for file in files if file.is_file()):
        result.update(f"{file.relative_to(places.ROOT)}\0".encode())
        result.update(hashlib.sha256(file.read_bytes()).digest())
    return result.hexdigest()
