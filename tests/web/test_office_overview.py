"""The head and the supervisor see terms, breaches, workload and times, and a month's figures that never change (O5)."""

from __future__ import annotations

import re
from datetime import date

import pytest

from service.domain.case import Breach, Case, CaseState
from service.domain.errors import Forbidden, NotFound
from service.domain.overview import KeptMonth
from service.domain.terms import EDITION_TERMS
from service.operations.duties import end_duty, open_duty
from service.usecases.file_access import request_access
from service.usecases.oversee import keep_last_month, month_report, months, overview, step_names
from tests.papers import pdf_text
from tests.program import CONFORMS, Story
from tests.web.office import Office, text

SEPTEMBER = date(2023, 9, 1)


@pytest.fixture
def office(story: Story) -> Office:
    return Office(story)


def granted(story: Story, persona: str = "company_head") -> Case:
    case = story.work("unit", story.complete(persona), "task_examine", **CONFORMS)
    return story.work("head", case, "task_sign_permit", decision="sign")


@pytest.mark.law("O5", "R8.2")
def test_the_overview_tells_what_is_late_what_is_due_today_and_who_was_responsible(office: Office) -> None:
    late = office.story.assigned()
    office.story.at("2023-09-15T10:00:00")
    fresh = office.story.assigned("entrepreneur")
    office.story.at("2023-09-19T10:00:00")
    said = text(office.desk("supervisor").get("/office/overview"))
    assert "Late 1 " in said
    assert "Due today 1 " in said
    assert "Open cases 2 " in said
    assert "Terms missed this month 1" in said
    rows = said[said.index("Late and due today") :]
    assert rows.index(late.number) < rows.index(fresh.number)
    missed = said[said.index("Missed terms, the latest first") :]
    assert late.number in missed
    assert "Check the completeness of the documents, 2 (two) working days" in missed
    assert "БӨЛІМОВА ҰЛЖАН" in missed


@pytest.mark.law("O5")
def test_each_plot_has_its_table_and_no_style_of_its_own(office: Office) -> None:
    granted(office.story)
    office.story.assigned("entrepreneur")
    page = office.desk("head").get("/office/overview")
    said = text(page)
    assert 'style="' not in page.text
    assert page.text.count("<figure") == 2
    assert page.text.count('class="plot__bar"') >= 4
    assert "БӨЛІМОВА ҰЛЖАН responsible unit 0 0 1 1" in said
    assert re.search(r"Sign the permit.* 1 0,0 0,0 0", said)


@pytest.mark.law("O5")
def test_the_report_of_a_month_counts_cases_steps_breaches_and_people(story: Story) -> None:
    granted(story)
    story.assigned("entrepreneur")
    story.at("2023-09-15T10:00:00")
    report = month_report(story.program, story.officer("supervisor"), SEPTEMBER)
    figures = report.figures
    assert not report.final
    assert [(row.kind, row.number) for row in figures.received] == [("permit", 2)]
    assert [(row.kind, row.name, row.number) for row in figures.closed] == [("permit", "granted", 1)]
    assert [(row.kind, row.number) for row in figures.open_at_end] == [("permit", 1)]
    steps = {step.element: step for step in figures.steps}
    assert (steps["task_assign"].done, steps["task_sign_permit"].done) == (2, 1)
    assert [(row.kind, row.name, row.number) for row in figures.breaches] == [
        ("deadline_completeness", "БӨЛІМОВА ҰЛЖАН", 1)
    ]
    assert {row.name: row.number for row in figures.people} == {
        "КЕҢСЕБАЕВ БОЛАТ": 2,
        "БӨЛІМОВА ҰЛЖАН": 2,
        "БАСШЫҒАЛИЕВ ҚАНАТ": 1,
    }


