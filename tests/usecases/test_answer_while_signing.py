"""An answer on paper that comes while the decision is being signed, or after the result was recorded (L73.3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.case import Case, CaseState
from service.domain.decisions import Position, PreparedDocument
from service.domain.errors import CaseChanged, NotLawful
from service.usecases.audit import audit
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from tests.complaints import Complaints
from tests.soak.together import at_once
from tests.usecases.by_post import answered, decided, rows


def prepared(story: Complaints, complaint: Case) -> PreparedDocument:
    to_sign, answers = story.open_task(complaint).id, {"decision": ["sign"]}
    return prepare_document(story.program, to_sign, story.officer("reviewer"), answers)


def pen(story: Complaints, paper: PreparedDocument) -> Callable[[], Case]:
    cms = story.pki.sign_cms("review_officer", bytes_to_sign(story.program, paper))
    return lambda: sign_document(story.program, paper.id, story.officer("reviewer"), cms)


@pytest.mark.law("L73.3", "L73.4", "L69.1")
def test_an_answer_recorded_while_the_decision_is_signed_is_read_before_it_takes_effect(complaints: Complaints) -> None:
    complaint = decided(complaints)
    sign = pen(complaints, prepared(complaints, complaint))
    answered(complaints, complaint, received_on="14.09.2023")
    before = rows(complaints)
    with pytest.raises(CaseChanged, match="position"):
        sign()
    assert rows(complaints) == before
    assert complaints.now(complaint).state is CaseState.OPEN
    again = pen(complaints, prepared(complaints, complaint))
    assert again().outcome == "unsatisfied"
    with pytest.raises(NotLawful, match="case_closed"):
        answered(complaints, complaint, text="Кешігіп")
    assert list(audit(complaints.program)) == []


@pytest.mark.law("L73.3", "L73.4")
def test_of_an_answer_and_a_signature_at_once_the_second_learns_of_the_first(complaints: Complaints) -> None:
    complaint = decided(complaints)
    sign = pen(complaints, prepared(complaints, complaint))
    signed, said = at_once(sign, lambda: answered(complaints, complaint, received_on="14.09.2023"))
    if isinstance(signed, Case):
        assert isinstance(said, NotLawful)
    else:
        assert (type(signed), type(said)) == (CaseChanged, Position)
        assert complaints.now(complaint).state is CaseState.OPEN


@pytest.mark.law("L73.3")
def test_what_came_too_late_holds_up_no_signature(complaints: Complaints) -> None:
    complaint = decided(complaints)
    sign = pen(complaints, prepared(complaints, complaint))
    assert answered(complaints, complaint, received_on="18.09.2023").late
    assert sign().outcome == "unsatisfied"


@pytest.mark.law("L73.3", "L73.1")
def test_an_oral_hearing_asked_for_on_a_paper_that_came_before_the_result_is_owed(complaints: Complaints) -> None:
    complaint = decided(complaints)
    sign = pen(complaints, prepared(complaints, complaint))
    assert not answered(complaints, complaint, received_on="14.09.2023", oral="yes").late
    with pytest.raises(CaseChanged):
        sign()
    with pytest.raises(NotLawful, match="oral_hearing_owed"):
        pen(complaints, prepared(complaints, complaint))()
    complaints.work("reviewer", complaint, "task_sign_review", decision="return", return_reason="Тыңдау керек")
    complaints.considered(complaint, "unsatisfied")
    assert complaints.open_elements(complaint) == {"task_invite_review_hearing"}
