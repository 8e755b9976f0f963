"""The proof of a case's terms: each date, how it was counted and by which days, signed (D25, D28)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from service.domain.canonical import instant, plain
from service.domain.case import Case, JournalEntry
from service.domain.chain import line_content
from service.domain.proofs import signed
from service.usecases.counted_rows import CountedRows
from service.usecases.kept_calendars import Counted
from service.usecases.services import Services
from service.usecases.told_terms import Names, ToldTerm, told_terms

FORMAT, VERSION = "ruqsat/terms", 2

TELLS_OF_TIME = frozenset(
    {
        "case_closed",
        "case_reopened",
        "complaint_filed",
        "complaint_registered",
        "completeness_established",
        "duty_done",
        "duty_opened",
        "duty_recounted",
        "filed",
        "invitation_sent",
        "registered",
        "registration_recounted",
        "review_registered",
        "term_extended",
        "term_kept",
        "term_missed",
        "term_moved",
        "term_recounted",
    }
)
"""Lines of the journal that the proof tells in full; of the others it bears the hash alone, which keeps the chain."""


def terms_proof(services: Services, case_id: int, names: Names) -> bytes:
    """The proof as signed JSON; `ruqsat verify` checks it with the public key alone. `NotFound`.

    `names` say what duties, documents and the person's own terms are called.
    """
    with services.reading() as uow:
        uow.at_one_moment()
        case = uow.get(Case, case_id)
        rows = CountedRows.of(uow, services.times, services.editions, case)
        key = services.system_key
        told = content_of(case, rows, told_terms(services, uow, case, rows, names))
        return signed(told, key.key_id, key.public_key, key.sign)


def content_of(case: Case, rows: CountedRows, terms: Sequence[ToldTerm]) -> dict[str, Any]:
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
        "terms": [_term(term) for term in terms],
        "journal": [_line(line) for line in rows.lines],
    }


def _term(term: ToldTerm) -> dict[str, Any]:
    return {
        "element": term.element,
        "what": asdict(term.what),
        "names": asdict(term.says),
        "law": list(term.law),
        "kind": term.kind,
        "expression": term.expression,
        "first_due_at": instant(term.first_due_at),
        "due_at": instant(term.due_at),
        "fired_at": instant(term.fired_at),
        "ended_at": instant(term.ended_at),
        "missed": term.missed,
        "counted": _explained(term.counted) if term.counted else None,
    }


def _explained(counted: Counted) -> dict[str, Any]:
    told = counted.explanation
    skipped = [[day.isoformat(), why.names["kk"], why.basis] for day, why in told.count.skipped]
    return {
        "anchor": counted.anchor,
        "from": told.anchor.isoformat(),
        "days": told.days,
        "due_on": told.due_on.isoformat(),
        "counted": [day.isoformat() for day in told.count.counted],
        "skipped": skipped,
        "preliminary": told.preliminary,
        "months": counted.months,
        "calendar": {"number": counted.by.number, "sha256": counted.by.sha256},
    }


def _line(line: JournalEntry) -> Mapping[str, Any]:
    if line.action in TELLS_OF_TIME:
        return {**line_content(line), "hash": line.hash}
    return {"sequence": line.sequence, "previous": line.previous, "hash": line.hash}
