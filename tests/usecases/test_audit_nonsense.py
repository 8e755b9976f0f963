"""Nonsense that somebody has written over journal and seals is named, and what stands behind it is looked at."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select, update

from service.adapters.database import tables
from service.usecases.audit import audit
from service.usecases.seal_journal import seal_journal
from tests.program import Story

line, seal = tables.journal, tables.seal
NONSENSE: dict[str, Any] = {
    "a number": 3,
    "nothing": None,
    "a list of numbers": [3],
    "no marks": [["case", {}, 1, 2], [["case"], 1, "", ""]],
    "other names": {"case": 1},
    "a number beyond all": [[1, 2**70, ""]],
    "words for numbers": [["a", "b", "c"]],
}


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_a_line_whose_marks_are_nonsense_is_named(story: Story, nonsense: Any) -> None:
    case = story.filed()
    with story.program.database.engine.begin() as connection:
        last = select(line.c.id).where(line.c.case_id == case.id).order_by(line.c.sequence.desc()).limit(1)
        connection.execute(update(line).where(line.c.id == connection.scalar(last)).values(rows=nonsense))
        connection.execute(delete(tables.counter).where(tables.counter.c.name == "case"))
    found = [(each.case_number, each.code) for each in audit(story.program)]
    assert found[0] == (case.number, "chain_broken")
    assert ("", "counter") in found


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_a_seal_that_names_nonsense_is_named(story: Story, nonsense: Any) -> None:
    story.filed()
    assert seal_journal(story.program)
    with story.program.database.engine.begin() as connection:
        connection.execute(update(seal).values(heads=nonsense))
    assert [(each.what, each.code) for each in audit(story.program)] == [("seals", "seal_broken")]


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("signature", ["қол", "abc", ""])
def test_a_seal_signed_with_nonsense_is_unsigned(story: Story, signature: str) -> None:
    story.filed()
    assert seal_journal(story.program)
    with story.program.database.engine.begin() as connection:
        connection.execute(update(seal).values(signature=signature))
    assert [(each.what, each.code) for each in audit(story.program)] == [("seals", "seal_unsigned")]


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("nonsense", ["null", "3", '"seal"', "[1]", "{}", '{"number": "x", "hash": 3}', "\x00\x00"])
def test_nonsense_in_the_list_of_seals_hides_nothing_and_stops_no_sealing(story: Story, nonsense: str) -> None:
    case, unit = story.filed(), str(story.officer("unit").officer_id)
    assert seal_journal(story.program)
    path = story.program.settings.instance / "seals.jsonl"
    path.write_text(f"{nonsense}\n{path.read_text()}{nonsense}\n")
    assert not list(audit(story.program))
    story.work("chancellery", case, "task_assign", executor=unit)
    assert seal_journal(story.program)
    assert not list(audit(story.program))
    with story.program.database.engine.begin() as connection:
        connection.execute(delete(seal))
    assert [each.code for each in audit(story.program)] == ["seal_gone"]


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("further", [1, 1000])
def test_a_chain_that_is_marked_as_sealed_further_than_any_seal_is_named(story: Story, further: int) -> None:
    case = story.filed()
    assert seal_journal(story.program)
    head = tables.journal_head
    with story.program.database.engine.begin() as connection:
        connection.execute(update(head).values(sealed=head.c.length + further))
        marked = {row.chain: row.sealed for row in connection.execute(select(head.c.chain, head.c.sealed))}
    story.work("chancellery", case, "task_assign", executor=str(story.officer("unit").officer_id))
    found = [(each.code, dict(each.data)) for each in audit(story.program)]
    said = [("office_unsealed", 0), ("unsealed", case.id)]
    assert found == [(code, {"case": chain, "line": marked[chain]}) for code, chain in said]
    with story.program.database.engine.begin() as connection:
        connection.execute(update(head).values(sealed=0))
    assert seal_journal(story.program) == 1
    assert not list(audit(story.program))
