"""The list of the seals beside the files: what it has lost is told and stays told, and nothing fills it in silently."""

from __future__ import annotations

import fcntl
import logging
import os
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from service.adapters.database import tables
from service.adapters.seals import END
from service.domain.chain import lacking
from service.domain.people import SYSTEM
from service.usecases.audit import audit
from service.usecases.seal_journal import seal_journal, seal_when_due
from tests.program import Story
from tests.web.office import Office, text

Numbers = list[int]
SAID = {
    "kk": "мөрлерінің тізімі кейбір мөрлерді жоғалтқан: саны 4, 1-мөрден 4-мөрге дейін.",
    "ru": "утратил печати: числом 4, с 1 по 4.",
    "en": "has lost seals: 4, from 1 to 4.",
}


def note(story: Story) -> None:
    with story.program.unit_of_work() as uow:
        uow.note(None, SYSTEM, "message_delayed", "mail")
        uow.commit()


def seal(story: Story) -> None:
    note(story)
    assert seal_journal(story.program) == 1


@pytest.fixture
def path(story: Story) -> Path:
    """The list of five seals."""
    for _ in range(5):
        seal(story)
    assert not list(audit(story.program))
    return story.program.settings.instance / "seals.jsonl"


def listed(story: Story) -> Numbers:
    return [number for number, _hash in story.program.seals.hashes()]


def found(story: Story) -> list[tuple[str, dict[str, int]]]:
    return [(each.code, dict(each.data)) for each in audit(story.program)]


def lost(last: int) -> dict[str, int]:
    """The first seals of all, to this one."""
    return {"number": last, "first": 1, "last": last}


def told(story: Story) -> list[object]:
    """What the journal of the office says of seals that the list has lost."""
    with story.program.reading() as uow:
        lines = uow.audit.office_lines(0, 1000)
    return [line.details for line in lines if line.action == "seals_unlisted"]


def cut(path: Path) -> None:
    path.write_text("".join(path.read_text().splitlines(keepends=True)[3:]))


LOSSES: dict[str, tuple[Callable[[Path], object], int, Numbers]] = {
    "removed": (lambda path: path.unlink(), 4, [5, 6, 7]),
    "emptied": (lambda path: path.write_bytes(b""), 4, [5, 6, 7]),
    "overwritten": (lambda path: path.write_text("ештеңе\n"), 4, [5, 6, 7]),
    "cut": (cut, 3, [4, 5, 6, 7]),
}


@pytest.mark.law("L69.1")
@pytest.mark.parametrize(("lose", "last", "left"), LOSSES.values(), ids=LOSSES)
def test_seals_that_the_list_has_lost_are_told_and_not_filled_in(
    story: Story,
    path: Path,
    lose: Callable[[Path], object],
    last: int,
    left: Numbers,
    caplog: pytest.LogCaptureFixture,
) -> None:
    kept = path.read_text()
    lose(path)
    assert found(story) == [("seals_unlisted", lost(last))]
    with caplog.at_level(logging.ERROR):
        seal(story)
    assert f"has lost seals ({last}, from 1 to {last})" in caplog.text
    seal(story)
    assert (listed(story), found(story)) == (left, [("seals_unlisted", lost(last))])
    assert told(story) == [lost(last)]
    # Who has a copy puts it back, whatever stands in the list meanwhile.
    path.write_text(path.read_text() + kept)
    assert not found(story)
    seal(story)
    assert not found(story)


@pytest.mark.law("L69.1")
def test_seals_that_are_taken_out_of_database_and_list_leave_a_trace(story: Story, path: Path) -> None:
    with story.program.database.engine.begin() as connection:
        connection.execute(delete(tables.seal).where(tables.seal.c.number > 3))
        connection.execute(update(tables.counter).where(tables.counter.c.name == "seal").values(value=3))
        connection.execute(update(tables.journal_head).values(sealed=0))
    path.unlink()
    seal(story)
    assert found(story) == [("seals_unlisted", lost(2))]


@pytest.mark.law("L69.1")
def test_a_seal_that_a_power_cut_has_kept_out_of_the_list_is_written_down_with_the_next(
    story: Story, path: Path
) -> None:
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-1]) + '{"number": 5, "ha')
    assert not found(story)
    assert seal_journal(story.program) == 0
    assert listed(story) == [1, 2, 3, 4, 5]
    assert not found(story)
    assert not told(story)


@pytest.mark.law("L69.1")
def test_as_long_as_nothing_happens_the_list_is_not_even_opened(story: Story, path: Path) -> None:
    path.unlink()
    story.program.set_clock(story.program.clock.now() + timedelta(days=1))
    assert seal_when_due(story.program) == 0
    assert not path.exists()
    note(story)
    assert seal_when_due(story.program) == 1
    assert told(story) == [lost(4)]


