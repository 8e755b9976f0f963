"""The drawing of a case's edition with its names in the language of the page."""

from __future__ import annotations

from flask import make_response
from flask.typing import ResponseReturnValue

from service.domain.rights import Right
from service.usecases.draw_procedure import drawing_of
from service.web.languages import language
from service.web.officer.door import officer, open_to
from service.web.officer.page import case_view
from service.web.officer.reading import Words


@officer.get("/cases/<int:case_id>/drawing.bpmn")
@open_to(Right.CASES, Right.REVIEWS)
def drawing(case_id: int) -> ResponseReturnValue:
    """The drawing under which the case runs (O1)."""
    case = case_view(case_id).case
    answer = make_response(drawing_of(Words.of(case).edition, language()))
    answer.mimetype = "application/xml"
    return answer
