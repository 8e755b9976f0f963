"""An applicant files: what is signed is prepared and shown, then the signed application becomes a case (R3.2, R3.3)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from service.domain.case import PERMIT, Attachment, Case, Draft, searched
from service.domain.completeness import DocumentFinding, check_documents, has_addresses
from service.domain.deadlines import local, registered_on
from service.domain.decisions import SignatureRecord
from service.domain.errors import CaseChanged, InvalidAnswers, NoEdition, NotFound, NotLawful
from service.domain.forms import Form, Problem
from service.domain.messages import Edition
from service.domain.numbers import number_text
from service.domain.people import Applicant
from service.domain.ports import UnitOfWork
from service.domain.signatures import Requirement, Verdict
from service.usecases.consent import give_consent
from service.usecases.drafts import ask_registers
from service.usecases.evidence import verified
from service.usecases.filed_paper import ask_for_paper, paper_of
from service.usecases.manifest import manifest, prepared_on, read_manifest
from service.usecases.moves import Move
from service.usecases.own_draft import CONSENTS, own_draft
from service.usecases.prefill import BAR, identity
from service.usecases.send_outbox import send_at_once
from service.usecases.services import Services


def edition_for(services: Services, received: datetime, registered: date) -> Edition:
    """The edition of the registration day; an application is taken only on a day with an edition in force (O2)."""
    times, received_on = services.times.current, local(received).date()
    edition = times.edition_on(received_on)
    if edition is None:
        raise NoEdition(received_on)
    return times.edition_on(registered) or edition


def self_check(services: Services, draft_id: str, applicant: Applicant) -> tuple[DocumentFinding, ...]:
    """What the officer's check would find if the application were sent now (U13, A1.9.1-A1.9.3, R6.3)."""
    with services.reading() as uow:
        draft = own_draft(uow, draft_id, applicant, only_read=True)
        return check_documents(uow.drafts.attachments(draft.id), draft.answers, local(uow.now).date())


def prepare_filing(services: Services, draft_id: str, applicant: Applicant, language: str) -> bytes:
    """Freeze what will be signed and keep it byte for byte; shown to the applicant before signing (R3.3, A2.3).

    It is brought to the disk now, so that who sends it need not wait for that.
    A register that was silent, has barred the applicant or answered on an earlier day is asked again (R1.1). Prepared
    again, it is the same bytes as long as nothing has changed that day. Raises `InvalidAnswers` where the form of annex
    2 is not filled in, `NotLawful` when the applicant may not apply or no edition is in force (R1.1, O2).
    """
    if _registration_unsure(services, draft_id, applicant):
        ask_registers(services, draft_id, applicant)
    with services.unit_of_work() as uow:
        draft = own_draft(uow, draft_id, applicant)
        if draft.procedure != PERMIT:
            raise NotFound(what="draft")
        if draft.case_id:
            return draft.manifest
        edition = edition_for(services, uow.now, registered_on(services.calendar, uow.now))
        files = uow.drafts.attachments(draft.id)
        _require_ready(draft, files)
        if draft.manifest and _is_fresh(draft.manifest, applicant, edition, language, uow.now):
            return draft.manifest
        if draft.answers.get("iin") != applicant.iin:
            draft.answers = {**draft.answers, **_signer(applicant)}
        form = services.editions.of(uow, edition.id, PERMIT).form("application")
        draft.manifest = manifest(
            submission=draft.id,
            edition=edition.number,
            applicant=applicant,
            fields=_fields(draft, form, applicant),
            attachments=files,
            statements={key: form.find(key).text("kk").label for key in CONSENTS},
            confirmed_at=draft.answers.get("_confirmed") or {},
            language=language,
            nonce=secrets.token_hex(16),
            prepared_at=uow.now,
        )
        uow.commit()
        prepared = draft.manifest
    services.files.put(prepared)
    return prepared


def file_application(services: Services, draft_id: str, applicant: Applicant, cms: bytes) -> Case:
    """Take the signed application and print it; raises what `take_application` raises.

    It is printed when all is saved, so that nobody waits for the press, and later where that fails (R3.2).
    """
    case = take_application(services, draft_id, applicant, cms)
    send_at_once(services, paper_of(case))
    return case


