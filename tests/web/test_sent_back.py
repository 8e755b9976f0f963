"""A paper that the head sends back: who works it over reads why, and no page calls it signed."""

from __future__ import annotations

import re

import pytest

from service.domain.case import Case
from service.usecases.tasks import claim_task, return_task
from tests.program import CONFORMS, Story
from tests.web.cabinet import Cabinet, Seat
from tests.web.office import Office, text

WHY = "Қорытындыны толықтырыңыз"
SIGN, EXAMINE = "Sign the permit", "Examine for conformity with the rules"


def steps(page: str) -> list[tuple[str, str]]:
    """The path as a page shows it: state and name of each step."""
    return re.findall(r'outline__step--(\w+)".*?outline__name">\s*([^<]+?)\s*<', page, re.S)


def sent_back(office: Office) -> Case:
    """A permit that was ready to be signed, sent back by the head."""
    story = office.story
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    head = office.desk("head")
    answer = head.send(case, decision="return", return_reason=WHY)
    assert f"Sent back: {SIGN}." in text(head.follow(answer))
    return case


@pytest.mark.law("R9.1", "L69.1")
def test_who_works_it_over_reads_first_who_sent_it_back_and_why_until_that_is_done(story: Story) -> None:
    office = Office(story)
    case, unit = sent_back(office), office.desk("unit")
    page = unit.open(case)
    said = text(page)
    assert re.search(rf"Sent back to be worked over: БАСШЫҒАЛИЕВ ҚАНАТ, [\d.]+, [\d:]+ {WHY}", said)
    assert said.index(WHY) < said.index("Do the documents conform with the rules?")
    assert ("returned", SIGN) in steps(page.text)
    assert ("done", SIGN) not in steps(page.text)
    story.work("unit", case, "task_examine", **CONFORMS)
    assert "Sent back to be worked over" not in text(office.desk("head").open(case))


@pytest.mark.law("R9.1", "L69.1")
def test_the_worklist_marks_what_was_sent_back_with_the_moment_until_it_is_worked_over(story: Story) -> None:
    office = Office(story)
    other = story.complete("entrepreneur")
    case, unit = sent_back(office), office.desk("unit")
    for language, said in (("kk", "Қайтарылды"), ("ru", "Возвращено"), ("en", "Sent back")):
        work = text(unit.get(f"/office/?tab=all&lang={language}"))
        line = work[work.index(case.number) :].partition(other.number)[0]
        assert re.search(rf"{said} 12\.09\.2023, \d\d:\d\d", line), line
        assert work.count(said) == 1
    story.work("unit", case, "task_examine", **CONFORMS)
    assert "Sent back" not in text(unit.get("/office/?tab=all&lang=en"))
    assert "Sent back" not in text(office.desk("head").get("/office/?tab=all"))


@pytest.mark.law("L69.1")
def test_the_worklist_marks_what_was_given_back_until_somebody_takes_it(story: Story) -> None:
    office, case = Office(story), story.complete()
    unit, task = office.desk("unit"), story.open_task(case).id
    actor = story.officer("unit")
    if story.open_task(case).assignee_id is None:
        claim_task(story.program, task, actor)
    return_task(story.program, task, actor)
    assert re.search(r"Given back 12\.09\.2023, \d\d:\d\d", text(unit.get("/office/?tab=unassigned")))
    claim_task(story.program, task, actor)
    assert "Given back" not in text(unit.get("/office/?tab=all"))


@pytest.mark.law("A1.11.3", "R9.1")
def test_the_applicant_does_not_read_that_a_paper_was_signed_which_was_sent_back(story: Story) -> None:
    case = sent_back(Office(story))
    seat: Seat = Cabinet(story).seat("company_head")
    found = steps(seat.get(f"/cabinet/cases/{case.id}").text)
    assert ("current", EXAMINE) in found
    assert [state for state, name in found if name == SIGN] == ["next"]
