"""What goes on in a case beside its diagram: duties, minutes, corrections, access to the file, consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from service.domain.case import Case
from service.domain.corrections import CORRECTABLE, corrector
from service.domain.decisions import IssuedDocument
from service.domain.duties import POST, Duty
from service.domain.minutes import Minutes, MinutesRemark
from service.domain.ports import UnitOfWork
from service.domain.rights import Right, may, reads_duty
from service.usecases.consent import consent_of
from service.usecases.file_access import accesses_of
from service.web.document_names import document_name
from service.web.duty_names import duty_name
from service.web.officer.deliveries import what_is_posted
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.duty_acts import OF_DUTIES
from service.web.officer.page import case_view


@dataclass(frozen=True)
class DutyRow:
    """A duty of the case: what, until when, where it is done; `more` says which letter is to be posted."""

    name: str
    law: str
    due_at: datetime
    done_at: datetime | None
    late: bool
    address: str
    more: str


def duty_rows(case: Case, *, open_only: bool = False) -> list[DutyRow]:
    """The duties of a case, the open ones first, each with its address."""
    with program().reading() as uow:
        found = sorted(uow.duties.of_case(case.id), key=lambda duty: (not duty.is_open, duty.due_at))
        return [_row(uow, case, duty) for duty in found if duty.is_open or not open_only]


def _row(uow: UnitOfWork, case: Case, duty: Duty) -> DutyRow:
    more = what_is_posted(uow, case, duty) if duty.kind == POST else ""
    late = duty.is_late(uow.now)
    name, address = duty_name(duty.kind, duty.part), _address(uow, duty)
    return DutyRow(name, duty.law, duty.due_at, duty.done_at, late, address, more)


def _address(uow: UnitOfWork, duty: Duty) -> str:
    """Where the duty is done or read; empty for whom its page would turn away."""
    act = OF_DUTIES.get(duty.kind)
    is_mine = act is not None and act.is_for(uow, duty, me()) and (duty.is_open or act.may_follow(duty))
    return url_for("officer.duty", duty_id=duty.id) if is_mine or reads_duty(me(), duty.role) else ""


@officer.get("/cases/<int:case_id>/beside")
@open_to(Right.CASES, Right.REVIEWS)
def beside(case_id: int) -> ResponseReturnValue:
    """Everything of the case that no task of the diagram carries."""
    view = case_view(case_id)
    with program().reading() as uow:
        minutes = uow.list(Minutes, case_id=case_id)
        remarks = [(remark, _answer_address(uow, remark)) for remark in uow.list(MinutesRemark, case_id=case_id)]
    newest = {paper.corrects_id for paper in view.documents}
    return render_template(
        "officer/beside.html",
        case=view.case,
        duties=duty_rows(view.case),
        minutes=minutes,
        remarks=remarks,
        officers=view.officers,
        correctable=[
            (paper, document_name(paper.kind), corrector(paper.kind) in me().roles)
            for paper in view.documents
            if may_correct(paper, newest)
        ],
        accesses=accesses_of(program(), case_id),
        consent=consent_of(program(), case_id),
        may_report=may(me(), Right.ERRORS),
    )


def _answer_address(uow: UnitOfWork, remark: MinutesRemark) -> str:
    """Where the signed answer to a remark stands; that to the holder of a contested permit in the holder's own case."""
    if remark.document_id is None:
        return ""
    paper = uow.get(IssuedDocument, remark.document_id)
    return url_for("officer.document", case_id=paper.case_id, document_id=paper.id)


def may_correct(paper: IssuedDocument, corrected: set[int | None]) -> bool:
    """Whether a clerical error in this paper can be corrected: the newest version, not annulled (L82.1)."""
    return paper.kind in CORRECTABLE and paper.id not in corrected and paper.annulled_at is None