def take_application(services: Services, draft_id: str, applicant: Applicant, cms: bytes) -> Case:
    """Take the signed application: one transaction opens the case with all that belongs to it.

    It is received when it arrives here, before its signature is looked at. A second press gives the same case. A
    signature that cannot be checked now lets the case wait, not the applicant. Raises `SignatureRefused`, `NoEdition`,
    `CaseChanged` when the draft or the edition was changed, or the draft prepared for another signer.
    """
    received = services.clock.now()
    with services.reading() as uow:
        draft = own_draft(uow, draft_id, applicant, only_read=True)
        if draft.case_id:
            return uow.get(Case, draft.case_id)
        content = draft.manifest if draft.procedure == PERMIT else b""
    if not content:
        raise CaseChanged(what="manifest")
    wanted = Requirement.applicant(applicant.iin, applicant.bin)
    evidence = verified(services, cms, content, wanted, purpose="application", may_wait=True)
    services.files.put(content)
    with services.unit_of_work() as uow:
        draft = own_draft(uow, draft_id, applicant)
        if draft.case_id:
            return uow.get(Case, draft.case_id)
        if draft.manifest != content:
            raise CaseChanged(what="manifest")
        registered = registered_on(services.calendar, received)
        edition = edition_for(services, received, registered)
        if read_manifest(content)["edition"] != edition.number:
            raise CaseChanged(what="manifest", edition=edition)
        if not _still_holds(content, applicant, edition):
            raise CaseChanged(what="manifest")
        case = _opened(uow, draft, applicant, edition, received, registered)
        _take_over(uow, draft, case, evidence)
        ask_for_paper(uow, case)
        give_consent(uow, case)
        actor = applicant.actor
        uow.note(case, actor, "filed", signature=evidence.verdict, manifest=evidence.content_sha256)
        Move(services, uow, case, actor).start(_data(case, evidence))
        uow.commit()
        return case


def _opened(
    uow: UnitOfWork, draft: Draft, applicant: Applicant, edition: Edition, received: datetime, registered: date
) -> Case:
    content, year = read_manifest(draft.manifest), local(received).year
    fields = dict(content["fields"])
    name = str(fields.get("name") or applicant.organisation or applicant.name)
    case = Case(
        number=number_text("case", year, uow.next_number("case", year)),
        procedure=PERMIT,
        edition_id=edition.id,
        submission_id=draft.id,
        applicant_kind=applicant.kind,
        iin=applicant.iin,
        bin=applicant.bin,
        applicant_name=name,
        search_name=searched(name),
        language=str(content["language"]),
        received_at=received,
        registered_on=registered,
        fields=fields,
        manifest=draft.manifest,
    )
    uow.add(case)
    uow.flush()
    return case


def _take_over(uow: UnitOfWork, draft: Draft, case: Case, evidence: SignatureRecord) -> None:
    """What the applicant has prepared becomes part of the case."""
    draft.case_id, evidence.case_id = case.id, case.id
    uow.drafts.hand_over(draft.id, case.id)
    uow.add(evidence)
    uow.flush()


def _data(case: Case, evidence: SignatureRecord) -> dict[str, Any]:
    return {
        "received_on": local(case.received_at).date().isoformat(),
        "registered_on": case.registered_on.isoformat(),
        "applicant_kind": case.applicant_kind.value,
        "signature": "valid" if evidence.verdict == Verdict.VALID else "unchecked",
    }


def _fields(draft: Draft, form: Form, applicant: Applicant) -> dict[str, Any]:
    """The answers that the form asks for, with the numbers of who has signed in: nothing that was forged beside it."""
    asked = {field.key for field in form.walk()} | {group.key for group in form.fields if group.repeat}
    given = {name: value for name, value in draft.answers.items() if name in asked - set(CONSENTS)}
    return given | {"iin": applicant.iin, "bin": applicant.bin, "applicant_kind": applicant.kind.value}


def _still_holds(content: bytes, applicant: Applicant, edition: Edition) -> bool:
    """Whether what was prepared may be signed by this person under this edition: a changed draft has emptied it."""
    told = read_manifest(content)
    return bool(told["applicant"]["iin"] == applicant.iin and told["edition"] == edition.number)


def _is_fresh(content: bytes, applicant: Applicant, edition: Edition, language: str, now: datetime) -> bool:
    """Whether it can be shown again as it is: on the same day, in the same language."""
    told = read_manifest(content)
    return (
        prepared_on(told, local(now).date())
        and told["language"] == language
        and _still_holds(content, applicant, edition)
    )


def _signer(applicant: Applicant) -> dict[str, Any]:
    """Who signs, when somebody else of the same legal entity began the draft (A2.1)."""
    return {name: value for name, value in identity(applicant).items() if name == "iin" or name.startswith("signer_")}


def _registration_unsure(services: Services, draft_id: str, applicant: Applicant) -> bool:
    """Whether nobody has said today that the applicant is registered as what may apply (R1.1)."""
    with services.reading() as uow:
        draft = own_draft(uow, draft_id, applicant, only_read=True)
        today = local(uow.now).date()
    if draft.procedure != PERMIT or draft.case_id:
        return False
    state = draft.answers.get("_state", {})
    if draft.answers.get(BAR) or not state.get("registration"):
        return True
    return local(datetime.fromisoformat(state["asked_at"])).date() != today


def _require_ready(draft: Draft, files: Sequence[Attachment]) -> None:
    if draft.answers.get(BAR):
        raise NotLawful(str(draft.answers[BAR]), "R1.1")
    missing = {key: Problem("required") for key in ("platform", "purpose", *CONSENTS) if not draft.answers.get(key)}
    if not has_addresses(draft.answers):
        missing["addresses"] = Problem("required")
    if any(not file.kind for file in files):
        missing["attachments"] = Problem("kind_missing")
    if missing:
        raise InvalidAnswers(errors=missing)