@pytest.mark.law("O5")
def test_the_figures_of_a_month_that_is_over_do_not_change_whatever_becomes_of_the_cases(story: Story) -> None:
    case = granted(story)
    story.at("2023-10-02T09:00:00", chores=True)
    head = story.officer("head")
    before = month_report(story.program, head, SEPTEMBER)
    assert before.final
    with story.program.unit_of_work() as uow:
        reopened = uow.get(Case, case.id)
        reopened.state, reopened.outcome, reopened.closed_at = CaseState.OPEN, "", None
        uow.commit()
    after = month_report(story.program, head, SEPTEMBER)
    assert (after.figures, after.at) == (before.figures, before.at)
    assert after.figures.closed[0].number == 1


@pytest.mark.law("O5")
def test_a_month_is_kept_by_itself_when_it_ends_and_only_once(story: Story) -> None:
    assert not keep_last_month(story.program)
    story.filed()
    story.at("2023-09-30T23:59:30", chores=True)
    with story.program.reading() as uow:
        assert uow.list(KeptMonth) == []
    story.at("2023-10-01T00:00:30", chores=True)
    with story.program.reading() as uow:
        kept = uow.figures.kept(SEPTEMBER)
        assert uow.figures.kept(date(2023, 8, 1)) is None
    assert kept is not None
    assert not keep_last_month(story.program)
    assert months(story.program, story.officer("head")) == [date(2023, 10, 1), SEPTEMBER]


@pytest.mark.printed
@pytest.mark.law("O5")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_report_is_taken_away_as_a_table_and_as_a_paper(office: Office, language: str) -> None:
    granted(office.story)
    office.story.filed()
    office.story.at("2023-09-14T09:00")
    desk = office.desk("supervisor", language)
    table = desk.file("/office/overview/2023-09.csv")
    assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = table.data.decode("utf-8-sig").splitlines()
    assert rows[0].count(";") == rows[1].count(";") == 7
    assert len(rows) > 8
    nobody = {"kk": "ешкім алмаған", "ru": "никем не взято", "en": "nobody had taken it"}
    assert [row.split(";")[3] for row in rows if nobody[language] in row] == [nobody[language]]
    assert nobody[language] in text(desk.get("/office/overview/2023-09"))
    paper = desk.file("/office/overview/2023-09.pdf")
    printed = " ".join(pdf_text(paper.data).split())
    names = {"kk": "Ай қорытындысы бойынша есеп", "ru": "Отчёт за месяц", "en": "Report of the month"}
    assert names["kk"] in printed
    assert names[language] in printed
    assert "01.09.2023 – 30.09.2023" in printed
    assert "БӨЛІМОВА ҰЛЖАН" in printed
    assert nobody["kk"] in printed
    assert nobody[language] in printed


def test_a_month_that_has_not_begun_or_lies_before_the_first_case_has_no_report(office: Office) -> None:
    desk = office.desk("head")
    office.story.filed()
    for month in ("2023-10", "2023-13", "x", "2023-08", "1999-01"):
        assert desk.get(f"/office/overview/{month}").status_code == 404
    with pytest.raises(NotFound):
        month_report(office.program, office.story.officer("head"), date(2023, 9, 2))
    with office.program.reading() as uow:
        assert uow.list(KeptMonth) == []


@pytest.mark.law("O5")
def test_nobody_else_counts_the_work_of_others(story: Story) -> None:
    for login in ("chancellery", "unit", "reviewer", "centre", "administrator"):
        actor = story.officer(login)
        for act in (lambda a: overview(story.program, a), lambda a: month_report(story.program, a, SEPTEMBER)):
            with pytest.raises(Forbidden):
                act(actor)


