"""Notices to the applicant's cabinet and the portal (R4.2, R9.2, L66.1, L76.3)."""

from __future__ import annotations

from typing import Any

from service.domain.case import Case
from service.domain.channels import MAIL, PORTAL
from service.domain.messages import Notice, OfficerNote, OutboxMessage
from service.operations import Work, operation
from service.operations.posting import post

RESOLUTIONS = {
    "granted": "POSITIVE",
    "refused": "NEGATIVE",
    "not_considered": "NEGATIVE",
    **dict.fromkeys(
        (
            "complaint_satisfied",
            "complaint_cancelled",
            "complaint_adopted",
            "complaint_ordered",
            "complaint_sent_back",
        ),
        "POSITIVE",
    ),
    "complaint_unsatisfied": "NEGATIVE",
    "complaint_unconsidered": "NEGATIVE",
}
OVER = frozenset(
    {
        *RESOLUTIONS,
        "withdrawn",
        "signature_invalid",
        "complaint_answered",
        "complaint_withdrawn",
        "decision_carried_out",
    }
)
"""Notices after which nothing more follows."""


IN_SUBJECTS = ("from_on",)
"""What of a notice its subject may name, beside the case."""


def tell(work: Work, case: Case, kind: str, document_id: int | None = None, **details: Any) -> None:
    """A notice in the cabinet, the portal's status and a letter by e-mail, saved together (L66.1).

    To who complained on paper it goes by post, too: the chancellery has the duty to, on the same day. The portal knows
    nobody whose number is not known.
    """
    again = f"{case.number}/{kind}/{work.now.timestamp():.6f}"
    notice = Notice(case.id, kind, work.now, details, document_id, key=again)
    work.uow.add(notice)
    status = {
        "case_number": case.number,
        "kind": kind,
        "at": work.now.isoformat(),
        "applicant": case.identifier,
        "processing": "COMPLETED" if kind in OVER else "IN_PROGRESS",
        "resolution": RESOLUTIONS.get(kind, "NO_RESOLUTION"),
        **{name: str(details[name]) for name in IN_SUBJECTS if name in details},
    }
    if case.identifier:
        work.uow.add(OutboxMessage(f"{again}/portal", PORTAL, status, work.now, work.now, case.id))
    if case.fields.get("email"):
        said = {name: str(value) for name, value in details.items()}
        letter = {**said, "to": case.fields["email"], "kind": kind, "number": case.number, "lang": case.language}
        work.uow.add(OutboxMessage(f"{again}/mail", MAIL, letter, work.now, work.now, case.id))
    if case.came_on_paper:
        post(work, case, notice, str(details.get("number", "")))


@operation()
def send_status(work: Work, case: Case) -> None:
    """Tell the applicant's cabinet at once that the electronic request is accepted (R4.2, D5)."""
    work.note_own(case, "status_sent")
    tell(work, case, "accepted", received_at=case.received_at.isoformat())


@operation()
def send_waiting(work: Work, case: Case) -> None:
    """Tell the applicant that the request is here and its signature still has to be checked (R3.3)."""
    work.note_own(case, "signature_waits")
    tell(work, case, "signature_waits", received_at=case.received_at.isoformat())


@operation()
def send_result(work: Work, case: Case, *, outcome: str) -> None:
    """Put the signed result into the applicant's cabinet and record when it was delivered (R9.2)."""
    issued = [document for document in work.issued if document.case_id == case.id]
    document = (issued or work.uow.cases.documents(case.id))[-1]
    document.delivered_at = work.now
    work.uow.flush()
    work.note_own(case, "result_sent", outcome=outcome, document=document.number)
    tell(work, case, outcome, document.id, number=document.number)


@operation()
def send_extension(work: Work, case: Case, *, extended_until: str, reason: str) -> None:
    """Tell the applicant that the head has extended the term, why and until when (L76.3)."""
    work.note_own(case, "extension_sent", extended_until=extended_until)
    tell(work, case, "extended", extended_until=extended_until, reason=reason)


def heeded(work: Work, case: Case, kind: str) -> None:
    """What these notes told the officers of a case is done or decided: they stand in no list any more."""
    for note in work.uow.locked.all(OfficerNote, case_id=case.id, read_at=None):
        if note.kind == kind:
            note.read_at = work.now
