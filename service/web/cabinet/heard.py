"""The holder of a permit is heard before a decision on the complaint of somebody else against it (L73.1-L73.4)."""

from __future__ import annotations

from functools import partial

from flask.typing import ResponseReturnValue

from service.domain.case import CaseState
from service.domain.errors import NotFound, NotLawful
from service.domain.views import CaseView
from service.usecases.applicant_acts import submit_holder_position
from service.web.cabinet.acts import take_position
from service.web.cabinet.door import me, program
from service.web.cabinet.hearing import complaint_against
from service.web.cabinet.own import of_case
from service.web.cabinet.reading import Words
from service.web.sending import sent

__all__ = ["holder_file", "holder_position"]


@of_case("/complaints/<int:complaint_id>/position", "GET", "POST")
def holder_position(view: CaseView, complaint_id: int) -> ResponseReturnValue:
    """Take the holder's objection or wish for an oral hearing; a late one is taken too, and told as late (L73.3)."""
    complaint = _heard_on(view, complaint_id)
    if complaint.case.state is CaseState.CLOSED:
        raise NotLawful("case_closed", "L69.1")
    submit = partial(submit_holder_position, program(), complaint_id, me())
    return take_position(view, Words.of(complaint.case), submit, complaint.hearing, complaint.case)


@of_case("/complaints/<int:complaint_id>/files/<int:attachment_id>")
def holder_file(view: CaseView, complaint_id: int, attachment_id: int) -> ResponseReturnValue:
    """A file that the holder has handed in with a position."""
    complaint = _heard_on(view, complaint_id)
    own = {said.attachment_id for said in complaint.positions if said.of_holder}
    found = next((each for each in complaint.attachments if each.id == attachment_id and each.id in own), None)
    if found is None:
        raise NotFound(what="attachment")
    return sent(program().files.read(found.sha256), found.name, found.media_type)


def _heard_on(view: CaseView, complaint_id: int) -> CaseView:
    found = complaint_against(view, complaint_id)
    if found is None:
        raise NotFound(what="preliminary_decision")
    return found[0]
