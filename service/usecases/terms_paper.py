"""How each date of a case was counted, as a paper for people; the signed proof says the same (D25, D28)."""

from __future__ import annotations

from datetime import date

from service.domain.canonical import digest
from service.domain.case import Case, Deadline, DeadlineKind
from service.domain.deadlines import local
from service.domain.document_parts import Address, Party, Words
from service.domain.law_points import points
from service.domain.proof_documents import ProvedTerm, SkippedDay, TermsProof, strip_of_the_program
from service.usecases.counted_rows import CountedRows
from service.usecases.letters import provider
from service.usecases.proof_papers import print_proof
from service.usecases.services import Services
from service.usecases.terms_proof import calendar_hash, content_of


def terms_proof_paper(services: Services, case_id: int) -> bytes:
    """The PDF; it names the hash of the content that the signed proof bears."""
    with services.reading() as uow:
        uow.at_one_moment()
        case, times = uow.get(Case, case_id), services.times.current
        rows = CountedRows.of(uow, times.calendar, services.editions, case)
        edition = rows.edition
        as_of = rows.lines[-1].at if rows.lines else case.received_at
        act = edition.act["act"]
        paper = TermsProof(
            provider=provider(services, edition, local(as_of).date()),
            applicant=Party(case.applicant_name, Address(), "" if case.bin else case.iin, case.bin),
            application_number=case.number,
            applied_on=local(case.received_at).date(),
            strip=strip_of_the_program(services.settings.address, as_of, test=not services.settings.production),
            as_of=as_of,
            received_at=case.came_at,
            registered_on=case.registered_on,
            act_number=act["number"],
            act_date=act["date"],
            edition_number=edition.number,
            edition_sha256=edition.sha256,
            calendar_number=times.number,
            calendar_sha256=calendar_hash(times.calendar),
            terms=tuple(_told(rows, row) for row in rows.rows),
            content_sha256=digest(content_of(services, case, rows)),
            key_id=services.system_key.key_id,
            language=case.language,  # type: ignore[arg-type]  # one of the three
        )
        return print_proof(services, uow, case, paper, as_of)


def _told(rows: CountedRows, row: Deadline) -> ProvedTerm:
    element, counted = rows.element(row), rows.counted(row)
    explained = counted.explanation if counted else None
    days: tuple[date, ...] = explained.count.counted if explained else ()
    waits = row.kind is DeadlineKind.WAIT
    return ProvedTerm(
        name=_what_for(rows, row),
        says=Words.of(element.names),
        points=points(element.law),
        waits=waits,
        counted_from=rows.begin(row),
        days=len(days),
        counted=days,
        skipped=tuple(SkippedDay(day, Words.of(why.names), why.basis) for day, why in explained.count.skipped)
        if explained
        else (),
        first_due_at=row.first_due_at,
        due_at=row.due_at,
        moved=rows.why_moved(row),
        ended_at=None if waits else rows.ended_at(row),
        missed=rows.missed(row),
        preliminary=bool(explained and explained.preliminary),
    )


def _what_for(rows: CountedRows, row: Deadline) -> Words:
    """What is to be done within the term: the task it hangs on, the service as a whole, or what comes after a wait."""
    element, catalogue = rows.element(row), rows.drawing(row)
    holder = element.attached_to or element.within or next(iter(element.flows_to), "")
    return Words.of(catalogue.element(holder).names) if holder in catalogue else Words("")
