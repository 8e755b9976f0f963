"""Every day that a form of any door asks for, mistyped by years: refused in words or taken as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pytest

from service.domain.case import Case
from service.usecases.audit import audit
from tests.complaints import INVITED, Complaints
from tests.program import DOES_NOT
from tests.web.ground_visitor import Visitor
from tests.web.hostile_town import Besieged
from tests.web.office import Office, text
from tests.web.test_hostile_forms import GOOD
from tests.web.test_hostile_routes import routes

DAY = re.compile(r"\d\d\.\d\d\.\d{4}")
OFTEN_EMPTY = {"dated", "valid_until"}
DAYS = ("0001-01-01", "1900-01-01", "2016-01-01", "2199-12-31", "9999-12-31")
"""What no calendar knows, and what no field of a day takes."""
ASKED = {
    "/register": "on",
    "/register.json": "on",
    "/register.csv": "on",
    "/office/journal": "day",
}
"""Where an address asks for a day."""


def days_of(good: dict[str, str]) -> Iterator[str]:
    """The fields of a form that hold a day."""
    return (name for name, said in good.items() if DAY.fullmatch(said) or name in OFTEN_EMPTY)


@pytest.mark.law("L64.1", "D28", "A2.1")
def test_a_mistyped_year_breaks_no_form(besieged: Besieged) -> None:
    addresses = {name: address for name, address, _rule in routes(besieged)}
    people: dict[str, Visitor] = {}
    tried = 0
    for endpoint, (who, good) in GOOD.items():
        visitor = people.setdefault(who, besieged.person(who))
        fields = list(days_of(good))
        for day, planted in product(DAYS, [*([field] for field in fields), fields] if fields else []):
            answer = visitor.post(addresses[f"POST {endpoint}"], {**good, **dict.fromkeys(planted, day)})
            assert answer.status_code < 500, (endpoint, planted, day, text(answer))
            tried += 1
    assert tried >= 100
    administrator = besieged.person("administrator")
    for address, field in ASKED.items():
        for day in DAYS:
            assert administrator.client.get(f"{address}?{field}={day}").status_code < 500, (address, day)
    complaint = besieged.at["cabinet.complaint_review"]["draft_id"]
    for day in DAYS:
        address = f"/cabinet/drafts/{complaint}/pages/matter"
        for way in (address, f"{address}/save"):
            assert people["owner"].post(way, {"learned_on": day, "go": "list"}).status_code < 500, day
        assert people["owner"].get(f"/cabinet/drafts/{complaint}").status_code < 500, day
    for name, address in addresses.items():
        if name.startswith("GET"):
            assert besieged.person("head").client.get(address).status_code < 500, name
    assert list(audit(besieged.program)) == []


@pytest.mark.law("L64.1", "D28")
def test_a_complaint_that_came_before_the_calendar_begins_is_told_so(besieged: Besieged) -> None:
    chancellery, (_who, good) = besieged.person("chancellery"), GOOD["officer.take_in"]
    chancellery.get("/office/complaints/new?lang=en")
    refused = chancellery.post(
        "/office/complaints/new", {**good, "received_on": "11.09.2016", "learned_on": "10.09.2016"}
    )
    assert refused.status_code == 400
    assert "The calendar of working days begins on 01.01.2023. Check the year." in text(refused)


def heard(story: Complaints) -> Case:
    case = story.invited()
    story.at("2023-09-14T12:00")
    return case


def review_heard(story: Complaints) -> Case:
    complaint = story.forwarded(story.not_considered(), "notice_not_considered")
    story.considered(complaint, "unsatisfied")
    story.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2023-09-14")
    story.at("2023-09-14T12:00")
    return complaint


def sent_on(story: Complaints) -> Case:
    complaint = story.registered(story.not_considered(), "notice_not_considered")
    return story.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="x")


MINUTES = {
    "hearing_result": "spoken", "minutes_place": "x", "minutes_date": "", "minutes_start": "11:00",
    "minutes_end": "11:30", "minutes_chair": "x", "minutes_secretary": "y", "minutes_participants": "x",
    "minutes_question": "x", "minutes_explanations": "x", "minutes_answers": "x", "outcome": "refuse",
    "outcome_reasons": "x",
}  # fmt: skip
COURT = {f"ground_{number}_{said}": "x" for number in (3, 4) for said in ("court", "number")}
TASKS: dict[str, tuple[Callable[[Complaints], Case], str, dict[str, Any]]] = {
    "examine": (Complaints.complete, "unit", {
        **DOES_NOT, **COURT, "grounds": ["ground_3", "ground_4", "ground_5"], "ground_5_state": "x",
        "ground_3_date": "", "ground_3_in_force": "", "ground_4_date": "", "ground_4_in_force": "", "ground_5_at": "",
    }),
    "hold_hearing": (heard, "unit", MINUTES),
    "register_review": (sent_on, "reviewer", {"review_number": "1", "review_registered_on": ""}),
    "review_complaint": (
        lambda story: story.registered(story.not_considered(), "notice_not_considered"), "unit",
        {"proposal": "satisfy", "remedy": "action", "action_done": "x", "action_on": "", "opinion": "x"},
    ),
    "hold_review_hearing": (review_heard, "reviewer", MINUTES),
}  # fmt: skip
"""The tasks whose forms ask for days: how a case comes there, who does it, and what is said."""


@pytest.mark.law("D28")
@pytest.mark.parametrize("last", ["2016-01-01", "2199-12-31"])
@pytest.mark.parametrize("form", TASKS)
def test_a_mistyped_year_breaks_no_task(complaints: Complaints, form: str, last: str) -> None:
    reach, login, answers = TASKS[form]
    case = reach(complaints)
    desk, address = Office(complaints).desk(login), f"/office/tasks/{complaints.open_task(case).id}"
    empty = [name for name, said in answers.items() if not said]
    for day in ("0001-01-01", "9999-12-31", last):
        answer = desk.send(case, **{**answers, **dict.fromkeys(empty, day)})
        assert answer.status_code in ((400,) if day != last else (303, 400)), (day, text(answer))
    assert desk.get(address).status_code < 500
    assert list(audit(complaints.program)) == []
