"""What is wrong with `edition.toml`: the act, its terms, hours and texts, key by key (O1, O2, O6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from typing import Any

from service.domain.calendar import OutsideCalendar, WorkCalendar
from service.domain.dated import working_day
from service.domain.errors import InvalidAnswers
from service.domain.forms_check import LARGEST, Finding, too_large
from service.domain.languages import LANGUAGES
from service.domain.rules_change import acts_of, proposed_start, start_without_basis, with_start
from service.domain.terms import EDITION_TERMS
from service.domain.toml_text import read_toml

ACT = "edition.toml"
YEARS = range(1991, 2101)
MOST = 100
"""The longest term, in its years, months or working days."""
LONGEST = 4000
"""Characters of one text."""
_SHOWN = 80

_WORDS = dict.fromkeys(LANGUAGES, "text")
_ANOTHER = {"number": "text", "date": "day", "in_force_from": "day"}
_AMENDING = {
    **_ANOTHER, "title": _WORDS, "law": "text", "point": "text", "registered_number": "text", "registered_on": "day",
    "published_on": "day", "in_force_until": "day", "in_force_basis": "text",
}  # fmt: skip
_SHAPE: Mapping[str, Any] = {
    "act": {**_AMENDING, "repealed_by": _ANOTHER, "amended_by": [_AMENDING]},
    "service": {"law": "text", "name": _WORDS},
    "terms": {**dict.fromkeys(EDITION_TERMS, "term"), "law": "text"},
    "provider": {"law": "text", "name": _WORDS, "details": _WORDS},
    "hours": {"law": "text", **dict.fromkeys(("opens", "closes", "break_from", "break_until"), "hour")},
    "appeal": {"law": "text", "body": _WORDS, "contacts": _WORDS},
    "contacts": {"law": "text", "single_contact_centre": ["text"], **_WORDS},
}
_NEEDED = ("act", "act.number", "act.in_force_from", "act.title", "provider", "provider.name", "provider.details",
           "appeal", "appeal.body")  # fmt: skip
_NEEDED_OF_ANOTHER = ("number", "in_force_from")


def check_act(files: Mapping[str, bytes], calendar: WorkCalendar | None = None) -> list[Finding]:
    """Say everything that keeps `edition.toml` from being the act of an edition; nothing means that it can be used.

    With a calendar, also from which day no duty of the act could be counted.
    """
    if ACT not in files:
        return [Finding(ACT, "", "file_missing")]
    if len(files[ACT]) > LARGEST:
        return [too_large(ACT, files[ACT])]
    try:
        told = read_toml(files[ACT])
    except (ValueError, RecursionError) as problem:
        return [Finding(ACT, "", "file_not_toml", {"detail": str(problem)})]
    found = list(_shape(told, _SHAPE, "")) or [*_missing(told), *_disagreeing(told), *_uncounted(told, calendar)]
    return [Finding(ACT, key, code, {"key": key, **data}) for key, code, data in found]


_Fault = tuple[str, str, Mapping[str, Any]]


def _shape(told: Any, shape: Any, key: str) -> Iterator[_Fault]:
    """Where something is of another kind than its key asks for, or stands under a key that nobody reads."""
    if isinstance(shape, str):
        if not _HOLDS[shape](told):
            yield key, f"act_no_{shape}", {"most": MOST if shape == "term" else LONGEST}
    elif isinstance(shape, list):
        if not isinstance(told, list):
            yield key, "act_no_list", {}
            return
        for number, each in enumerate(told, start=1):
            yield from _shape(each, shape[0], f"{key}[{number}]")
    elif not isinstance(told, dict):
        yield key, "act_no_table", {}
    else:
        for name, each in told.items():
            if name in shape:
                yield from _shape(each, shape[name], _below(key, name))
            else:
                yield _below(key, name), "act_key_unknown", {"known": ", ".join(sorted(shape))}
        if set(shape) >= set(LANGUAGES):
            yield from ((f"{key}.{name}", "act_key_missing", {}) for name in LANGUAGES if name not in told)


def _below(key: str, name: str) -> str:
    """The key of what stands below another, as its author can read it."""
    shown = name if name.isprintable() else ascii(name)
    return f"{key}.{shown[:_SHOWN]}".lstrip(".")


def _is_text(told: Any) -> bool:
    return isinstance(told, str) and 0 < len(told.strip()) <= LONGEST and all(map(str.isprintable, told.splitlines()))


_HOLDS: Mapping[str, Any] = {
    "text": _is_text,
    "day": lambda told: type(told) is date and told.year in YEARS,
    "hour": lambda told: isinstance(told, time) and told == told.replace(second=0, microsecond=0),
    "term": lambda told: type(told) is int and 1 <= told <= MOST,
}


def _missing(told: Mapping[str, Any]) -> Iterator[_Fault]:
    whole = {**told, "act": with_start(told.get("act", {}))}
    for key in _NEEDED:
        part: Any = whole
        for name in key.split("."):
            part = part.get(name, {})
        if not part:
            yield key, "act_key_missing", {}
    for number, act in enumerate(acts_of(whole["act"])[1:], start=1):
        for name in _NEEDED_OF_ANOTHER:
            if not act.get(name):
                yield f"act.amended_by[{number}].{name}", "act_key_missing", {}


def _disagreeing(told: Mapping[str, Any]) -> Iterator[_Fault]:
    """What is right by itself and wrong beside the rest."""
    act = with_start(told.get("act", {}))
    numbers = [each.get("number") for each in acts_of(act)]
    for place, number in enumerate(numbers):
        if number in numbers[:place]:
            yield f"act.amended_by[{place}].number", "act_twice", {"number": number}
    if start_without_basis(act):
        yield "act.in_force_basis", "act_start_without_basis", {"proposed": proposed_start(act["published_on"])}
    for number, each in enumerate(acts_of(act)):
        first, last = each.get("in_force_from"), each.get("in_force_until")
        if first and last and last < first:
            yield f"act.amended_by[{number}].in_force_until" if number else "act.in_force_until", "act_ends_first", {}
    if "hours" in told:
        try:
            working_day(told["hours"])
        except InvalidAnswers as wrong:
            short = any(problem.code == "hours_too_short" for problem in wrong.data["errors"].values())
            yield "hours", "act_hours_too_short" if short else "act_hours_disagree", {}


_COUNTED = {"in_force_from": "change_told_days", "registered_on": "act_reported_days"}
"""From which days of an act duties are counted, and by which terms (R12.1, O4)."""


def _uncounted(told: Mapping[str, Any], calendar: WorkCalendar | None) -> Iterator[_Fault]:
    """The days from which the calendar cannot count the duties of an act."""
    terms = {**EDITION_TERMS, **told.get("terms", {})}
    for place, act in enumerate(acts_of(with_start(told.get("act", {})))):
        for name, term in _COUNTED.items():
            try:
                if calendar is not None and act.get(name):
                    calendar.after(act[name], terms[term])
            except OutsideCalendar as outside:
                key = f"act.amended_by[{place}].{name}" if place else f"act.{name}"
                yield key, "act_not_counted", {"first": outside.first, "last": outside.last}
