"""When no hearing need be held: on a listed basis, with its paper (L73.2)."""

from __future__ import annotations

import pytest

from service.domain.errors import InvalidAnswers
from service.domain.refusals import COURT_GROUNDS
from tests.papers import pdf_text
from tests.program import DOES_NOT, Story
from tests.usecases.hearings import REQUEST, with_paper


@pytest.mark.law("L73.2")
def test_the_applicants_own_request_is_a_basis_only_with_the_request_itself(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", **REQUEST)
    assert set(refused.value.data["errors"]) == {"exemption_document"}
    with_paper(story, case)
    story.work("unit", case, "task_invite_hearing", **REQUEST)
    story.work("head", case, "task_sign_refusal", decision="sign")
    assert story.now(case).outcome == "refused"


@pytest.mark.law("L73.2", "A1.10.3")
def test_one_ground_that_is_no_court_act_needs_a_hearing(story: Story) -> None:
    court = {"ground_3_court": "Астана соты", "ground_3_number": "1-2", "ground_3_date": "2023-06-01"}
    grounds = {**DOES_NOT, "grounds": ["ground_2", "ground_3"], **court, "ground_3_in_force": "2023-07-03"}
    case = story.work("unit", story.complete(), "task_examine", **grounds)
    with_paper(story, case)
    answers = {"hearing": "exempt", "exemption": "court_act", "exemption_reason": "Сот актісі"}
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", **answers)
    assert refused.value.data["errors"]["exemption"].code == "no_court_ground"


@pytest.mark.printed
@pytest.mark.law("L73.2", "A1.10.3", "A1.10.4", "R7.3")
@pytest.mark.parametrize("ground", sorted(COURT_GROUNDS))
def test_a_court_act_stands_in_the_refusal_and_its_hearing_may_be_left_out(story: Story, ground: str) -> None:
    act = {"court": "Астана қаласының соты", "number": "1-23/77", "date": "2023-06-01", "in_force": "2023-07-03"}
    told = {f"{ground}_{name}": value for name, value in act.items()}
    examined = {"conforms": "no", "grounds": [ground], "conclusion": "Сот актісі күшінде", **told}
    case = story.work("unit", story.complete(), "task_examine", **{**DOES_NOT, **examined})
    with_paper(story, case)
    answers = {"hearing": "exempt", "exemption": "court_act", "exemption_reason": "Сот актісі"}
    story.work("unit", case, "task_invite_hearing", **answers)
    story.work("head", case, "task_sign_refusal", decision="sign")
    view = story.program.queries.case(case.id)
    assert (view.case.outcome, [paper.kind for paper in view.documents]) == ("refused", ["refusal"])
    text = " ".join(pdf_text(story.program.files.read(view.documents[0].sha256)).split())
    for fact in (act["court"], act["number"], "01.06.2023", "03.07.2023"):
        assert fact in text, fact


@pytest.mark.law("L73.2")
@pytest.mark.parametrize(
    ("basis", "code"), [("favourable_act", "not_favourable"), ("simplified_procedure", "not_simplified")]
)
def test_a_basis_that_cannot_stand_before_a_refusal_is_refused(story: Story, basis: str, code: str) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    with_paper(story, case)
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", hearing="exempt", exemption=basis, exemption_reason="Себебі")
    assert refused.value.data["errors"]["exemption"].code == code


@pytest.mark.printed
@pytest.mark.law("L73.2", "A4.4")
def test_urgent_protection_needs_its_document_and_its_reasons_stand_in_the_refusal(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    why = "Үшінші тұлғалардың мүлкіне тікелей қауіп төнді"
    urgent = {"hearing": "exempt", "exemption": "urgent_protection", "exemption_reason": why}
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_invite_hearing", **urgent)
    assert set(refused.value.data["errors"]) == {"exemption_document"}
    with_paper(story, case)
    story.work("unit", case, "task_invite_hearing", **urgent)
    story.work("head", case, "task_sign_refusal", decision="sign")
    refusal = story.program.queries.case(case.id).documents[-1]
    text = " ".join(pdf_text(story.program.files.read(refusal.sha256)).split())
    assert why in text
    assert "құқықтарды кейінге қалдырмай қорғау қажет" in text
