"""Drafts of a complaint: from a case, from a document, or from nothing; filled in with what is known (R13.2, L93.1)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.domain.appeal import Contests
from service.domain.case import APPEAL, PERMIT, Case, CaseState, Draft
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, PermitStatus, RegisterEntry, status_on
from service.domain.errors import Forbidden, NotFound
from service.domain.people import Applicant, Officer
from service.domain.permit import address_line
from service.domain.ports import UnitOfWork
from service.usecases.complaint_intake import contested_by, edition_for_complaint, months_for
from service.usecases.drafts import require_room
from service.usecases.prefill import identity, prefill
from service.usecases.services import Services

ACTS = {"refusal": "refusal", "notice_not_considered": "not_considered", "permit": "permit"}
"""The documents that are acts, each with what a complaint against it is called; other papers are actions."""

CHANGES = {PermitStatus.CANCELLED: "cancellation", PermitStatus.SUSPENDED: "suspension"}
"""The changes of the register that can be contested (A3.2)."""


@dataclass(frozen=True)
class Contested:
    """What a complaint is about: a document of a case, an entry's change in the register, a case, or none of them."""

    case_id: int | None = None
    document_id: int | None = None
    entry_id: int | None = None


def open_complaint(
    services: Services, applicant: Applicant, contested: Contested, texts: Mapping[str, str] | None = None
) -> Draft:
    """Begin a complaint with all that the program knows already: who complains, against what, since when (L93.1).

    `texts` are sentences that the applicant begins with and may change, for example on a term that was missed (U14).
    Anybody may complain, also who may not apply (L64.1). `Forbidden` when the case is another's; `TooMany` when so
    many complaints are begun and not sent that one of them can as well be used.
    """
    with services.reading() as uow:
        known = _of_case(services, uow, contested, applicant) if contested.case_id else {}
    who = {name: value for name, value in identity(applicant).items() if name in ("iin", "bin", "name")}
    place = known.pop("_place", None) or address_line(prefill(services, applicant))
    answers = {
        **who,
        "residence": place,
        "postal_address": place,
        "body": "provider",
        "learned_on": local(services.clock.now()).date().isoformat(),
        **known,
        **(texts or {}),
    }
    with services.unit_of_work() as uow:
        require_room(uow, applicant, APPEAL)
        draft = Draft(str(uuid.uuid4()), applicant.iin, applicant.bin, applicant.kind, uow.now, uow.now, answers)
        draft.procedure = APPEAL
        uow.add(draft)
        uow.commit()
        return draft


def _of_case(services: Services, uow: UnitOfWork, contested: Contested, applicant: Applicant) -> dict[str, Any]:
    case = uow.get(Case, contested.case_id)
    if case.identifier != applicant.identifier:
        raise Forbidden(what="case")
    if contested.document_id:
        about = _of_document(uow, case, contested.document_id)
    elif contested.entry_id:
        about = _of_entry(services, uow, case, contested.entry_id)
    else:
        about = _of_inaction(uow, case)
    reached = {name: case.fields[name] for name in ("phone", "email") if case.fields.get(name)}
    return reached | {"_case": case.id, "name": case.applicant_name, "_place": address_line(case.fields), **about}


def _of_document(uow: UnitOfWork, case: Case, document_id: int) -> dict[str, Any]:
    """The act, who signed it, and the day on which it came to the cabinet: from then the term counts (L92.1)."""
    document = next((each for each in uow.cases.documents(case.id) if each.id == document_id), None)
    if document is None or document.filed:
        raise NotFound(what="document")
    return {
        "_document": document.id,
        "contests": ACTS.get(document.kind, "action"),
        "official": document.signed_by,
        "learned_on": _learned_on(document).isoformat(),
    }


def _of_entry(services: Services, uow: UnitOfWork, case: Case, entry_id: int) -> dict[str, Any]:
    """A permit that was cancelled or suspended, and since when (A3.2)."""
    entry = uow.get(RegisterEntry, entry_id)
    if entry.case_id != case.id:
        raise NotFound(what="register_entry")
    changes = uow.register.changes(entry.id)
    today = local(services.clock.now()).date()
    contests = CHANGES.get(status_on(entry, changes, today))
    if contests is None:
        return {"contests": "permit"}
    since = max(change.from_on for change in changes if change.from_on <= today)
    return {"contests": contests, "learned_on": since.isoformat()}


def _learned_on(document: IssuedDocument) -> date:
    return local(document.delivered_at or document.signed_at).date()


def _of_inaction(uow: UnitOfWork, case: Case) -> dict[str, Any]:
    """An open case: what is not done in time, and who has it in hand (R8.2, L92.1)."""
    if case.state is CaseState.CLOSED:
        return {"contests": "action"}
    breaches = uow.cases.breaches(case.id)
    late = breaches[-1] if breaches else None
    responsible = (late.responsible_id if late else None) or case.executor_id
    officer = uow.get(Officer, responsible) if responsible else None
    told = {"learned_on": local(late.due_at).date().isoformat()} if late else {}
    return {"contests": "inaction", "official": officer.full_name if officer else "", **told}


def months_of(services: Services, draft: Draft) -> int:
    """The term of the complaint as it will be counted when it is filed (L92.1)."""
    answers = draft.answers
    with services.reading() as uow:
        edition = edition_for_complaint(services, uow, uow.now)
        terms = services.editions.of(uow, edition.id, PERMIT).terms
        if answers.get("contests") not in set(Contests):
            return terms["complaint_months"]
        found = contested_by(uow, answers["contests"], answers.get("_case"), answers.get("_document"))
        explained = str(answers.get("explained") or "")
        return months_for(services, uow, terms, found, Contests(answers["contests"]), explained)
