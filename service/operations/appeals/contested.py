"""What a complaint does to the act it contests: suspension, cancellation, a new act, reopening (L100.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Protocol

from service.domain.appeal import UNDECIDED, WRITTEN_ACTS, Complaint, Contests
from service.domain.appeal_effects import NO_ACTS
from service.domain.case import Case, CaseState
from service.domain.claims import Claim
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, PermitStatus, RegisterEntry, SignatureRecord, ruling
from service.domain.errors import NotLawful
from service.domain.messages import OfficerNote
from service.operations import SignedPaper, Work
from service.operations.appeals.execution import UNDONE, change, resting, status_from, undo_entry
from service.operations.decisions import enter, issue, signed_paper, take_number
from service.operations.in_charge import in_charge
from service.operations.notices import tell
from service.operations.register import insert_permit


class Challenged(Protocol):
    """What a complaint or a claim is against."""

    contests: Contests
    contested_case_id: int | None
    contested_document_id: int | None
    contested_entry_id: int | None

    @property
    def named_at(self) -> datetime:
        """When it was filed or recorded."""
        ...


def complaint_of(work: Work, case: Case) -> Complaint:
    """The complaint of an appeal case."""
    found = work.uow.find(Complaint, case_id=case.id)
    if found is None:
        raise NotLawful("no_complaint", "R13.2")
    return found


def decide(work: Work, case: Case, complaint: Complaint, outcome: str) -> IssuedDocument:
    """Issue the signed paper that decides the complaint, and write the outcome down."""
    document = issue(work, case)
    complaint.outcome, complaint.decided_on, complaint.decision_id = outcome, work.today, document.id
    work.note(case, "complaint_decided", outcome=outcome, number=document.number)
    return document


def decided(work: Work, case: Case) -> tuple[Complaint, IssuedDocument]:
    """The complaint of an appeal case with the signed paper that decides it."""
    complaint = complaint_of(work, case)
    if complaint.decision_id is None:
        raise NotLawful("signature_missing", "R9.1")
    return complaint, work.uow.get(IssuedDocument, complaint.decision_id)


def contested_case(work: Work, complaint: Challenged) -> Case | None:
    """The case whose act is contested, locked; None for a complaint without a case.

    Whatever changes the act, its paper or its register entry begins here, so that nobody else changes it meanwhile. A
    case is contested by younger ones only, and a step locks from the younger to the older: two steps never wait for
    each other.
    """
    if complaint.contested_case_id is None:
        return None
    # The lock reads the row anew: what this step has changed in it already is written first.
    work.uow.flush()
    return work.uow.cases.lock(complaint.contested_case_id)


def suspend(work: Work, case: Case, complaint: Complaint) -> None:
    """Suspend the execution of the contested act; the register says so with the complaint as its basis.

    Only a complaint in term, of the person whom the act concerns, suspends it: after the term the act is final, and
    nobody stops another person's permit by a paper.
    """
    contested = contested_case(work, complaint)
    entry = _entry(work, complaint)
    hinder = _hinder(work, case, complaint, contested or entry)
    if hinder:
        work.note(case, "act_not_suspended", reason=hinder)
        return
    complaint.suspended = True
    moved: dict[str, str] = {}
    rests = resting(work, entry, complaint) if entry is not None and complaint.contests in UNDONE else None
    if entry is not None and rests is not None:
        from_on, status = rests
        complaint.before = status_from(work, entry, from_on).value
        made = change(work, entry, status, case.number, from_on)
        complaint.suspension_id = made.id
        moved = {"before": complaint.before, "after": made.status.value}
    work.note(case, "act_suspended", **_named(complaint, entry), **moved)


def _hinder(work: Work, case: Case, complaint: Complaint, concerned: Case | RegisterEntry | None) -> str:
    """Why the filing suspends nothing; empty where it does."""
    entry = _entry(work, complaint)
    if complaint.contested_document_id is None and entry is None:
        return "no_act"
    if complaint.late:
        return "late"
    if concerned is not None and (concerned.bin or concerned.iin) != case.identifier:
        return "not_concerned"
    if entry is not None and complaint.contests in UNDONE:
        return "" if resting(work, entry, complaint) else "not_in_force"
    return ""


def lift(work: Work, case: Case, complaint: Complaint) -> None:
    """End the suspension with the complaint; a later change of the register, made on its own basis, stays."""
    if not complaint.suspended:
        return
    contested_case(work, complaint)
    complaint.suspended = False
    moved: dict[str, str] = {}
    entry = _entry(work, complaint)
    if entry is not None and complaint.suspension_id is not None:
        changes = work.uow.register.changes(entry.id)
        made = next(found for found in changes if found.id == complaint.suspension_id)
        from_on = max(work.today, made.from_on)
        if ruling(changes, from_on) is made:
            moved = {"before": made.status.value, "after": complaint.before}
            change(work, entry, PermitStatus(complaint.before), case.number, from_on)
    work.note(case, "suspension_lifted", **_named(complaint, entry), **moved)


def undo(work: Work, case: Case, complaint: Complaint, basis: str) -> None:
    """Cancel the contested act: its paper is marked, the register changes with the decision as its basis (L100.1)."""
    complaint.suspended = False
    undo_act(work, complaint, basis)
    work.note(case, "act_cancelled", basis=basis)


def undo_act(work: Work, act: Challenged, basis: str) -> None:
    """The same by a decision or a court act: a paper that is cancelled already cannot be cancelled again (L95.1).

    An action or an inaction is no act that could be cancelled: a court finds it unlawful (R15.1).
    """
    contested = contested_case(work, act)
    if act.contests in NO_ACTS:
        if contested is not None:
            work.note(contested, "found_unlawful", basis=basis, contests=act.contests.value)
        return
    if (document := cancelled_before(work, act)) is not None:
        raise NotLawful("act_already_cancelled", "L95.1", basis=document.annulled_by)
    if act.contested_document_id is not None:
        document = work.uow.get(IssuedDocument, act.contested_document_id)
        # A permit is no cancelled paper because its suspension, or an action beside it, is contested.
        if WRITTEN_ACTS.get(document.kind) == act.contests:
            for version in versions_of(work, document):
                version.annulled_at, version.annulled_by = work.now, basis
    entry = _entry(work, act)
    moved = undo_entry(work, entry, act, basis) if entry is not None and act.contests in UNDONE else {}
    if contested is not None:
        work.note(contested, "act_cancelled", basis=basis, **moved)


def versions_of(work: Work, document: IssuedDocument) -> list[IssuedDocument]:
    """A paper with what it corrects and what corrects it: one act under one number, which stands or falls (L82.1)."""
    papers = work.uow.list(IssuedDocument, case_id=document.case_id)
    return [each for each in papers if (each.kind, each.number) == (document.kind, document.number)]


def cancelled_before(work: Work, act: Challenged) -> IssuedDocument | None:
    """The contested paper where a decision or a court act has cancelled it already; None for one that stands."""
    if act.contested_document_id is None or act.contests in NO_ACTS:
        return None
    document = work.uow.get(IssuedDocument, act.contested_document_id)
    return document if document.annulled_at is not None else None


def take_up_again(work: Work, complaint: Challenged, basis: str, text: str, kind: str = "act_cancelled") -> bool:
    """Reopen the application whose act was cancelled, with new terms; tell the officer in charge why.

    `text` says by the kind of the note why the act was cancelled, which violations are named ("sent_back") or what is
    to be done ("ordered"). An application that is open already goes on. False where there is nothing to take up: the
    unit is told all the same.
    """
    contested = contested_case(work, complaint)
    if contested is None:
        return False
    # Without its act there is nothing that was cancelled: an application that ended otherwise stays ended.
    act_is_known = complaint.contested_document_id is not None or complaint.contests not in UNDECIDED
    reopens = complaint.contests in {*UNDECIDED, Contests.PERMIT} and act_is_known
    if reopens and contested.state is CaseState.CLOSED:
        said = {"sent_back": "violations", "act_cancelled": "reasons"}
        work.reopen(contested.id, {said[kind]: text} if kind in said else {}, basis, complaint.contests.value)
    tell_unit(work, contested, kind, basis, text, by_court=isinstance(complaint, Claim))
    return reopens


def tell_unit(work: Work, contested: Case, kind: str, basis: str, text: str, *, by_court: bool = False) -> None:
    """A note for the officer in charge of the contested case, or for the unit, with what the decision binds it to."""
    if by_court:
        work.note(contested, "court_act_received", basis=basis, reason=text)
    else:
        work.note(contested, "complaint_decision_received", basis=basis, reason=text)
    executor_id = in_charge(work.uow, contested)
    role = "" if executor_id else "unit"
    details = {"basis": basis, "text": text}
    work.uow.add(OfficerNote(contested.id, kind, work.now, work.element, executor_id, role, details))


def keep(work: Work, case: Case, complaint: Complaint) -> None:
    """Keep a permit that is signed before the decision that issues it; its number is not taken yet (R9.1, A3.3)."""
    signed = signed_paper(work)
    work.uow.add(signed.evidence)
    work.uow.flush()
    complaint.new_act = {
        "number": signed.number,
        "code": signed.code,
        "content": signed.content,
        "sha256": signed.sha256,
        "evidence": signed.evidence.id,
        "at": work.now.isoformat(),
    }
    work.note(case, "new_act_kept", number=signed.number)


def grant(work: Work, case: Case, complaint: Complaint, basis: str) -> None:
    """Issue the kept permit: paper, register entry and outcome of the application at once (L100.1, R11.1).

    The permit bears the day on which it was signed: kept over night, or its number taken meanwhile, it is signed again.
    """
    contested, kept = contested_case(work, complaint), complaint.new_act
    if contested is None or "content" not in kept:
        raise NotLawful("no_new_act", "L100.1")
    entry = work.uow.register.of_case(contested.id)
    if entry is not None and entry.round == contested.rounds:
        if status_from(work, entry, work.today) is not PermitStatus.CANCELLED:
            raise NotLawful("already_granted", "L95.1")
        contested.rounds += 1
    at = datetime.fromisoformat(kept["at"])
    if local(at).date() != work.today:
        raise NotLawful("new_act_of_another_day", "A3.2")
    evidence = work.uow.get(SignatureRecord, kept["evidence"])
    paper = SignedPaper("permit", kept["number"], kept["code"], kept["content"], kept["sha256"], evidence)
    try:
        take_number(work, paper)
    except NotLawful as taken:
        raise NotLawful("new_act_number_taken", "A3.3", number=paper.number) from taken
    document = enter(work, contested, paper, at=at, delivered_at=work.now)
    insert_permit(replace(work, signed=paper), contested, permit_number=document.number)
    work.conclude(contested.id, "granted", basis)
    work.note(case, "permit_issued", number=document.number)
    tell(work, contested, "granted", document.id, number=document.number)


def _entry(work: Work, complaint: Challenged) -> RegisterEntry | None:
    return work.uow.get(RegisterEntry, complaint.contested_entry_id) if complaint.contested_entry_id else None


def _named(act: Challenged, entry: RegisterEntry | None) -> dict[str, str]:
    """What is contested, as the journal names it."""
    return {"contests": act.contests.value, "entry": entry.number if entry else ""}
