"""The audit on several processors: the same findings in the same order, and nothing is proved by half of it."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import struct
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from service.adapters.database import tables
from service.adapters.database.audit_rows import AuditRepository
from service.cli import audit_hands, main
from service.cli.audit_hands import BEHIND, hands, processors
from service.domain import errors
from service.domain.audited import AuditedCase, Disagreement
from service.domain.errors import AuditCutShort, NotLawful, RuqsatError
from service.program import Program
from service.settings import Settings, SettingsError
from service.usecases import audit as audits
from service.usecases.audit import Hands, Part, audit, audit_part
from tests.program import Story

EVERYTHING: Part = (0, None)


@pytest.fixture
def many(story: Story, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A program in which three cases are many, each of them harmed, and so are their files and what no case has."""
    monkeypatch.setattr(audits, "BATCH", 1)
    monkeypatch.setattr(audits, "FEW", 1)
    for persona in ("company_head", "entrepreneur", "company_head"):
        story.filed(persona)
    with story.program.database.engine.begin() as connection:
        connection.execute(update(tables.task).values(element="task_examine"))
        connection.execute(update(tables.counter).values(value=tables.counter.c.value + 1))
    for kept in (story.program.settings.instance / "files" / "kept").glob("*/*"):
        kept.unlink()
    return story.program


def two(program: Program) -> Hands:
    """Two processes on the program's database."""
    found = hands(program.settings, 2)
    assert found is not None
    return found


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("files", [True, False])
def test_two_processes_find_what_one_finds_in_the_same_order(many: Program, files: bool) -> None:
    alone = list(audit(many, files=files))
    assert len({found.case_number for found in alone if found.what == "task"}) == 3
    assert any(found.what == "files" for found in alone) == files
    assert alone[-1].what == "counter"
    asked: list[Part] = []

    def watched(parts: Sequence[Part], files: bool) -> Iterator[Disagreement]:
        asked.extend(parts)
        return two(many)(parts, files)

    assert list(audit(many, files=files, hands=watched)) == alone
    assert len(asked) == 4
    assert asked[-1][1] is None, "whoever comes meanwhile is looked through with the last"
    assert multiprocessing.active_children() == []


@pytest.mark.law("L69.1")
def test_however_many_have_come_meanwhile_the_last_part_holds_them_all(many: Program) -> None:
    assert len({found.case_number for found in audit_part(many, EVERYTHING, False)}) == 3


def test_few_cases_and_one_processor_begin_no_process(story: Story) -> None:
    story.filed()

    def never(_parts: object, _files: bool) -> Iterator[Disagreement]:
        raise AssertionError

    assert list(audit(story.program, hands=never)) == []
    assert hands(story.program.settings, 1) is None
    assert 1 <= processors() <= 4


@pytest.mark.law("L69.1", "R13.3")
def test_an_audit_of_which_a_process_was_killed_proves_nothing(many: Program) -> None:
    found = two(many)([EVERYTHING] * 5000, True)
    next(found)
    for process in multiprocessing.active_children():
        process.kill()
    with pytest.raises(AuditCutShort):
        list(found)
    assert multiprocessing.active_children() == []


@pytest.mark.law("L69.1", "R13.3")
def test_a_process_that_ends_in_the_middle_of_what_it_tells_proves_nothing() -> None:
    here, there = multiprocessing.Pipe(duplex=False)
    os.write(there.fileno(), struct.pack("!i", 100) + b"half")
    there.close()
    with pytest.raises(AuditCutShort):
        audit_hands._heard(here)


def test_a_process_stands_behind_everybody_else_and_leaves_an_interruption_to_who_asked(many: Program) -> None:
    heard = signal.getsignal(signal.SIGINT)
    with audit_hands._told(many.settings, [EVERYTHING] * 5000, False) as told:
        (process,) = multiprocessing.active_children()
        assert process.pid
        os.kill(process.pid, signal.SIGINT)
        assert isinstance(audit_hands._heard(told), list)
        assert os.getpriority(os.PRIO_PROCESS, process.pid) == min(os.nice(0) + BEHIND, 19)
    assert signal.getsignal(signal.SIGINT) == heard


def test_no_more_processes_begin_than_there_are_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[Sequence[Part]] = []

    def told(_settings: Settings, parts: Sequence[Part], _files: bool) -> AbstractContextManager[None]:
        begun.append(parts)
        return nullcontext()

    monkeypatch.setattr(audit_hands, "_told", told)
    monkeypatch.setattr(audit_hands, "_heard", lambda _told: [])
    look = hands(Settings(), 4)
    assert look is not None
    assert list(look([EVERYTHING] * 2, True)) == []
    assert begun == [[EVERYTHING]] * 2


def test_who_has_seen_enough_ends_the_processes(many: Program) -> None:
    found = two(many)([EVERYTHING] * 5000, True)
    next(found)
    assert len(multiprocessing.active_children()) == 2
    found.close()  # type: ignore[attr-defined]  # a generator
    assert multiprocessing.active_children() == []


def test_what_another_process_is_refused_is_told_here(many: Program, tmp_path: Path) -> None:
    nowhere = hands(replace(many.settings, trust=tmp_path), 2)
    assert nowhere is not None
    with pytest.raises(SettingsError, match="no_roots"):
        list(nowhere([EVERYTHING], False))


REFUSALS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, RuqsatError)]


@pytest.mark.parametrize("kind", REFUSALS)
def test_every_refusal_goes_from_one_process_to_another_with_its_data(kind: type[RuqsatError]) -> None:
    told = NotLawful("no_order", "L74.1", day="2023-09-12") if kind is NotLawful else kind.__new__(kind)
    told.data = {"day": "2023-09-12"}
    again = pickle.loads(pickle.dumps(told))
    assert (type(again), str(again), again.data) == (kind, str(told), told.data)


@pytest.mark.parametrize(("lang", "said"), [("kk", "үзілді"), ("ru", "оборвалась"), ("en", "was cut short")])
def test_an_audit_that_is_cut_short_ends_with_a_sentence(
    many: Program, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    def cut(_parts: object, _files: bool) -> Iterator[Disagreement]:
        raise AuditCutShort

    monkeypatch.setattr("service.cli.audit.program", lambda: many)
    monkeypatch.setattr("service.cli.audit.hands", lambda _settings, _processes: cut)
    answer = CliRunner().invoke(main, ["audit", "--lang", lang])
    assert answer.exit_code == 2
    assert said in answer.output
    assert "--processes 1" in answer.output


def test_each_part_is_read_once(many: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, read = [], AuditRepository.cases

    def noted(self: AuditRepository, after: int, until: int | None, limit: int) -> Sequence[AuditedCase]:
        asked.append(after)
        return read(self, after, until, limit)

    monkeypatch.setattr(AuditRepository, "cases", noted)
    list(audit(many))
    assert len(asked) == len(set(asked)) == 4
