"""A person files a complaint: what is signed is prepared and shown, then it becomes a case (R13.2, L93.1)."""

from __future__ import annotations

import secrets
from typing import Any

from service.domain.appeal import require_contents
from service.domain.case import APPEAL, Case, Draft
from service.domain.deadlines import local
from service.domain.errors import CaseChanged, InvalidAnswers, NotFound
from service.domain.forms import Problem
from service.domain.people import Applicant
from service.domain.ports import UnitOfWork
from service.domain.signatures import Requirement
from service.usecases.complaint_intake import FIELDS, Intake, contested_by, edition_for_complaint, open_complaint_case
from service.usecases.evidence import verified
from service.usecases.filed_paper import ask_for_paper, paper_of
from service.usecases.manifest import manifest, prepared_on, read_manifest
from service.usecases.own_draft import own_draft
from service.usecases.send_outbox import send_at_once
from service.usecases.services import Services


def prepare_complaint(services: Services, draft_id: str, applicant: Applicant, language: str) -> bytes:
    """Freeze the complaint that will be signed and keep it byte for byte; shown before signing (R13.2, L93.1).

    It is brought to the disk now, so that who sends it need not wait for that. Asked again, it gives the same bytes as
    long as nothing has changed that day. Raises `InvalidAnswers` where L93.1 wants more.
    """
    with services.unit_of_work() as uow:
        draft = _own(uow, draft_id, applicant)
        if draft.case_id:
            return draft.manifest
        edition = edition_for_complaint(services, uow, uow.now)
        require_contents(draft.answers, local(uow.now).date())
        files = uow.drafts.attachments(draft.id)
        if any(not file.kind for file in files):
            raise InvalidAnswers(errors={"attachments": Problem("kind_missing")})
        if draft.manifest and _still_holds(draft, applicant, edition.number, language, uow):
            return draft.manifest
        draft.manifest = manifest(
            service=APPEAL,
            submission=draft.id,
            edition=edition.number,
            applicant=applicant,
            fields=_fields(draft, applicant) | _contested(uow, draft),
            attachments=files,
            statements={},
            confirmed_at={},
            language=language,
            nonce=secrets.token_hex(16),
            prepared_at=uow.now,
        )
        uow.commit()
        prepared = draft.manifest
    services.files.put(prepared)
    return prepared


def file_complaint(services: Services, draft_id: str, applicant: Applicant, cms: bytes) -> Case:
    """Take the signed complaint and print it; raises what taking it raises.

    It is printed when all is saved, so that nobody waits for the press, and later where that fails (R13.2).
    """
    case = _take(services, draft_id, applicant, cms)
    send_at_once(services, paper_of(case))
    return case


def _take(services: Services, draft_id: str, applicant: Applicant, cms: bytes) -> Case:
    """Take the signed complaint: one transaction opens its case, suspends the contested act and tells the status.

    A second press gives the same case. A signature that cannot be checked now is accepted and looked at again, a late
    complaint accepted and marked: acceptance is never refused (L64.1, L92.1). Raises `SignatureRefused`, `CaseChanged`
    when the draft was changed after it was prepared, `InvalidAnswers`.
    """
    received = services.clock.now()
    with services.reading() as uow:
        draft = _own(uow, draft_id, applicant, only_read=True)
        if draft.case_id:
            return uow.get(Case, draft.case_id)
        content = draft.manifest
    if not content:
        raise CaseChanged(what="manifest")
    wanted = Requirement.applicant(applicant.iin, applicant.bin)
    evidence = verified(services, cms, content, wanted, purpose="complaint", may_wait=True)
    services.files.put(content)
    with services.unit_of_work() as uow:
        draft = _own(uow, draft_id, applicant)
        if draft.case_id:
            return uow.get(Case, draft.case_id)
        if draft.manifest != content or read_manifest(content)["applicant"]["iin"] != applicant.iin:
            raise CaseChanged(what="manifest")
        intake = Intake(
            submission=draft.id,
            iin=applicant.iin,
            bin=applicant.bin,
            kind=applicant.kind,
            language=str(read_manifest(content)["language"]),
            received=received,
            fields=_fields(draft, applicant),
            case_id=draft.answers.get("_case"),
            document_id=draft.answers.get("_document"),
            manifest=content,
            evidence=evidence,
            files=tuple(uow.drafts.attachments(draft.id)),
        )
        case = open_complaint_case(services, uow, intake, applicant.actor)
        draft.case_id = case.id
        ask_for_paper(uow, case)
        uow.commit()
        return case


def _own(uow: UnitOfWork, draft_id: str, applicant: Applicant, *, only_read: bool = False) -> Draft:
    draft = own_draft(uow, draft_id, applicant, only_read=only_read)
    if draft.procedure != APPEAL:
        raise NotFound(what="draft")
    return draft


def _fields(draft: Draft, applicant: Applicant) -> dict[str, Any]:
    """What the form asks for, with who has signed in: nothing that was forged beside it."""
    given = {name: draft.answers[name] for name in FIELDS if draft.answers.get(name)}
    given.setdefault("name", applicant.organisation or applicant.name)
    return given | {"iin": applicant.iin, "bin": applicant.bin, "applicant_kind": applicant.kind.value}


def _contested(uow: UnitOfWork, draft: Draft) -> dict[str, Any]:
    """The act as people know it: numbers, not keys of rows."""
    found = contested_by(uow, draft.answers["contests"], draft.answers.get("_case"), draft.answers.get("_document"))
    return {
        "contested_case": found.case.number if found.case else "",
        "contested_document": found.document.number if found.document else "",
        "contested_entry": found.entry.number if found.entry else "",
    }


def _still_holds(draft: Draft, applicant: Applicant, edition: int, language: str, uow: UnitOfWork) -> bool:
    told = read_manifest(draft.manifest)
    same = (told["applicant"]["iin"], told["edition"], told["language"]) == (applicant.iin, edition, language)
    return same and prepared_on(told, local(uow.now).date())
