"""The worklist: what is due first, whose it is, who was faster."""

from __future__ import annotations

from html import unescape

import pytest
from sqlalchemy import event

from service.adapters.database.queries import Queries
from service.demo.accounts import OFFICERS, PASSWORD
from service.domain.people import Officer
from service.sandbox.weather import Weather
from service.usecases.people import add_officer
from tests.complaints import Complaints
from tests.program import CONFORMS, DOES_NOT, HEARING, Story
from tests.web.cabinet import Cabinet
from tests.web.cabinet import text as cabinet_text
from tests.web.ground_visitor import heading
from tests.web.office import Office, text


@pytest.fixture
def office(story: Story) -> Office:
    return Office(story)


def second_officer(office: Office) -> None:
    """A colleague in the unit."""
    add_officer(
        office.program,
        office.program.passwords,
        Officer("unit2", "", "ӘРІПТЕСОВ", "ЕРЛАН", "", "880101399010", OFFICERS[1].position),
        PASSWORD,
        ("unit", "chancellery"),
    )


@pytest.mark.law("R6.1", "A1.4", "R8.1", "D2")
def test_the_worklist_shows_the_term_the_time_left_and_the_later_terms_from_the_first_day(office: Office) -> None:
    office.story.assigned()
    said = text(office.desk("unit").get("/office/"))
    assert "14.09.2023, 18:30 2 working days" in said
    assert "Hearing notice: 14.09.2023" in said
    assert "Service: 19.09.2023" in said


@pytest.mark.law("R6.1", "R8.2")
def test_what_is_late_comes_first_and_says_so_in_words(office: Office) -> None:
    late = office.story.assigned()
    office.story.at("2023-09-15T10:00:00")
    fresh = office.story.assigned("entrepreneur")
    said = text(office.desk("unit").get("/office/"))
    rows = said[said.index("Tasks, the earliest term first") :]
    assert rows.index(late.number) < rows.index(fresh.number)
    assert "Late by 1 working hour" in rows
    only_late = text(office.desk("unit").get("/office/?tab=mine&late=yes"))
    assert fresh.number not in only_late[only_late.index("Tasks, the earliest") :]


@pytest.mark.law("R8.2", "R13.3", "L64.1")
def test_a_task_with_a_missed_term_shows_it_and_the_one_that_runs_now_on_every_page(complaints: Complaints) -> None:
    complaint = complaints.complained(None, contests="inaction", official="Бөлім")
    seat, mine = Cabinet(complaints).seat("company_head"), f"/cabinet/cases/{complaint.id}/complaint"
    assert "This step ends by 12 September 2023, 18:30" in cabinet_text(seat.get(mine))
    complaints.at("2023-09-13T10:05")
    desk = Office(complaints).desk("chancellery")
    (task,) = complaints.program.queries.case(complaint.id).open_tasks()
    runs = "Now runs: until 15.09.2023, 18:30"
    assert f"12.09.2023, 18:30 Late by 1 working hour {runs} (2 working days and 6 working hours left)" in text(
        desk.get("/office/")
    )
    assert f"Missed: 12.09.2023, 18:30 · {runs} (" in text(desk.get(f"/office/cases/{complaint.id}"))
    page = text(desk.get(f"/office/tasks/{task.id}"))
    assert "15 September 2023, 18:30" in page
    assert "Missed: 12.09.2023, 18:30" in page
    overview = text(Office(complaints).desk("head").get("/office/overview"))
    assert f"12.09.2023, 18:30 Late by 1 working hour {runs} (2 working days and 6 working hours left)" in overview
    assert "Missed: 12.09.2023, 18:30 This step ends by 15 September 2023, 18:30" in cabinet_text(seat.get(mine))
    assert "Late" in cabinet_text(seat.get("/cabinet/")).partition(complaint.number)[2]


def test_a_task_is_found_by_number_identifier_and_name(office: Office) -> None:
    mine, other = office.story.assigned(), office.story.assigned("entrepreneur")
    desk = office.desk("unit")
    for search in (mine.number.lower(), mine.bin, "үлгі активтер"):
        said = text(desk.get("/office/", query_string={"q": search}))
        assert mine.number in said
        assert other.number not in said
    assert "Nothing was found" in text(desk.get("/office/?q=100%25"))