@pytest.mark.law("O5", "R12.1", "L75.1")
def test_late_duties_are_counted_among_what_is_late_and_stand_in_the_list(office: Office) -> None:
    story = office.story
    case = story.assigned()
    request_access(story.program, case.id, story.applicant("company_head"))
    with story.program.unit_of_work() as uow:
        for since in (date(2023, 9, 11), date(2023, 9, 12)):
            periods = EDITION_TERMS
            duty = open_duty(uow, story.program.calendar, "inform_operator", counted_from=since, periods=periods)
        uow.commit()
    story.work("unit", case, "task_check_completeness", complete="yes")
    story.at("2023-09-15T10:00:00")
    found = overview(story.program, story.officer("supervisor"))
    assert (found.late, found.today) == (1, 3)
    said = text(office.desk("supervisor").get("/office/overview"))
    assert "Late 1 " in said
    assert "Due today 3 " in said
    rows = said[said.index("Late and due today") : said.index("Open tasks by officer")]
    assert "– Inform the operator of the e-government infrastructure of the changed rules head" in rows
    assert case.number in rows
    assert "Give the applicant access to the case file responsible unit 15.09.2023, 18:30" in rows
    assert f"/office/duties/{duty.id}" in office.desk("head").get("/office/overview").text


@pytest.mark.law("O5", "R8.2")
def test_a_missed_term_names_its_step_and_who_had_it_or_the_lane_where_nobody_had(office: Office) -> None:
    story = office.story
    taken, left = story.assigned(), story.filed("entrepreneur")
    story.at("2023-09-15T10:00:00")
    said = text(office.desk("head").get("/office/overview"))
    missed = said[said.index("Missed terms, the latest first") :]
    assert (
        f"{taken.number} Check the completeness of the documents, 2 (two) working days"
        " Check the completeness of the documents БӨЛІМОВА ҰЛЖАН 14.09.2023, 18:30"
    ) in missed
    line = missed[missed.index(left.number) :]
    assert "Chancellery, nobody had taken it 12.09.2023, 18:30" in line


@pytest.mark.law("O5")
def test_a_list_that_is_cut_says_so_and_leads_on(office: Office) -> None:
    story = office.story
    case = story.assigned()
    with story.program.unit_of_work() as uow:
        for _ in range(51):
            open_duty(
                uow, story.program.calendar, "inform_operator", counted_from=date(2023, 9, 1), periods=EDITION_TERMS
            )
            uow.add(Breach(case.id, "deadline_completeness", uow.now, uow.now))
        uow.commit()
    found = overview(story.program, story.officer("head"))
    assert found.late == 51
    for login, address in (("head", "/office/?tab=all&amp;late=yes"), ("supervisor", "/office/cases?state=open")):
        page = office.desk(login).get("/office/overview")
        assert text(page).count("There are more than 50.") == 2
        assert address in page.text
        assert "/office/overview/2023-09" in page.text
        assert page.text.count("/office/duties/") == 50
    with story.program.unit_of_work() as uow:
        end_duty(uow, uow.duties.waiting()[0], story.officer("head"), "№ 1")
        uow.commit()
    assert text(office.desk("head").get("/office/overview")).count("There are more than 50.") == 1


@pytest.mark.law("O5")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_steps_that_two_procedures_or_two_lanes_call_alike_are_told_apart_by_who_does_them(
    story: Story, language: str
) -> None:
    with story.program.reading() as uow:
        names = step_names(story.program, uow)
    said = [each[language] for each in names.values()]
    assert len(said) == len(set(said))
    held = names["task_hold_hearing"][language], names["task_hold_review_hearing"][language]
    assert held[0].partition(" (")[0] == held[1].partition(" (")[0]
    assert "(" not in names["task_examine"][language]


@pytest.mark.law("O5")
def test_the_overview_and_the_report_name_who_held_a_hearing(story: Story) -> None:
    case = story.invited()
    story.at("2023-09-15T10:00")
    story.work("unit", case, "task_hold_hearing", hearing_result="silent", outcome="refuse", outcome_reasons="Жоқ")
    head = Office(story).desk("head")
    assert "Hold the hearing (Responsible unit) 1" in text(head.get("/office/overview"))
    assert "Hold the hearing (Responsible unit) 1" in text(head.get("/office/overview/2023-09"))
