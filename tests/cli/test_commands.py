"""`ruqsat deploy`, `show` and `worker`, and what the start of the demo prints."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import time
import tomllib
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.bootstrap import STORE_MARK
from service.cli import main, procedures
from service.demo import start
from service.demo.accounts import OFFICERS, PASSWORD
from service.demo.seed import STARTS_AT
from service.demo.world import World
from service.settings import READY, ROOT, Settings, of_commands
from service.usecases.audit import audit
from service.usecases.editions import collect, pack
from tests.cli.test_startup import surroundings
from tests.editions import files
from tests.program import Story
from tests.web.office import Office, text


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.mark.law("O1", "R12.1", "D28")
@pytest.mark.parametrize(
    ("start", "due"), [("2023-09-20", "2023-09-25\n"), ("2026-12-29", "2027-01-05 (preliminary)\n")]
)
def test_deploy_freezes_the_folders_as_a_new_edition_and_names_its_duties(
    story: Story, monkeypatch: pytest.MonkeyPatch, start: str, due: str
) -> None:
    changed = dict(files(number='number = "700/НҚ"', start=f"in_force_from = {start} ", until=""))
    monkeypatch.setattr(procedures, "program", lambda **_: story.program)
    monkeypatch.setattr(procedures, "collect", lambda *_: changed)
    told = run("deploy", "--lang", "en")
    assert told.exit_code == 0, told.output
    assert "700/НҚ" in told.stdout
    duty = "Inform the operator of the e-government infrastructure of the changed rules"
    assert f"R12.1 {duty}: due {due}" in told.stdout
    newest = story.program.queries.newest_edition()
    assert newest is not None
    assert (newest.number, newest.act) == (2, "700/НҚ")


@pytest.mark.law("O1")
@pytest.mark.parametrize(
    ("language", "new", "said"),
    [
        (
            "kk",
            "700/НҚ актісінің № 2 редакциясы: 2023-09-20 күнінен бастап өзгертілгенше күшінде.",
            "Бұл редакция енгізілген: 700/НҚ актісінің № 2 редакциясы, 2023-09-12. Ештеңе өзгерген жоқ.",
        ),
        (
            "ru",
            "Редакция № 2 акта 700/НҚ: действует с 2023-09-20 до изменения.",
            "Эта редакция уже введена: № 2 акта 700/НҚ, 2023-09-12. Ничего не изменено.",
        ),
        (
            "en",
            "edition 2 of 700/НҚ: in force from 2023-09-20 until further notice",
            "this edition is already deployed: edition 2 of 700/НҚ, on 2023-09-12; nothing changed",
        ),
    ],
)
def test_the_same_files_are_not_deployed_twice_and_the_second_time_says_so(
    story: Story, monkeypatch: pytest.MonkeyPatch, language: str, new: str, said: str
) -> None:
    changed = dict(files(number='number = "700/НҚ"', start="in_force_from = 2023-09-20 ", until=""))
    monkeypatch.setattr(procedures, "program", lambda **_: story.program)
    monkeypatch.setattr(procedures, "collect", lambda *_: changed)
    first = run("deploy", "--lang", language)
    story.at("2023-09-13T10:00:00")
    second = run("deploy", "--lang", language)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stdout.splitlines()[0] == new
    assert second.stdout == f"{said}\n"
    assert len([line for line in story.program.queries.office_journal().rows if line.action == "edition_deployed"]) == 2


@pytest.mark.law("O1", "L69.1")
def test_deploy_refuses_what_the_check_finds_and_the_journal_of_the_office_says_who_which_and_why(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = dict(collect(ROOT / "processes", ROOT / "forms"))
    marked = b'name="form" value="x&#x202e;&#x9b;"'
    broken["permit.bpmn"] = broken["permit.bpmn"].replace(b'name="form" value="examine"', marked)
    monkeypatch.setattr(procedures, "program", lambda **_: story.program)
    monkeypatch.setattr(procedures, "collect", lambda *_: broken)
    told = run("deploy", "--lang", "en")
    assert told.exit_code == 1
    assert "(task_examine)" in told.stderr
    assert not set(told.stderr) & set("\u202e\x9b"), "a terminal would obey it"
    newest = story.program.queries.newest_edition()
    assert newest is not None
    assert newest.number == 1
    (line,) = [line for line in story.program.queries.office_journal().rows if line.action == "edition_refused"]
    assert (line.actor, line.details["found"], line.details["sha256"]) == ("administrator", 2, pack(broken)[1])
    supervisor = Office(story).desk("supervisor")
    for language in ("kk", "ru", "en"):
        page = text(supervisor.get(f"/office/journal?lang={language}"))
        assert f"{line.details['file']}: {line.details['why'][language]}" in page
    assert line.details["file"].startswith("permit.bpmn:")
    assert list(audit(story.program)) == []


@pytest.mark.parametrize("process", ["permit", "appeal"])
def test_show_tells_the_procedure_in_words(process: str) -> None:
    told = run("show", process)
    assert told.exit_code == 0
    assert told.stdout.rstrip() == (ROOT / "processes" / f"{process}.md").read_text().rstrip()


def test_show_of_what_is_not_drawn_ends_in_one_line() -> None:
    told = run("show", "licence")
    assert told.exit_code != 0
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize("times", [1, 20])
def test_the_worker_says_what_it_does_and_ends_quietly_however_often_it_is_asked(
    database_url: str, world: World, tmp_path: Path, times: int
) -> None:
    words = [sys.executable, "-u", "-m", "service.cli", "worker"]
    environment = surroundings(world, tmp_path, database_url=database_url)
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ruqsat worker: fires deadlines and sends the outbox\n"
        for _ in range(times):
            worker.send_signal(signal.SIGTERM)
        _, errors = worker.communicate(timeout=60)
    assert errors == ""
    assert worker.returncode in ([0] if times == 1 else [0, -signal.SIGTERM])  # where nothing of Python is left to ask


@pytest.mark.law("O2")
def test_the_demo_begins_on_a_day_on_which_applications_are_taken() -> None:
    act = tomllib.loads((ROOT / "processes" / "edition.toml").read_text())["act"]
    assert act["in_force_from"] <= STARTS_AT.date() <= act["in_force_until"]


@pytest.mark.one_database("a demo that is given no database makes one in its own folder")
def test_the_start_of_the_demo_prints_its_address_and_who_can_sign_in(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded: list[object] = []
    monkeypatch.setattr(start, "World", lambda _folder: nullcontext(world))
    monkeypatch.setattr(start, "seed", lambda program, _pki: seeded.append(program))
    monkeypatch.setattr(start, "serve", lambda program: program.database.engine.dispose())

    def begin(*, fresh: bool = False, lang: str = "en") -> str:
        said: list[str] = []
        settings = replace(Settings(instance=tmp_path, secret="s" * 32), port=18080)
        start.start_demo(settings, fresh=fresh, started=time.monotonic(), say=said.append, lang=lang)
        return "\n".join(said)

    first = begin()
    assert "Making the demo's people, keys and cases (once) ..." in first
    address = f"http://127.0.0.1:{start.free_port(18080)}"
    assert re.search(rf"Ruqsat is ready after \d+\.\d s: {re.escape(address)}\n", first)
    assert f"Officers at {address}/office, password {PASSWORD}:" in first
    assert f"Applicants at {address}/cabinet" in first
    assert all(re.search(rf"  {account.login} +{account.position['en']}\n", first) for account in OFFICERS)
    assert (tmp_path / "demo" / READY).exists()
    mark = (tmp_path / "demo" / STORE_MARK).read_text()
    second = begin()
    assert "Making" not in second
    ready = re.search(r"ready after (\d+\.\d) s", second)
    assert ready is not None
    assert float(ready[1]) < 5
    assert f"Officers at {address}/office" in second
    assert "Making" in begin(fresh=True)
    assert f"Должностные лица: {address}/office, пароль {PASSWORD}:" in begin(lang="ru")
    assert f"Лауазымды адамдар {address}/office бетінде, құпиясөз {PASSWORD}:" in begin(lang="kk")
    assert len(seeded) == 2
    assert (tmp_path / "demo" / STORE_MARK).read_text() == mark, "a database elsewhere knows it by that"
    foreign = surroundings(world, tmp_path / "other", database_url=f"sqlite:///{tmp_path / 'demo' / 'ruqsat.db'}")
    refused = CliRunner().invoke(main, ["worker"], env=foreign)
    assert (refused.exit_code, "RUQSAT_INSTANCE" in refused.stderr) == (2, True), refused.output


def test_a_port_on_which_nobody_listens_any_more_is_free_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert start.free_port(port) > port
        with socket.create_connection(("127.0.0.1", port)) as visitor:
            met, _address = server.accept()
            met.close()  # the server's side first: its end of the line is kept for a minute
            visitor.recv(1)
    assert start.free_port(port) == port


@pytest.mark.parametrize(("content", "demo"), [(None, True), (b"", True), (b"SQLite format 3", False)])
def test_commands_speak_of_the_demo_while_no_other_database_holds_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None, demo: bool
) -> None:
    monkeypatch.delenv("RUQSAT_ENV", raising=False)
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / READY).touch()
    if content is not None:
        (tmp_path / "ruqsat.db").write_bytes(content)
    assert of_commands(instance=tmp_path, database_url="").demo is demo
