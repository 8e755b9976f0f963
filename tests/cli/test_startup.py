"""What is wrong at the start is told in one line that names the setting; nobody reads a traceback."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from importlib import resources
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests
from click.testing import CliRunner
from sqlalchemy import inspect, text

from service import bootstrap, scheduler
from service.adapters.database.connection import connect
from service.cli import main, serve
from service.demo.world import World
from service.program import Program
from service.settings import ROOT, Settings, SettingsError, address_of

RECEIVED = "2023-09-12T10:00:00+06:00"
RUN = [sys.executable, "-m", "service.cli", "run"]


def surroundings(world: World, folder: Path, **settings: str) -> dict[str, str]:
    """The environment of `ruqsat run`: a folder of its own, and the settings that differ."""
    return os.environ | {
        "RUQSAT_INSTANCE": str(folder / "instance"),
        "RUQSAT_TRUST": str(world.settings(Settings()).trust),
        **{f"RUQSAT_{name.upper()}": value for name, value in settings.items()},
    }


def started(world: World, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """`ruqsat run` in a process of its own, which ends by itself because something is wrong."""
    environment = surroundings(world, folder, **settings)
    return subprocess.run(RUN, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "RUQSAT_DATABASE_URL"),
        ("sqlite:////no/such/folder/ruqsat.db", "unable to open database file"),
        ("postgresql://somebody:secret@127.0.0.1:1/nothing", "connection failed"),
        ("mysql://127.0.0.1/x", "RUQSAT_DATABASE_URL"),
        ("postgresql://[::1", "RUQSAT_DATABASE_URL"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_one_line(
    world: World, tmp_path: Path, address: str, said: str
) -> None:
    ended = CliRunner().invoke(main, ["run"], env=surroundings(world, tmp_path, database_url=address))
    assert ended.exit_code == 2
    assert said in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert "secret" not in ended.stderr


@pytest.mark.law("D20")
@pytest.mark.parametrize("command", [["run"], ["worker"], ["demo"], ["audit"], ["deadlines", "--received", RECEIVED]])
def test_time_zone_data_without_the_change_of_2024_is_told_in_one_line_and_nothing_starts(
    world: World, tmp_path: Path, command: list[str]
) -> None:
    stale = tmp_path / "Asia" / "Almaty"
    stale.parent.mkdir()
    stale.write_bytes((resources.files("tzdata.zoneinfo.Asia") / "Bishkek").read_bytes())  # UTC+6 to this day
    environment = surroundings(world, tmp_path) | {"PYTHONTZPATH": str(tmp_path), "LANG": "en_US.UTF-8"}
    words = [sys.executable, "-m", "service.cli", *command]
    ended = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode in (1, 2)
    assert "Asia/Almaty are out of date" in ended.stderr
    assert (ended.stderr.count("\n"), ended.stdout) == (1, "")
    assert not (tmp_path / "instance" / "ruqsat.db").exists()


def test_a_file_that_is_no_database_is_left_as_it_is(world: World, tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir()
    found = tmp_path / "instance" / "ruqsat.db"
    found.write_text("somebody's notes")
    ended = started(world, tmp_path)
    assert ended.returncode == 2
    assert "file is not a database" in ended.stderr
    assert found.read_text() == "somebody's notes"


def test_a_port_that_is_taken_is_named(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped: list[bool] = []
    monkeypatch.setattr(serve, "end_quietly", lambda: None)  # the signals of this process are pytest's
    monkeypatch.setattr(serve, "report", lambda _settings: None)
    running = SimpleNamespace(shutdown=lambda wait: stopped.append(wait))
    monkeypatch.setattr(scheduler, "start", lambda _ready: running)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ready = replace(program, settings=replace(program.settings, port=port))
        monkeypatch.setattr(serve, "program", lambda **_: ready)
        ended = CliRunner().invoke(main, ["run"])
    assert ended.exit_code == 2
    assert ended.stderr == f"ruqsat: port {port} is taken; name another with --port or RUQSAT_PORT\n"
    assert stopped == [False]


@pytest.mark.parametrize("left", [b"", b"\n", b"short", b"\xff" * 64, "құпия".encode() * 20])
def test_a_secret_that_was_emptied_or_written_over_opens_no_session(
    database_url: str, world: World, tmp_path: Path, left: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "end_quietly", lambda: None)  # the signals of this process are pytest's
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "secret").write_bytes(left)
    ended = CliRunner().invoke(main, ["run"], env=surroundings(world, tmp_path, database_url=database_url))
    assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1), ended.output
    assert "secret must hold at least 32 random characters; remove it for a new one" in ended.stderr


@pytest.mark.law("R9.1")
@pytest.mark.parametrize("command", [["run"], ["worker"], ["demo"], ["check"], ["deploy"]])
def test_a_machine_without_the_fonts_of_documents_starts_nothing_that_could_print_none(
    database_url: str, world: World, tmp_path: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts = tmp_path / "fonts"
    shutil.copytree(bootstrap.FONTS, fonts)
    (fonts / "NotoSerif-Bold.ttf").write_bytes(b"no font")
    monkeypatch.setattr(bootstrap, "FONTS", fonts)
    said = {
        "kk": "Құжаттардың NotoSerif-Bold.ttf қарпі жоқ немесе жарамсыз: оны `make setup` орнатады",
        "ru": "Шрифта документов NotoSerif-Bold.ttf нет, или он негоден: его ставит `make setup`",
        "en": "The font of documents NotoSerif-Bold.ttf is missing or cannot be used: `make setup` puts it there",
    }
    for language, sentence in said.items():
        told = {**surroundings(world, tmp_path, database_url=database_url), "LC_ALL": f"{language}_KZ.UTF-8"}
        ended = CliRunner().invoke(main, command, env=told)
        assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1), ended.output
        assert sentence in ended.stderr
        # What `deploy` refuses it notes in the journal: it opens the database first.
        assert command == ["deploy"] or not (tmp_path / "instance").exists()
        (fonts / "NotoSerif-Bold.ttf").unlink(missing_ok=True)


@pytest.mark.law("O1")
def test_a_fresh_database_with_a_broken_drawing_is_told_in_one_line(
    database_url: str, world: World, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "processes", tmp_path / "processes")
    (tmp_path / "processes" / "permit.bpmn").write_text("<x")
    environment = surroundings(world, tmp_path, processes=str(tmp_path / "processes"), database_url=database_url)
    ended = CliRunner().invoke(main, ["run"], env=environment)
    assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1), ended.output
    assert "permit.bpmn" in ended.stderr


@pytest.mark.law("L69.1")
def test_an_audit_whose_answer_cannot_be_written_has_found_nothing(world: World, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "service.cli", "audit"]
    environment = surroundings(world, tmp_path) | {"LC_ALL": "en_US.UTF-8"}
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(words, env=environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1), ended.stderr
    assert "The disk is full" in ended.stderr


@pytest.mark.law("R8.2")
def test_a_worker_whose_words_cannot_be_written_works(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Program] = []
    monkeypatch.setattr(serve, "program", lambda: program)
    monkeypatch.setattr(serve, "end_quietly", lambda: None)  # the signals of this process are pytest's
    monkeypatch.setattr(serve, "report", lambda _settings: None)
    monkeypatch.setattr(scheduler, "run", begun.append)

    def write(*_anything: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("click.echo", write)
    assert CliRunner().invoke(main, ["worker"]).exit_code == 0
    assert begun == [program]


HOSTS = ["not a host", "", "127.0.0.1:9000", "256.1.1.1", "127.0.0.1 127.0.0.2", "қате", "x" * 300, "http://127.0.0.1"]


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("command", ["run", "demo"])
def test_a_host_that_leads_nowhere_is_told_in_one_line_before_anything_starts(
    database_url: str, world: World, tmp_path: Path, command: str, host: str
) -> None:
    began, environment = time.monotonic(), surroundings(world, tmp_path, host=host, database_url=database_url)
    ended = CliRunner().invoke(main, [command], env=environment)
    assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1), ended.output
    assert f"RUQSAT_HOST must be an address or a name of this machine, without a port, not “{host}”" in ended.stderr
    assert not (tmp_path / "instance").exists()
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (errno.EADDRNOTAVAIL, "RUQSAT_HOST must be an address of this machine, not “127.0.0.1”"),
        (errno.EACCES, "port 8080 is not for this user; name another with --port or RUQSAT_PORT"),
    ],
)
def test_an_address_that_the_system_does_not_give_is_named(
    program: Program, monkeypatch: pytest.MonkeyPatch, refusal: int, said: str
) -> None:
    monkeypatch.setattr(serve, "end_quietly", lambda: None)  # the signals of this process are pytest's
    monkeypatch.setattr(serve, "report", lambda _settings: None)
    monkeypatch.setattr(serve, "program", lambda **_: replace(program, settings=replace(program.settings, port=8080)))

    def refuse(*_anything: object, **_options: object) -> None:
        raise OSError(refusal, os.strerror(refusal))

    monkeypatch.setattr("waitress.create_server", refuse)
    ended = CliRunner().invoke(main, ["run", "--without-scheduler"])
    assert (ended.exit_code, ended.stderr) == (2, f"ruqsat: {said}\n")


@pytest.mark.parametrize(
    ("name", "value"),
    [("seal_minutes", "nan"), ("seal_minutes", "-1"), ("draft_days", "99999999999"), ("ocsp_seconds", "0"),
     ("ocsp_seconds", "inf")],
)  # fmt: skip
def test_a_number_that_cannot_be_is_refused_by_its_name(world: World, tmp_path: Path, name: str, value: str) -> None:
    ended = CliRunner().invoke(main, ["run"], env=surroundings(world, tmp_path, **{name: value}))
    assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1)
    assert f"RUQSAT_{name.upper()} must be from " in ended.stderr


def test_a_database_of_a_newer_program_is_left_as_it_is(empty_url: str, world: World, tmp_path: Path) -> None:
    engine = connect(empty_url)
    with engine.begin() as newer:
        newer.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        newer.execute(text("INSERT INTO alembic_version VALUES ('9999')"))
    ended = CliRunner().invoke(main, ["run"], env=surroundings(world, tmp_path, database_url=empty_url))
    assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1)
    assert "Another version of the program has changed the tables" in ended.stderr
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()


@pytest.mark.parametrize("folder", ["roots", "issuers"])
def test_a_file_that_is_no_certificate_is_named(world: World, tmp_path: Path, folder: str) -> None:
    trust = shutil.copytree(world.settings(Settings()).trust, tmp_path / "trust")
    (trust / folder).mkdir(exist_ok=True)
    (trust / folder / "text.cer").write_text("-----BEGIN CERTIFICATE-----")
    ended = CliRunner().invoke(main, ["audit"], env=surroundings(world, tmp_path, trust=str(trust)))
    assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1)
    assert "text.cer holds no certificate in DER" in ended.stderr


def test_a_folder_of_diagrams_that_is_missing_is_named_by_the_check(tmp_path: Path) -> None:
    ended = CliRunner().invoke(main, ["check"], env={"RUQSAT_PROCESSES": str(tmp_path / "none")})
    assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1)
    assert str(tmp_path / "none") in ended.stderr


def test_a_port_that_cannot_be_is_refused() -> None:
    with pytest.raises(SettingsError, match="out_of_range: setting=RUQSAT_PORT, least=0, most=65535, value=99999"):
        Settings(port=99999)


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:80"), ("localhost", "http://localhost:80"), ("::1", "http://[::1]:80")],
)
def test_an_address_can_be_put_into_a_browser(host: str, address: str) -> None:
    assert address_of(host, 80) == Settings(host=host, port=80).address == address


def test_the_server_tells_its_address_when_it_listens_and_whoever_interrupts_it_reads_of_no_error(
    database_url: str, world: World, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = surroundings(world, tmp_path, port=str(port), database_url=database_url)
    with subprocess.Popen(RUN, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = f"http://127.0.0.1:{port}"
        assert server.stdout.readline() == f"ruqsat run: pages, deadlines and the outbox, at {address}\n"
        assert requests.get(f"{address}/health", timeout=30).ok
        server.send_signal(signal.SIGINT)
        _, said = server.communicate(timeout=60)
    errors = [line for line in said.splitlines() if "waitress.queue" not in line]  # a busy machine's threads come late
    assert (server.returncode, errors) == (0, [])
