"""The proof of a case's terms: each date, how it was counted and by which days, signed (D25, D28)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.canonical import digest, instant, plain
from service.domain.case import Case, Deadline, JournalEntry
from service.domain.chain import line_content
from service.domain.deadlines import Explanation
from service.domain.proofs import signed
from service.usecases.counted_rows import CountedRows
from service.usecases.services import Services

FORMAT, VERSION = "ruqsat/terms", 1

TELLS_OF_TIME = frozenset(
    {
        "case_closed",
        "case_reopened",
        "complaint_filed",
        "complaint_registered",
        "completeness_established",
        "filed",
        "invitation_sent",
        "registered",
        "registration_recounted",
        "review_registered",
        "term_extended",
        "term_missed",
        "term_moved",
        "term_recounted",
    }
)
"""Lines of the journal that the proof tells in full; of the others it bears the hash alone, which keeps the chain."""


def terms_proof(services: Services, case_id: int) -> bytes:
    """The proof as signed JSON; `ruqsat verify` checks it with the public key alone. `NotFound`."""
    with services.reading() as uow:
        uow.at_one_moment()
        case = uow.get(Case, case_id)
        rows = CountedRows.of(uow, services.calendar, services.editions, case)
        key = services.system_key
        return signed(content_of(services, case, rows), key.key_id, key.public_key, key.sign)


def calendar_hash(calendar: WorkCalendar) -> str:
    """The hash of every day on which the week's rule does not hold, of the settled years and the hours (D21)."""
    entries = [
        [day.isoformat(), entry.kind, entry.basis, entry.entered_on.isoformat()]
        for day, entry in sorted(calendar.entries.items())
    ]
    hours = {day.isoformat(): _hours(worked) for day, worked in calendar.hours_from.items()}
    settled = [year for year in calendar.years if calendar.confirmed(year)]
    return digest({"entries": entries, "years": settled, "hours": _hours(calendar.hours), "hours_from": hours})


def _hours(worked: Any) -> list[str]:
    return [each.isoformat() for each in (worked.opens, worked.break_from, worked.break_until, worked.closes)]


def content_of(services: Services, case: Case, rows: CountedRows) -> dict[str, Any]:
    """What the proof signs."""
    edition = rows.edition
    return {
        "format": FORMAT,
        "version": VERSION,
        "case": case.number,
        "applicant": case.identifier,
        "procedure": case.procedure,
        "received_at": instant(case.received_at),
        "registered_on": case.registered_on.isoformat(),
        "anchors": plain(rows.rounds[0]),
        "extended_until": plain(case.extended_until),
        "edition": {"number": edition.number, "sha256": edition.sha256},
        "calendar_sha256": calendar_hash(services.calendar),
        "terms": [_term(rows, row) for row in rows.rows],
        "journal": [_line(line) for line in rows.lines],
    }


def _term(rows: CountedRows, row: Deadline) -> dict[str, Any]:
    element, counted = rows.element(row), rows.counted(row)
    return {
        "element": row.element,
        "names": dict(element.names),
        "law": list(element.law),
        "kind": row.kind.value,
        "expression": element.expression,
        "first_due_at": instant(row.first_due_at),
        "due_at": instant(row.due_at),
        "fired_at": instant(row.fired_at),
        "ended_at": instant(row.cancelled_at),
        "missed": rows.missed(row),
        "counted": _explained(counted.anchor_name, counted.explanation) if counted else None,
    }


def _explained(anchor: str, told: Explanation) -> dict[str, Any]:
    skipped = [[day.isoformat(), why.names["kk"], why.basis] for day, why in told.count.skipped]
    return {
        "anchor": anchor,
        "from": told.anchor.isoformat(),
        "days": told.days,
        "due_on": told.due_on.isoformat(),
        "counted": [day.isoformat() for day in told.count.counted],
        "skipped": skipped,
        "preliminary": told.preliminary,
    }


def _line(line: JournalEntry) -> Mapping[str, Any]:
    if line.action in TELLS_OF_TIME:
        return {**line_content(line), "hash": line.hash}
    return {"sequence": line.sequence, "previous": line.previous, "hash": line.hash}