@pytest.mark.law("L75.1")
def test_a_list_shows_of_an_iin_its_last_digits_and_a_search_leaves_a_line_of_the_office(office: Office) -> None:
    case = office.story.assigned("entrepreneur")
    desk = office.desk("unit")
    for address in ("/office/", "/office/cases"):
        shown = desk.get(address).text
        assert case.applicant_name in unescape(shown)
        assert f"…{case.iin[-4:]}" in shown
        assert case.iin not in shown
        assert case.number in desk.get(address, query_string={"q": case.iin}).text
    lines = [line for line in office.program.queries.office_journal().rows if line.action == "cases_searched"]
    said = {"by": "identifier", "asked": f"…{case.iin[-4:]}", "found": 1}
    assert [(line.actor, line.details) for line in lines] == [(office.story.officer("unit").name, said)] * 2


@pytest.mark.law("R5.3")
def test_a_task_is_taken_and_given_back(office: Office) -> None:
    case = office.story.filed()
    desk = office.desk("chancellery")
    assert "(1 line)" in text(desk.get("/office/?tab=unassigned"))
    taken = desk.post(f"{desk.address(case)}/claim", {})
    assert "You have taken the task." in text(desk.follow(taken))
    assert "(1 line)" in text(desk.get("/office/?tab=mine"))
    desk.post(f"{desk.address(case)}/return", {})
    assert office.story.open_task(case).assignee_id is None
    assert office.story.said(case)[-2:] == ["task_claimed", "task_returned"]


def test_of_two_who_take_a_task_the_second_learns_who_was_faster(office: Office) -> None:
    second_officer(office)
    case = office.story.filed()
    first, second = office.desk("chancellery"), office.desk("unit2")
    second.get("/office/")
    first.get("/office/")
    first.post(f"{first.address(case)}/claim", {})
    answer = second.post(f"{second.address(case)}/claim", {})
    assert (answer.status_code, heading(answer)) == (409, "КЕҢСЕБАЕВ БОЛАТ has taken this task")


def test_who_has_a_task_hands_it_to_a_colleague_of_the_same_lane(office: Office) -> None:
    second_officer(office)
    case = office.story.assigned()
    desk = office.desk("unit")
    desk.get("/office/")
    chancellery = str(office.story.officer("chancellery").officer_id)
    refused = desk.post(f"{desk.address(case)}/assign", {"officer": chancellery})
    assert "Choose an officer of this lane." in text(desk.follow(refused))
    colleague = next(officer for officer in office.program.queries.officers() if officer.login == "unit2")
    desk.post(f"{desk.address(case)}/assign", {"officer": str(colleague.id)})
    assert office.story.open_task(case).assignee_id == colleague.id


def test_all_cases_are_found_open_and_closed(office: Office) -> None:
    case = office.story.filed()
    desk = office.desk("unit")
    assert case.number in text(desk.get("/office/cases?state=open"))
    assert "Nothing was found" in text(desk.get("/office/cases?state=closed"))
    assert case.number in text(desk.get("/office/cases", query_string={"q": case.bin}))


@pytest.mark.parametrize("part", ["000012", "12", "2023-000012", "p-2023-000012", "P-2023-0000", " 000012 "])
def test_a_case_is_found_by_a_part_of_its_number(office: Office, part: str) -> None:
    with office.program.unit_of_work() as uow:
        for _ in range(11):
            uow.next_number("case", 2023)
        uow.commit()
    case = office.story.filed()
    assert case.number == "P-2023-000012"
    desk = office.desk("unit")
    assert case.number in text(desk.get("/office/cases", query_string={"q": part}))
    assert "Nothing was found" in text(desk.get("/office/cases", query_string={"q": part.strip() + "9"}))


@pytest.mark.law("R5.2", "D5")
def test_a_case_filed_at_night_says_what_it_waits_for(office: Office) -> None:
    office.story.at("2023-09-12T19:00:00")
    case = office.story.filed()
    said = text(office.desk("chancellery").get(f"/office/cases/{case.id}"))
    assert "The application waits for its day of registration" in said
    assert "Nobody has to act before 13.09.2023, 00:00" in said


