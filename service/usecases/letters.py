"""Puts a case into the words of a document: what each letter needs to know (annexes 2-4, D7, R8.1, L80.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from service.domain import documents as letters
from service.domain.case import OF_APPLICATION, Attachment, Case
from service.domain.dated import PROVIDER_DETAILS, PROVIDER_NAME, REVIEWING_BODY
from service.domain.deadlines import local, years_after
from service.domain.decisions import Hearing
from service.domain.document_parts import (
    AppealNotice,
    AttachedPaper,
    Ground,
    HearingFacts,
    HearingInvitation,
    Party,
    Provider,
    Shortcoming,
    Strip,
    Words,
    grounds_from,
    way_held,
)
from service.domain.errors import InvalidAnswers
from service.domain.forms import Problem
from service.domain.hearing_hours import hearing_start
from service.domain.languages import LANGUAGES
from service.domain.minutes import ORAL, Minutes
from service.domain.people import Officer
from service.domain.permit import address_of
from service.domain.ports import UnitOfWork
from service.domain.terms import is_preliminary, objection_until, refusal_from
from service.usecases.editions import LoadedEdition
from service.usecases.moves import Move
from service.usecases.services import Services


def letter(
    services: Services,
    uow: UnitOfWork,
    move: Move,
    kind: str,
    answers: Mapping[str, Any],
    *,
    officer: Officer,
    number: str,
    code: str,
) -> letters.Letter:
    """The document of a task, ready to be rendered; its day is today, its signer the officer who asks for it."""
    common = letter_fields(services, move, officer=officer, number=number, code=code)
    return _MAKERS[kind](services, uow, move, answers, common)


def letter_fields(services: Services, move: Move, *, officer: Officer, number: str, code: str) -> dict[str, Any]:
    """What every letter says: whose, to whom, of which case, its number and day, and who signs it."""
    now = move.uow.now
    common = common_fields(services, move.edition, move.case, strip(services, officer, code, now, move.actor.order))
    return {**common, "number": number, "issued_on": local(now).date()}


def _permit(
    services: Services, uow: UnitOfWork, move: Move, answers: Mapping[str, Any], common: dict[str, Any]
) -> letters.Letter:
    fields = move.case.fields
    return letters.Permit(
        **common,
        platform=str(fields["platform"]),
        purpose=str(fields["purpose"]),
        addresses=tuple(address_of(parts) for parts in fields["addresses"]),
        valid_until=years_after(common["issued_on"], move.edition.terms["permit_years"]),
    )


def _refusal(
    services: Services, uow: UnitOfWork, move: Move, answers: Mapping[str, Any], common: dict[str, Any]
) -> letters.Letter:
    hearing = uow.cases.hearing(move.case.id)
    return letters.Refusal(
        **common,
        grounds=_grounds(move),
        conclusion=_conclusion(move),
        hearing=_hearing_facts(uow, move, hearing),
        appeal=appeal_notice(services, move.edition, common["issued_on"]),
    )


def _not_considered(
    services: Services, uow: UnitOfWork, move: Move, answers: Mapping[str, Any], common: dict[str, Any]
) -> letters.Letter:
    found = move.answers("task_check_completeness")
    kinds = {entry["key"]: Words.of(entry) for entry in move.edition.listed("document_kinds")}
    expired = _expired(move.case, uow.cases.attachments(move.case.id))
    note = str(found.get("missing_facts") or "")
    items = [Shortcoming(kinds[key], "missing", note=note) for key in found.get("missing_items") or ()]
    for key in found.get("expired_items") or ():
        items += [Shortcoming(kinds[key], "expired", day) for day in expired.get(key, [None])]
    if not items:
        raise InvalidAnswers(errors={"decision": Problem("nothing_missing")})
    return letters.NotConsidered(
        **common,
        registered_on=move.case.registered_on,
        items=tuple(items),
        appeal=appeal_notice(services, move.edition, common["issued_on"]),
    )


def _expired(case: Case, files: Sequence[Attachment]) -> Mapping[str, list[date | None]]:
    """By kind, the last days of validity of the papers that had expired on the day of receipt (R6.3)."""
    found: dict[str, list[date | None]] = {}
    received_on = local(case.received_at).date()
    for file in files:
        if file.purpose == OF_APPLICATION and file.has_expired(received_on):
            found.setdefault(file.kind, []).append(file.valid_until)
    return found


def _preliminary(
    services: Services, uow: UnitOfWork, move: Move, answers: Mapping[str, Any], common: dict[str, Any]
) -> letters.Letter:
    today, calendar = common["issued_on"], services.calendar
    starts = hearing_start(calendar, answers, uow.now)
    way = str(answers["hearing_way"])
    until = objection_until(calendar, today, move.edition.terms)
    earliest = refusal_from(calendar, today, move.edition.terms)
    invitation = HearingInvitation(
        starts_at=starts,
        place=Words(str(answers.get("hearing_place") or "")),
        way=option(move.edition, "invite_hearing", "hearing_way", way),
        answer_until=until,
        preliminary=is_preliminary(calendar, until, earliest),
    )
    return letters.PreliminaryDecision(
        **common,
        grounds=_grounds(move),
        conclusion=_conclusion(move),
        hearing=invitation,
        refusal_earliest=earliest,
    )


_MAKERS: Mapping[str, Callable[..., letters.Letter]] = {
    "permit": _permit,
    "refusal": _refusal,
    "notice_not_considered": _not_considered,
    "preliminary_decision": _preliminary,
}


def application_form(
    services: Services, uow: UnitOfWork, case: Case, *, signer: str, serial: str, code: str, test: bool
) -> letters.ApplicationForm:
    """The application as filed, in the form of annex 2; its strip names the instant of filing (R3.2, A2.1, A3.5)."""
    edition = services.editions.of_case(uow, case)
    strip = Strip(signer, Words(""), case.received_at, serial, code, code_address(services, code), test)
    return letters.ApplicationForm(
        **common_fields(services, edition, case, strip),
        platform=str(case.fields["platform"]),
        purpose=str(case.fields["purpose"]),
        addresses=tuple(address_of(parts) for parts in case.fields["addresses"]),
        attachments=attached(uow, edition, case),
        signer=signer,
    )


def attached(uow: UnitOfWork, edition: LoadedEdition, case: Case) -> tuple[AttachedPaper, ...]:
    """The files of an application or a complaint, in their order, by the names of their kinds."""
    kinds = {entry["key"]: Words.of(entry) for entry in edition.listed("document_kinds")}
    files = [file for file in uow.cases.attachments(case.id) if file.purpose == OF_APPLICATION]
    return tuple(
        AttachedPaper(kinds.get(file.kind, Words(file.kind)), file.number, file.dated, file.valid_until, file.name)
        for file in files
    )


def common_fields(services: Services, edition: LoadedEdition, case: Case, strip: Strip) -> dict[str, Any]:
    """What every document says of its case, its applicant and who has signed it."""
    return {
        "provider": provider(services, edition, local(strip.prepared_at).date()),
        "applicant": party_of(case),
        "application_number": case.number,
        "applied_on": local(case.received_at).date(),
        "strip": strip,
        "language": case.language,
    }


def party_of(case: Case) -> Party:
    """The person whose case it is; a legal entity is named by its BIN."""
    fields = case.fields
    party = Party(
        case.applicant_name,
        address_of(fields),
        case.iin,
        case.bin,
        str(fields.get("phone") or ""),
        str(fields.get("email") or ""),
    )
    return party if not case.bin else replace(party, iin="")


def provider(services: Services, edition: LoadedEdition, day: date) -> Provider:
    """The ministry as it is called on the day of the document (R2.2, D10)."""
    times = services.times.current
    name, details = (times.told(edition, what, day) for what in (PROVIDER_NAME, PROVIDER_DETAILS))
    return Provider(Words.of(name), Words.of(details))


def reviewing_body(services: Services, edition: LoadedEdition, day: date) -> Provider:
    """The body that considers complaints as it is called on the day of the document (R13.1, D11)."""
    body = services.times.current.told(edition, REVIEWING_BODY, day)
    return Provider(Words.of(body), Words.of(edition.act["appeal"].get("contacts", {})))


def appeal_notice(services: Services, edition: LoadedEdition, day: date) -> AppealNotice:
    """Where a decision of that day can be contested, and within which terms of the edition (L80.5, O1)."""
    body = reviewing_body(services, edition, day)
    terms = edition.terms
    return AppealNotice(
        body.name,
        body.details,
        terms["complaint_months"],
        terms["complaint_forward_due"],
        terms["complaint_provider_due"],
        terms["complaint_authority_due"],
    )


def strip(services: Services, officer: Officer, code: str, now: datetime, order: str = "") -> Strip:
    """What stands outside of a letter's text: who signs it, when, by which certificate, how to verify it (A3.5).

    Of an acting head also the number of the order (R9.1).
    """
    url, test = code_address(services, code), not services.settings.production
    return Strip(officer.full_name, Words.of(officer.position), now, officer.certificate_serial, code, url, test, order)


def code_address(services: Services, code: str) -> str:
    """Where the code of a document is looked up; its QR leads there (A3.5)."""
    return f"{services.settings.address}/verify/{code}"


def _grounds(move: Move) -> tuple[Ground, ...]:
    return grounds_from(move.answers("task_examine"))


def _conclusion(move: Move) -> str:
    return str(move.answers("task_examine").get("conclusion") or "")


def _hearing_facts(uow: UnitOfWork, move: Move, hearing: Hearing | None) -> HearingFacts:
    if hearing is None:
        return HearingFacts()
    if hearing.exemption:
        bases = {entry["key"]: Words.of(entry) for entry in move.edition.listed("hearing_exemptions")}
        return HearingFacts(waived=bases[hearing.exemption], waived_reason=hearing.exemption_reason)
    return hearing_held(uow, hearing, option(move.edition, "invite_hearing", "hearing_way", hearing.way))


def hearing_held(uow: UnitOfWork, hearing: Hearing, invited_way: Words) -> HearingFacts:
    """How the applicant was heard: orally on a day, in writing whatever way the invitation named, or not at all (A4.4).

    Day, place and way of an oral hearing are those of its minutes; they can be others than the invitation's.
    """
    minutes = uow.find(Minutes, hearing_id=hearing.id)
    oral = hearing.result == ORAL
    return HearingFacts(
        minutes=minutes.number if minutes and minutes.document_id else "",
        notified_at=hearing.notified_at,
        held_on=(local(minutes.starts_at).date() if minutes else hearing.held_on) if oral else None,
        settled_on=local(hearing.settled_at).date() if hearing.settled_at else None,
        way=way_held(hearing.way, invited_way) if oral else invited_way,
        place=Words(minutes.place if oral and minutes else hearing.place),
        position="\n".join(
            position.text
            for position in uow.cases.positions(hearing.case_id)
            if position.of_holder == hearing.of_holder
        ),
        result=str(hearing.answers.get("outcome_reasons") or ""),
        of_holder=hearing.of_holder,
    )


def option(edition: LoadedEdition, form: str, key: str, value: str) -> Words:
    """What one answer of a form's choice is called in the three languages."""
    field = edition.form(form).find(key)
    return Words(**{language: field.text(language).options.get(value, value) for language in LANGUAGES})