@pytest.mark.law("L69.1")
def test_the_journal_is_sealed_no_more_often_than_the_setting_says(story: Story) -> None:
    seal_journal(story.program)
    last = story.program.clock.now()
    note(story)
    story.program.set_clock(last + timedelta(minutes=story.program.settings.seal_minutes, seconds=-10))
    assert seal_when_due(story.program) == 0
    story.program.set_clock(last + timedelta(minutes=story.program.settings.seal_minutes, seconds=10))
    assert seal_when_due(story.program) == 1


@pytest.mark.law("L69.1")
def test_of_a_long_list_the_end_is_looked_at(story: Story, path: Path) -> None:
    path.write_text(path.read_text().replace("{", f'{{"x": "{"0" * END}", '))
    seal(story)
    seal(story)
    assert listed(story) == [1, 2, 3, 4, 5, 5, 6, 7]
    assert not found(story)


@pytest.mark.law("L69.1")
def test_no_seal_is_made_while_the_one_before_it_cannot_be_written_down(story: Story, path: Path) -> None:
    kept = path.read_bytes()
    path.unlink()
    path.mkdir()
    note(story)
    with pytest.raises(OSError, match="seals"):
        seal_journal(story.program)
    path.rmdir()
    path.write_bytes(kept)
    assert seal_journal(story.program) == 1
    assert listed(story) == [1, 2, 3, 4, 5, 6]
    assert not found(story)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("put", [device, os.mkfifo, Path.mkdir])
def test_a_list_that_is_no_file_keeps_nobody_busy_and_is_called_lost(
    story: Story, path: Path, put: Callable[[Path], object]
) -> None:
    path.unlink()
    put(path)
    note(story)
    with pytest.raises(OSError, match="seals"):
        seal_journal(story.program)
    assert found(story) == [("seals_unlisted", lost(4))]


@pytest.mark.law("L69.1")
@pytest.mark.parametrize(
    "odd",
    [b'{"number": 1e999, "hash": ""}', b"[" * 200_000, b"\0" * 64 * 1024**2],
    ids=["endless", "deep", "without a line"],
)
def test_whatever_somebody_writes_into_the_list_names_no_seal(story: Story, path: Path, odd: bytes) -> None:
    path.write_bytes(odd + b"\n" + path.read_bytes() + odd)
    tracemalloc.start()
    seal(story)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert list(dict.fromkeys(listed(story))) == [1, 2, 3, 4, 5, 6]
    assert not found(story)
    assert most < 16 * 1024**2


@pytest.mark.law("L69.1")
def test_who_holds_the_list_keeps_nobody_from_the_database(story: Story, path: Path) -> None:
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        note(story)
        with pytest.raises(BlockingIOError, match=r"seals\.jsonl"):
            seal_journal(story.program)
    assert seal_journal(story.program) == 1
    assert not found(story)


@pytest.mark.law("L69.1")
def test_a_list_that_names_a_seal_twice_is_right_unless_it_names_two(story: Story, path: Path) -> None:
    path.write_text(path.read_text() * 2)
    assert not found(story)
    path.write_text(path.read_text() + '{"number": 2, "hash": "another"}\n')
    assert [(each.code, each.data["seal"]) for each in audit(story.program)] == [("seal_other", 2)]


@pytest.mark.law("L69.1")
def test_the_journal_of_the_office_says_what_the_list_has_lost(story: Story, path: Path) -> None:
    path.unlink()
    seal(story)
    office = Office(story)
    for language, sentence in SAID.items():
        assert sentence in text(office.desk("supervisor", language).get("/office/journal"))


@pytest.mark.law("L69.1")
@pytest.mark.parametrize(
    ("numbers", "end", "number", "first", "last"),
    [
        ([], 5, 4, 1, 4),
        ([3, 1, 1, 7, 2**70, -4, 0], 9, 5, 2, 8),
        ([1, 4], 5, 2, 2, 3),
        ([1], 2**62, 2**62 - 2, 2, 2**62 - 1),
    ],
)
def test_what_is_missing_is_counted_between_its_first_and_its_last(
    numbers: Numbers, end: int, number: int, first: int, last: int
) -> None:
    assert lacking(numbers, end) == {"number": number, "first": first, "last": last}


@pytest.mark.law("L69.1")
def test_nothing_is_missing_where_every_number_is_there() -> None:
    assert (lacking([], 1), lacking([3, 2, 2, 1, 9], 4)) == ({}, {})