@pytest.mark.law("R10.2", "D12")
def test_what_could_not_be_sent_is_listed_with_its_age(office: Office) -> None:
    office.story.world.shep.weather = Weather.DOWN
    case = office.story.filed()
    office.program.sweep()
    office.story.at("2023-09-12T10:05:30")
    said = text(office.desk("head").get("/office/unsent"))
    assert case.number in said
    assert "Monitoring of state services" in said
    assert "5 minutes" in said


@pytest.mark.law("R5.3")
def test_a_case_that_is_not_assigned_by_the_end_of_its_day_is_overdue(office: Office) -> None:
    case = office.story.filed()
    desk, late = office.desk("chancellery"), "/office/?tab=unassigned&late=yes"
    office.story.at("2023-09-12T18:29:00")
    assert "Nothing was found" in text(desk.get(late))
    office.story.at("2023-09-12T18:31:00")
    assert case.number in text(desk.get(late))
    assert case.number in text(office.desk("head").get("/office/overview"))


@pytest.mark.law("R5.3")
def test_the_number_on_each_tab_is_the_number_of_its_lines_also_for_the_head(office: Office) -> None:
    office.story.filed()
    office.story.assigned("entrepreneur")
    head = office.desk("head")
    for tab, name, lines in (("unassigned", "Nobody's", 0), ("mine", "Mine", 0), ("all", "All", 2)):
        said = text(head.get(f"/office/?tab={tab}"))
        assert f"{name} {lines}" in said, tab
        assert (f"({lines} lines)" in said) is bool(lines), tab


def test_the_worklist_asks_the_database_few_questions(office: Office) -> None:
    for persona in ("company_head", "entrepreneur", "company_signer"):
        office.story.assigned(persona)
    asked: list[str] = []
    queries, now = Queries(office.program.database.engine), office.program.clock.now()
    listen = lambda _c, _cursor, statement, *_rest: asked.append(statement)  # noqa: E731
    event.listen(office.program.database.engine, "before_cursor_execute", listen)
    queries.worklist(["unit"], now)
    queries.work_counts(["unit"], ["unit"], 1)
    event.remove(office.program.database.engine, "before_cursor_execute", listen)
    # How many, which, what they show, and which were sent back; then the three tabs at once.
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 5


def test_a_very_long_list_is_counted_so_far_only_and_a_search_finds_the_rest(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("service.adapters.database.work_queries", "service.web.officer.worklist"):
        monkeypatch.setattr(f"{module}.MOST_COUNTED", 1)
    case = office.story.filed()
    office.story.filed("entrepreneur")
    desk = office.desk("chancellery")
    page = text(desk.get("/office/?tab=unassigned"))
    assert "Nobody's 1+" in page
    assert "(more than 1 lines)" in page
    assert case.number in text(desk.get(f"/office/?tab=unassigned&q={case.number}"))


@pytest.mark.law("A1.4", "R7.1")
def test_the_service_term_that_has_passed_is_marked_though_the_task_has_time(office: Office) -> None:
    case, story = office.story.complete(), office.story
    story.at("2023-09-18T10:00")
    story.work("unit", case, "task_examine", **DOES_NOT)
    story.work("unit", case, "task_invite_hearing", **{**HEARING, "hearing_on": "2023-09-20"})
    desk = office.desk("unit")
    assert "Service: 19.09.2023 (passed)" not in text(desk.get("/office/"))
    story.at("2023-09-20T10:00")
    said = text(desk.get("/office/"))
    assert "20.09.2023, 18:30 7 working hours left" in said, "the task itself is in time"
    assert "Service: 19.09.2023 (passed)" in said


@pytest.mark.law("R8.1", "D2")
def test_the_latest_day_of_a_hearing_notice_is_not_told_where_no_hearing_can_follow(office: Office) -> None:
    case, story = office.story.complete(), office.story
    unit, head = office.desk("unit"), office.desk("head")
    assert "Hearing notice: 14.09.2023" in text(unit.get("/office/?tab=all"))
    assert "Latest day for a hearing notice" in text(unit.get(f"/office/cases/{case.id}"))
    story.work("unit", case, "task_examine", **CONFORMS)
    (task,) = story.program.queries.case(case.id).open_tasks()
    assert "Hearing notice" not in text(head.get("/office/?tab=all"))
    for address in (f"/office/cases/{case.id}", f"/office/tasks/{task.id}"):
        said = text(head.get(address))
        assert "Sign the permit" in said
        assert "Latest day for a hearing notice" not in said
