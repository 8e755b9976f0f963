"""Who comes too late at a task, and a step that fails: nothing is lost, and it is said what has happened."""

from __future__ import annotations

import re
from datetime import date

import pytest

from service import operations
from service.usecases.applicant_acts import withdraw_case
from service.usecases.extend_term import extend_term
from tests.program import CONFORMS, DOES_NOT, Story
from tests.web.ground_visitor import heading, value
from tests.web.office import Office, hidden, text


@pytest.fixture
def office(story: Story) -> Office:
    return Office(story)


@pytest.mark.law("L69.1")
def test_the_second_of_two_learns_who_did_it_what_happened_and_keeps_the_text(office: Office) -> None:
    case = office.story.complete()
    slow = office.desk("acting")
    page = slow.open(case)
    seen, address = hidden(page), slow.address(case)
    office.story.work("unit", case, "task_examine", **DOES_NOT)
    answer = slow.post(address, {**seen, **DOES_NOT, "conclusion": "Менің қорытындым"})
    said = text(answer)
    assert (answer.status_code, heading(answer)) == (409, "Already done by БӨЛІМОВА ҰЛЖАН")
    assert "The examination found grounds for refusal." in said
    assert "Менің қорытындым" in said
    assert len(office.program.queries.case(case.id).open_tasks()) == 1


def test_a_page_out_of_date_gives_a_way_back_with_everything_typed(office: Office) -> None:
    case = office.story.complete()
    desk = office.desk("unit")
    address, old = desk.address(case), hidden(desk.open(case))
    extend_term(office.program, case.id, office.story.officer("head"), date(2023, 9, 25), "Сараптама")
    answer = desk.post(address, {**old, **CONFORMS, "nodes_count": "77", "page": address})
    assert (answer.status_code, heading(answer)) == (409, "The case has changed")
    assert "The head extended the term to 25.09.2023." in text(answer)
    found = re.search(r'href="(/office/tasks/\d+\?typed=[^"]+)"', answer.text)
    assert found is not None
    assert value(desk.get(found[1]), "nodes_count") == "77"


def test_a_withdrawn_case_closes_the_task_under_the_officer(office: Office) -> None:
    case = office.story.complete()
    desk = office.desk("unit")
    address, seen = desk.address(case), hidden(desk.open(case))
    withdraw_case(office.program, case.id, office.story.applicant("company_head"), "Қайта толтырамын")
    answer = desk.post(address, {**seen, **CONFORMS})
    assert (answer.status_code, heading(answer)) == (409, "This task is no longer needed")
    assert "Nothing of yours was saved or signed." in text(answer)
    assert "The applicant withdrew the application." in text(answer)
    assert desk.get(address).location == f"/office/cases/{case.id}"


@pytest.mark.law("L69.1")
def test_a_failed_step_saves_nothing_and_says_which_and_why(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_args: object, **_more: object) -> None:
        raise RuntimeError("the printer is on fire")

    case = office.story.assigned()
    monkeypatch.setattr(
        "service.operations._operations", {**_operations(), "intake.record_completeness": (fails, None)}
    )
    desk = office.desk("unit")
    answer = desk.send(case, complete="yes", preliminary_notes="Жазбам")
    assert answer.status_code == 500
    assert "This step failed: Record that the set is complete. The program has an error here." in text(answer)
    assert "Жазбам" in answer.text
    assert "on fire" not in answer.text
    (number,) = set(re.findall(r"finds it by the number ([0-9a-f]{8})\.", text(answer)))
    assert f"incident {number}" in caplog.text
    for language, told in (
        ("kk", "Соңғы әрекет орындалмады: 12.09.2023, 10:00 Мына қадам орындалмады: "),
        ("ru", "Последняя попытка не удалась: 12.09.2023, 10:00 Не удался шаг: "),
        ("en", "The last attempt failed: 12.09.2023, 10:00 This step failed: "),
    ):
        page = text(office.desk("unit", language).open(case))
        assert told in page
        assert page.count(number) == 2, "above the task and in the journal"
        assert "on fire" not in page
    assert office.story.now(case).completeness_on is None


def _operations() -> dict[str, object]:
    operations.catalogue()
    return dict(operations._operations)


@pytest.mark.law("R5.3")
def test_who_was_chosen_too_late_is_told_by_name(office: Office) -> None:
    case, desk = office.story.filed(), office.desk("chancellery")
    address, seen = desk.address(case), hidden(desk.open(case))
    unit = str(office.story.officer("unit").officer_id)
    office.story.work("chancellery", case, "task_assign", executor=unit)
    late = desk.post(address, {**seen, "executor": unit})
    assert (late.status_code, heading(late)) == (409, "You have already done this")
    assert "Officer in charge БӨЛІМОВА ҰЛЖАН" in text(late)
