"""How each date of a case was counted, as a paper for people; the signed proof says the same (D25, D28)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from service.domain.canonical import digest
from service.domain.case import Case, DeadlineKind
from service.domain.deadlines import local
from service.domain.document_parts import Address, Party, Words
from service.domain.law_points import points
from service.domain.proof_documents import ProvedCalendar, ProvedTerm, SkippedDay, TermsProof, strip_of_the_program
from service.usecases.counted_rows import CountedRows
from service.usecases.letters import provider
from service.usecases.proof_papers import print_proof
from service.usecases.services import Services
from service.usecases.terms_proof import content_of
from service.usecases.told_terms import Names, ToldTerm, told_terms


def terms_proof_paper(services: Services, case_id: int, names: Names) -> bytes:
    """The PDF; it names the hash of the content that the signed proof bears, and tells the same terms."""
    with services.reading() as uow:
        uow.at_one_moment()
        case = uow.get(Case, case_id)
        rows = CountedRows.of(uow, services.times, services.editions, case)
        edition, terms = rows.edition, told_terms(services, uow, case, rows, names)
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
            calendars=_calendars(rows, terms),
            terms=tuple(_told(term) for term in terms),
            content_sha256=digest(content_of(case, rows, terms)),
            key_id=services.system_key.key_id,
            language=case.language,  # type: ignore[arg-type]  # one of the three
        )
        return print_proof(services, uow, case, paper, as_of)


def _told(term: ToldTerm) -> ProvedTerm:
    explained = term.counted.explanation if term.counted else None
    days: tuple[date, ...] = explained.count.counted if explained else ()
    waits = term.kind == DeadlineKind.WAIT
    return ProvedTerm(
        name=term.what,
        says=term.says,
        points=points(term.law),
        waits=waits,
        counted_from=term.begins,
        days=len(days),
        counted=days,
        skipped=tuple(SkippedDay(day, Words.of(why.names), why.basis) for day, why in explained.count.skipped)
        if explained
        else (),
        first_due_at=term.first_due_at,
        due_at=term.due_at,
        moved=term.moved,
        ended_at=None if waits else term.ended_at,
        missed=term.missed,
        preliminary=bool(explained and explained.preliminary),
        months=term.counted.months if term.counted else 0,
        calendar_number=term.counted.by.number if term.counted else 0,
    )


def _calendars(rows: CountedRows, terms: Sequence[ToldTerm]) -> tuple[ProvedCalendar, ...]:
    """By which calendars the terms were counted; the one that holds where none was."""
    used = [term.counted.by for term in terms if term.counted] or [rows.calendars.newest]
    told = {(each.number, each.sha256): ProvedCalendar(each.number, each.sha256) for each in used}
    return tuple(told[key] for key in sorted(told))
