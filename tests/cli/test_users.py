"""Accounts at the command line: opened, listed, acting for the head, given another role, closed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main, users
from service.demo.world import World
from service.domain.people import ROLES
from service.program import Program
from tests.cli.test_startup import surroundings
from tests.program import QuickPasswords

PASSWORD = "a long enough one"
PERSON = ("--surname", "СЕРІКОВ", "--given", "АСАН", "--position-kk", "Бас сарапшы", "--password", PASSWORD)
SERIKOV = ("user", "add", "a.serikov", *PERSON, "--iin", "850615399019", "--role", "unit")


def test_a_person_opens_an_account_in_a_process_of_its_own(database_url: str, world: World, tmp_path: Path) -> None:
    environment = surroundings(world, tmp_path, database_url=database_url)
    command = [sys.executable, "-m", "service.cli", *SERIKOV]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    opened = "The account a.serikov is open from today, with the roles: unit.\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, opened, "")


@pytest.mark.law("R9.1")
def test_an_account_is_opened_and_acts_for_the_head_by_an_order(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = replace(program, passwords=QuickPasswords())
    monkeypatch.setattr(users, "program", lambda: quick)

    def ruqsat(*words: str) -> str:
        done = CliRunner().invoke(main, words)
        return done.stdout + done.stderr

    assert ruqsat(*SERIKOV) == "The account a.serikov is open from today, with the roles: unit.\n"
    order = ("user", "acting", "a.serikov", "--from", "2020-01-01", "--until", "2099-12-31", "--order", "57-Ж")
    assert "--together: is needed, since others act for the head on these days: МІНДЕТОВА ЖАНАР" in ruqsat(*order)
    acting = ruqsat(*order, "--together")
    assert "is acting head from 2020-01-01 until 2099-12-31, order 57-Ж." in acting
    listed = ruqsat("user", "list")
    assert "СЕРІКОВ АСАН" in listed
    assert "unit" in listed
    assert "head (acting, 57-Ж)" in listed
    again = ruqsat(*SERIKOV)
    assert again == "ruqsat: LOGIN: is taken; choose another name.\n"
    short = ruqsat("user", "add", "b", *PERSON[:-1], "short", "--iin", "850615399019", "--role", "unit", "--lang", "ru")
    assert short == "ruqsat: --password: нужно не менее 12 знаков.\n"
    every = [word for role in ROLES for word in ("--role", role)]
    all_at_once = ruqsat("user", "add", "b" * 65, *PERSON, "--iin", "850615399019", *every)
    assert all_at_once == "ruqsat: LOGIN: is longer than 64 characters. --role: is longer than 64 characters.\n"
    ruqsat("user", "add", "c.adm", *PERSON, "--iin", "850615399019", "--role", "administrator")
    other = ruqsat("user", "acting", "c.adm", "--from", "2020-01-01", "--until", "2099-12-31", "--order", "1")
    assert other == "ruqsat: LOGIN: c.adm is not an officer of the provider at work today.\n"
    ended = ruqsat("user", "role", "a.serikov", "head", "--until", "2098-12-31", "--reason", "58-Ж")
    assert ended == "a.serikov: the last day of the role head is 2098-12-31.\n"
    none = ruqsat("user", "role", "a.serikov", "reviewer", "--until", "2098-12-31", "--reason", "58-Ж")
    assert none == "ruqsat: ROLE: the role reviewer is not held after that day anyway.\n"
    forgotten = ruqsat("user", "password", "a.serikov", "--password", PASSWORD + "!")
    assert forgotten == "The account a.serikov has another password; its open sessions have ended.\n"
    closed = ruqsat("user", "close", "c.adm", "--reason", "59-Ж")
    assert closed == "The account c.adm is closed; tasks given back to their lane: 0.\n"
    assert ruqsat("user", "close", "c.adm", "--reason", "59-Ж") == "ruqsat: LOGIN: the account c.adm is closed.\n"
    (line,) = (line for line in ruqsat("user", "list").splitlines() if line.startswith("c.adm"))
    assert line.split()[-1] == "closed"
    nobody = ruqsat("user", "acting", "c", "--from", "2020-01-02", "--until", "2020-01-01", "--order", "1")
    assert nobody == "ruqsat: LOGIN: is not known: c. --until: is before the first day.\n"
