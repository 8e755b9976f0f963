"""The proof of a case's terms: each date, how it was counted and by which days, signed (D25, D28)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.domain.appeal import Complaint
from service.domain.calendar import WorkCalendar
from service.domain.canonical import digest, instant, plain
from service.domain.case import Breach, Case, Deadline, DeadlineKind, JournalEntry
from service.domain.chain import line_content
from service.domain.deadlines import Explanation, local
from service.domain.document_parts import Address, Party, Words
from service.domain.ports import UnitOfWork
from service.domain.proof_documents import ProvedTerm, SkippedDay, TermsProof, strip_of_the_program
from service.domain.proofs import signed
from service.domain.timers import Anchors, counted_terms
from service.usecases.case_terms import anchors
from service.usecases.editions import LoadedEdition
from service.usecases.letters import provider
from service.usecases.proof_papers import print_proof
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
        case = uow.get(Case, case_id)
        key = services.system_key
        return signed(_content(services, uow, case), key.key_id, key.public_key, key.sign)


def terms_proof_paper(services: Services, case_id: int) -> bytes:
    """The same for people, as PDF; it names the hash of the content that the signed proof bears."""
    with services.reading() as uow:
        case = uow.get(Case, case_id)
        content = _content(services, uow, case)
        lines, days = uow.cases.journal(case.id), _days(uow, case)
        as_of = lines[-1].at if lines else case.received_at
        edition = services.editions.of_case(uow, case)
        paper = TermsProof(
            provider=provider(services, edition, local(as_of).date()),
            applicant=Party(case.applicant_name, Address(), "" if case.bin else case.iin, case.bin),
            application_number=case.number,
            applied_on=local(case.received_at).date(),
            strip=strip_of_the_program(services.settings.address, as_of, test=not services.settings.production),
            as_of=as_of,
            received_at=case.received_at,
            registered_on=case.registered_on,
            edition_number=content["edition"]["number"],
            edition_sha256=content["edition"]["sha256"],
            calendar_sha256=content["calendar_sha256"],
            terms=tuple(_told(services, edition, days, row, uow.cases.breaches(case.id)) for row in _rows(uow, case)),
            content_sha256=digest(content),
            key_id=services.system_key.key_id,
            language=case.language,  # type: ignore[arg-type]  # one of the three
        )
        return print_proof(services, uow, case, paper, as_of)


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


def _content(services: Services, uow: UnitOfWork, case: Case) -> dict[str, Any]:
    edition, lines = services.editions.of_case(uow, case), uow.cases.journal(case.id)
    breaches, days = uow.cases.breaches(case.id), _days(uow, case)
    return {
        "format": FORMAT,
        "version": VERSION,
        "case": case.number,
        "applicant": case.identifier,
        "procedure": case.procedure,
        "received_at": instant(case.received_at),
        "registered_on": case.registered_on.isoformat(),
        "anchors": plain(days),
        "extended_until": plain(case.extended_until),
        "edition": {"number": edition.number, "sha256": edition.sha256},
        "calendar_sha256": calendar_hash(services.calendar),
        "terms": [_term(services, edition, days, row, breaches) for row in _rows(uow, case)],
        "journal": [_line(line) for line in lines],
    }


def _days(uow: UnitOfWork, case: Case) -> Anchors:
    """The days from which the terms of the case count; a complaint has more of them (D27)."""
    return anchors(case, uow.find(Complaint, case_id=case.id))


def _rows(uow: UnitOfWork, case: Case) -> Sequence[Deadline]:
    return [row for row in uow.cases.deadlines(case.id) if row.kind is not DeadlineKind.REMINDER]


def _term(
    services: Services, edition: LoadedEdition, days: Anchors, row: Deadline, breaches: Sequence[Breach]
) -> dict[str, Any]:
    element = edition.catalogue.element(row.element)
    counted = _counted(services, edition, days, row)
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
        "missed": _missed(row, breaches),
        "counted": _explained(*counted) if counted else None,
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


def _counted(
    services: Services, edition: LoadedEdition, days: Anchors, row: Deadline
) -> tuple[str, Explanation] | None:
    """How the term was counted first; None where nothing is counted, or the case has been taken up again since."""
    expression = edition.catalogue.element(row.element).expression
    for term in counted_terms(expression, days, services.calendar) if expression else ():
        if term.explanation.due_at in (row.first_due_at, row.due_at):
            return term.anchor_name, term.explanation
    return None


def _missed(row: Deadline, breaches: Sequence[Breach]) -> bool:
    return any((breach.element, breach.task_id) == (row.element, row.task_id) for breach in breaches)


def _line(line: JournalEntry) -> Mapping[str, Any]:
    if line.action in TELLS_OF_TIME:
        return {**line_content(line), "hash": line.hash}
    return {"sequence": line.sequence, "previous": line.previous, "hash": line.hash}


def _told(
    services: Services, edition: LoadedEdition, days: Anchors, row: Deadline, breaches: Sequence[Breach]
) -> ProvedTerm:
    element = edition.catalogue.element(row.element)
    counted = _counted(services, edition, days, row)
    skipped = counted[1].count.skipped if counted else ()
    return ProvedTerm(
        name=Words.of(element.names),
        law=", ".join(element.law),
        counted_from=counted[1].anchor if counted else None,
        days=counted[1].days if counted else 0,
        counted=counted[1].count.counted if counted else (),
        skipped=tuple(SkippedDay(day, Words.of(why.names), why.basis) for day, why in skipped),
        first_due_at=row.first_due_at,
        due_at=row.due_at,
        ended_at=row.fired_at or row.cancelled_at,
        missed=_missed(row, breaches),
        preliminary=bool(counted and counted[1].preliminary),
    )
