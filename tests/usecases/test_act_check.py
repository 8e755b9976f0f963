"""The act of an edition is read key by key, before anybody is hurt (O1, O2, O6, A1.8.1)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import time
from time import process_time
from typing import Any

import pytest

from service.domain.act_check import ACT, check_act
from service.domain.dated import hours_of
from service.domain.errors import InvalidAnswers
from service.program import Program
from service.settings import ROOT
from service.usecases.audit import audit
from service.usecases.deploy_edition import EditionRefused, deploy_edition
from service.usecases.editions import collect
from service.usecases.people import ADMINISTRATOR

WHOLE = (ROOT / "processes" / ACT).read_text()
WRONG = (
    "-1", "0", "1.5", "nan", "true", '"x"', '""', '" "', "[]", "[1]", "{}", "{ x = 1 }", "2027-01-15", "0001-01-01",
    "9999-12-31", "2027-01-15T10:00:00", "2027-01-15T10:00:00Z", "09:00:00", str(10**30), '"a\\u0000b"', '"a\\u202eb"',
    '"' + "ә" * 5000 + '"',
)  # fmt: skip
"""Values of every kind; each key takes at most a few of them."""
FITS: Mapping[str, tuple[str, ...]] = {
    "text": ('"x"',),
    "day": ("2027-01-15",),
    "hour": ("09:00:00",),
    "term": (),
    "table": ("{}", "{ x = 1 }"),
    "list": ("[]", "[1]"),
}


def _keys(told: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in told.items():
        key = f"{within}.{name}".lstrip(".")
        yield key, value
        if isinstance(value, dict):
            yield from _keys(value, key)


def _kind(key: str, value: Any) -> str:
    kinds = {"str": "text", "date": "day", "time": "hour", "int": "term", "dict": "table", "list": "list"}
    return kinds[type(value).__name__]


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_written(each)}" for name, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    return "'''" + value + "'''" if isinstance(value, str) else str(value)


def _with(key: str, text: str) -> bytes:
    """The act as it is, with this text in the place of what stands under the key."""
    told = tomllib.loads(WHOLE)
    part, *rest = key.split(".")
    holder: Any = told
    for name in rest:
        holder, part = holder[part], name
    holder[part] = "HERE"
    return "\n".join(f"{name} = {_written(value)}" for name, value in told.items()).replace("'''HERE'''", text).encode()


@pytest.mark.law("O1", "O2")
def test_the_act_as_it_stands_has_nothing_wrong() -> None:
    assert check_act({ACT: WHOLE.encode()}) == []
    assert check_act({ACT: _with("act.number", '"130/НҚ"')}) == []


@pytest.mark.law("O1", "O2", "A1.8.1")
@pytest.mark.parametrize(("key", "value"), list(_keys(tomllib.loads(WHOLE))), ids=lambda told: str(told)[:40])
def test_what_is_of_another_kind_than_its_key_asks_for_is_named_by_its_key(key: str, value: Any) -> None:
    for wrong in WRONG:
        if wrong not in FITS[_kind(key, value)]:
            found = check_act({ACT: _with(key, wrong)})
            assert any(each.field.split("[")[0] == key for each in found), wrong


FAULTS = {
    "nothing": ("", "act", "act_key_missing"),
    "a key that nobody reads": (WHOLE + "\n[term]\naccess_days = 4\n", "term", "act_key_unknown"),
    "a term that is misspelt": (WHOLE.replace("access_days", "acess_days"), "terms.acess_days", "act_key_unknown"),
    "a name that turns": ("[act]\n'\u202e' = 5", r"act.'\u202e'", "act_key_unknown"),
    "a term that a drawing shows": (WHOLE.replace("access_days", "review_due"), "terms.review_due", "act_key_unknown"),
    "no number": (WHOLE.replace('number = "130/НҚ"', ""), "act.number", "act_key_missing"),
    "a language that is missing": (WHOLE.replace("\nru = 'Об", "\n# '"), "act.title.ru", "act_key_missing"),
    "no reviewing body": (WHOLE.replace("[appeal.body]", "[appeal.contacts]"), "appeal.body", "act_key_missing"),
    "an amendment without its day": (
        WHOLE.replace(", in_force_from = 2025-01-08", ""), "act.amended_by[1].in_force_from", "act_key_missing"
    ),
    "an amendment that is a number": (
        WHOLE.replace("amended_by = [{", "amended_by = [5, {"), "act.amended_by[1]", "act_no_table"
    ),
    "a day of an amendment that is a text": (
        WHOLE.replace("2025-01-08", "'2025-01-08'"), "act.amended_by[1].in_force_from", "act_no_day"
    ),
    "another start without its basis": (
        WHOLE.replace("in_force_basis", "law_of_start = 1 #"), "act.law_of_start", "act_key_unknown"
    ),
    "a start without its basis": (
        WHOLE.replace('in_force_basis = "бұйрықтың 4-тармағы"', "").replace("2023-08-05", "2023-08-06"),
        "act.in_force_basis", "act_start_without_basis",
    ),
    "an end before its start": (WHOLE.replace("2026-04-30  ", "2023-08-04"), "act.in_force_until", "act_ends_first"),
    "hours out of order": (WHOLE.replace("opens = 09", "opens = 19"), "hours", "act_hours_disagree"),
    "hours of no working day": (
        WHOLE.replace("opens = 09:00", "opens = 12:59").replace("break_until = 14:30", "break_until = 18:29"),
        "hours", "act_hours_too_short",
    ),
    "an hour with seconds": (WHOLE.replace("opens = 09:00:00", "opens = 09:00:30"), "hours.opens", "act_no_hour"),
    "an amendment that is written twice": (
        WHOLE.replace("amended_by = [{", "amended_by = [{ number = '607/НҚ', in_force_from = 2025-01-08 }, {"),
        "act.amended_by[2].number", "act_twice",
    ),
    "an act that amends itself": (WHOLE.replace("607/НҚ", "130/НҚ"), "act.amended_by[1].number", "act_twice"),
    "an hour too few": (WHOLE.replace("opens = 09:00:00", ""), "hours", "act_hours_disagree"),
    "no TOML": (WHOLE.replace("[terms]", "[terms"), "", "file_not_toml"),
    "no UTF-8": ("\udcff", "", "file_not_toml"),
    "too much": ("#" * 600_000, "", "file_too_large"),
}  # fmt: skip


@pytest.mark.law("O1", "O2", "O6", "A1.8.1")
@pytest.mark.parametrize("what", FAULTS)
def test_what_is_missing_unknown_or_disagrees_is_named(what: str) -> None:
    text, key, code = FAULTS[what]
    found = check_act({ACT: text.encode(errors="surrogateescape")})
    assert (key, code) in {(each.field, each.code) for each in found}


@pytest.mark.law("A1.8.1")
def test_an_hour_of_the_office_has_whole_minutes_as_it_is_told() -> None:
    hours = {"opens": "09:00", "break_from": "13:00", "break_until": "14:30", "closes": "18:30"}
    assert hours_of(hours).closes == time(18, 30)
    for closes in ("18:30:30", "18:30:00.5"):
        with pytest.raises(InvalidAnswers):
            hours_of({**hours, "closes": closes})


@pytest.mark.law("O3")
def test_an_act_has_a_title_which_everybody_reads() -> None:
    told = WHOLE[: WHOLE.index("[act.title]")] + WHOLE[WHOLE.index("[service]") :]
    assert ("act.title", "act_key_missing") in {(each.field, each.code) for each in check_act({ACT: told.encode()})}


@pytest.mark.law("O4", "R12.1", "L69.1")
@pytest.mark.parametrize("day", ["1991-01-01", "2099-01-01"])
@pytest.mark.parametrize("name", ["in_force_from", "registered_on"])
def test_an_act_from_whose_day_no_duty_can_be_counted_is_named_by_the_check_and_refused(
    program: Program, name: str, day: str
) -> None:
    told = {"number": "'9'", "in_force_from": "2025-01-08", name: day}
    amended = ", ".join(f"{key} = {value}" for key, value in told.items())
    files = dict(collect(program.settings.processes, program.settings.forms))
    files[ACT] = WHOLE.replace("amended_by = [{", f"amended_by = [{{ {amended} }}, {{").encode()
    (found,) = check_act(files, program.calendar)
    assert (found.field, found.code) == (f"act.amended_by[1].{name}", "act_not_counted")
    with pytest.raises(EditionRefused, match="No term can be counted"):
        deploy_edition(program, files, ADMINISTRATOR)
    assert list(audit(program)) == []


@pytest.mark.law("O1")
def test_a_key_of_very_many_parts_is_told_at_once() -> None:
    began = process_time()
    for line in (".".join(["a"] * 100_000) + "=1", "[" + " . ".join(["'a'"] * 50_000) + "]", "a" * 200_000 + "=1"):
        (found,) = check_act({ACT: f"{line}\n".encode() + WHOLE.encode()})
        assert found.code in ("file_not_toml", "act_key_unknown")
    assert process_time() - began < 5


@pytest.mark.law("O1")
def test_an_edition_without_its_act_is_told() -> None:
    (found,) = check_act({})
    assert (found.field, found.code) == ("", "file_missing")


@pytest.mark.law("O1", "L69.1")
@pytest.mark.parametrize("key", ["terms", "terms.access_days", "act.amended_by", "act.in_force_until", "hours.opens"])
def test_an_act_of_wrong_kinds_never_becomes_an_edition(program: Program, key: str) -> None:
    files = collect(program.settings.processes, program.settings.forms)
    for wrong in ("-1", '"x"', "[[1]]", "2027-01-15T10:00:00"):
        with pytest.raises(EditionRefused, match=key.replace(".", r"\.")):
            deploy_edition(program, {**files, ACT: _with(key, wrong)}, ADMINISTRATOR)
    newest = program.queries.newest_edition()
    assert newest is not None
    assert newest.number == 1
    assert list(audit(program)) == []
