"""The sentences of e-mails and portal statuses, from the edition's own texts (forms/lists/notices.json)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.case import Case, Deadline, DeadlineKind, Task, latest_answers
from service.domain.counted_units import UNITS, unit_of
from service.domain.deadlines import local
from service.domain.terms import is_preliminary
from service.domain.views import task_term
from service.usecases.editions import LoadedEdition

OFFICIAL = ("kk", "ru")
"""The languages of the portal's messages."""


MARKS = {"kk": "алдын ала", "ru": "предварительно", "en": "preliminary"}
"""What stands behind a day that lies in a year without a confirmed calendar (D28)."""

COUNTED = ("registered_on", "extended_until", "remarks_until", "earliest")
"""What a notice tells of days that were counted by the calendar, and may move with it."""


def _fill(
    text: str,
    language: str,
    payload: Mapping[str, Any],
    case: Case,
    terms: Mapping[str, int],
    mark: Callable[[str], str] = lambda day: "",
) -> str:
    """The sentence with what it names: values of the notice and of the case, and the terms of the edition (O1)."""
    told = {"registered_on": case.registered_on.isoformat(), **payload}
    values = {name: _read(str(value)) + (mark(str(value)) if name in COUNTED else "") for name, value in told.items()}
    periods = {name: _Period(number, language) for name, number in terms.items()}
    known = {"number": case.number, "applicant": case.applicant_name}
    received_at = _read(case.came_at.isoformat())
    return text.format_map(_Known({**periods, **values, **known, "received_at": received_at}))


def _read(value: str) -> str:
    """A day or an instant as people write it; anything else as it is."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return f"{date.fromisoformat(value):%d.%m.%Y}"
        if re.fullmatch(r"\d{4}-\d\d-\d\dT.*[+-]\d\d:\d\d", value):
            return f"{local(datetime.fromisoformat(value)):%d.%m.%Y %H:%M}"
    except ValueError:
        return value
    return value


@dataclass(frozen=True)
class _Period:
    """A term of the edition; `{objection_days:working_days}` says it with its unit: 2 рабочих дней, 1 рабочего дня."""

    number: int
    language: str

    def __format__(self, unit: str) -> str:
        known = unit in UNITS
        return f"{self.number} {unit_of(self.number, unit, self.language)}" if known else str(self.number)


@dataclass(frozen=True)
class _Unknown:
    """A name that nobody gives, with or without a unit."""

    name: str

    def __format__(self, unit: str) -> str:
        return "{" + self.name + (f":{unit}" if unit else "") + "}"


class _Known(dict[str, Any]):
    """A text may name only what is known; anything else stays as it is written."""

    def __missing__(self, key: str) -> _Unknown:
        return _Unknown(key)


def mail_of(
    payload: Mapping[str, Any], case: Case, edition: LoadedEdition, calendar: WorkCalendar
) -> Mapping[str, Any]:
    """The letter in the applicant's language (L66.1); a day of a year that is not settled yet is marked (D28).

    Who complained on paper reads what comes by post instead of what stands in a cabinet, and what the paper does not
    say (L64.1).
    """
    texts = edition.listed("notices")[payload["kind"]]
    language = case.language
    parts = [texts.get("on_paper", texts["body"]) if case.came_on_paper else texts["body"]]
    if "lacking" in texts and (missing := case.fields.get("missing")):
        form = edition.form("complaint")
        payload = {**payload, "missing": "; ".join(form.find(name).text(language).label for name in missing)}
        parts.append(texts["lacking"])

    def mark(day: str) -> str:
        settled = not re.match(r"\d{4}-", day) or calendar.confirmed(int(day[:4]))
        return "" if settled else f" ({MARKS[language]})"

    return {
        "to": payload["to"],
        "lang": language,
        "subject": _fill(texts["subject"][language], language, payload, case, edition.terms),
        "body": " ".join(_fill(part[language], language, payload, case, edition.terms, mark) for part in parts),
    }


def status_of(
    payload: Mapping[str, Any],
    case: Case,
    edition: LoadedEdition,
    calendar: WorkCalendar,
    now: datetime,
    tasks: Sequence[Task] = (),
    deadlines: Sequence[Deadline] = (),
) -> Mapping[str, Any]:
    """The status for the portal, in both official languages (R4.2, R9.2).

    While the case runs it says what comes next and by when, as the case stands `now`, at the moment of sending, with
    its mark where that lies in a year that is not settled yet (D28); a negative result says why, and which documents
    are missing or have expired.
    """
    texts = edition.listed("notices")[payload["kind"]]
    return {
        "case_number": case.number,
        "processing": payload["processing"],
        "resolution": payload["resolution"],
        "at": payload["at"],
        "status": payload["kind"],
        **_in_both(
            "text",
            {told: _fill(texts["subject"][told], told, payload, case, edition.terms) for told in OFFICIAL},
        ),
        **({"registered_at": local(case.registered_at).isoformat()} if case.registered_at else {}),
        **({"bin": case.bin} if case.bin else {"iin": case.iin}),
        **(_next_step(edition, calendar, now, tasks, deadlines) if payload["processing"] == "IN_PROGRESS" else {}),
        **(_reasons(payload["kind"], edition, tasks) if payload["resolution"] == "NEGATIVE" else {}),
    }


def _in_both(name: str, texts: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{name}_{language}": texts[language] for language in OFFICIAL}


def _next_step(
    edition: LoadedEdition,
    calendar: WorkCalendar,
    now: datetime,
    tasks: Sequence[Task],
    deadlines: Sequence[Deadline],
) -> dict[str, Any]:
    """The task that is open, or the day that the case waits for, and when its term ends: of several the one that runs.

    Where every term of the task was missed, it is the first of them (R8.2).
    """
    waiting = [task for task in tasks if task.is_open]
    if waiting:
        term = task_term(deadlines, waiting[-1].id, now)
        element, due = waiting[-1].element, term.row.due_at if term else None
    else:
        waits = [row for row in deadlines if row.kind is DeadlineKind.WAIT and row.waits]
        first = min(waits, key=lambda row: row.due_at, default=None)
        element, due = (first.element, first.due_at) if first else ("", None)
    if not element or element not in edition.catalogue:
        return {}
    told = _in_both("next_step", edition.catalogue.element(element).names)
    if due is None:
        return told
    note = _in_both("next_due_note", MARKS) if is_preliminary(calendar, local(due).date()) else {}
    return {**told, "next_due": local(due).isoformat(), **note}


def _reasons(kind: str, edition: LoadedEdition, tasks: Sequence[Task]) -> dict[str, Any]:
    """The grounds of a refusal as row 10 words them (R7.3); the documents that a notice of point 6 names (R6.2)."""
    if kind == "refused":
        chosen = latest_answers(tasks, "task_examine").get("grounds") or ()
        grounds = [entry for entry in edition.listed("refusal_grounds") if entry["key"] in chosen]
        return _in_both("reason", {language: "; ".join(each[language] for each in grounds) for language in OFFICIAL})
    if kind == "not_considered":
        found = latest_answers(tasks, "task_check_completeness")
        wanted = {*(found.get("missing_items") or ()), *(found.get("expired_items") or ())}
        papers = [entry for entry in edition.listed("document_kinds") if entry["key"] in wanted]
        told = edition.listed("notices")[kind]["subject"]
        reason = {language: told[language].removeprefix("{number}: ") for language in OFFICIAL}
        missing = {language: [each[language] for each in papers] for language in OFFICIAL}
        return {**_in_both("reason", reason), **_in_both("missing", missing)}
    return {}
