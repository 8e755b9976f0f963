"""Every role on every page of the office and on the cases: one table says who may open what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.domain.deadlines import local
from service.domain.errors import Forbidden, RuqsatError
from service.domain.people import LANE_ROLES, ROLES, Actor, RoleAssignment
from service.domain.rights import RIGHTS, Right, Sight, lanes_of, rights_of, sight_of
from service.usecases.extend_term import extend_term
from service.usecases.send_outbox import retry_message
from service.usecases.tasks import assign_task, claim_task, complete_task, save_task_draft
from tests.program import Story
from tests.web.office import Office

LOGINS = {
    "chancellery": "chancellery",
    "unit": "unit",
    "head": "head",
    "reviewer": "reviewer",
    "supervisor": "supervisor",
    "contact_centre": "centre",
    "administrator": "administrator",
}
WORK = {"chancellery", "unit", "head", "reviewer"}
READ = WORK | {"supervisor"}
CASES = {"chancellery", "unit", "head", "supervisor"}
DUTIES = {"chancellery", "unit", "head", "reviewer", "supervisor", "administrator"}
OPENS = {
    "GET officer.worklist": set(LOGINS),
    "POST officer.dismiss": WORK,
    "GET officer.task": WORK,
    "POST officer.task": WORK,
    "POST officer.claim": WORK,
    "POST officer.give_back": WORK,
    "POST officer.assign": WORK,
    "POST officer.save_draft": WORK,
    "GET officer.paper": WORK,
    "POST officer.sign": WORK,
    "POST officer.prepare_again": WORK,
    "GET officer.paper_file": WORK,
    "GET officer.cases": READ,
    "GET officer.case": READ,
    "GET officer.attachment": READ,
    "GET officer.document": READ,
    "GET officer.drawing": READ,
    "GET officer.extend": {"head"},
    "POST officer.extend": {"head"},
    "GET officer.duties": DUTIES,
    "GET officer.duty": DUTIES,
    "POST officer.duty": DUTIES,
    "GET officer.act_paper": DUTIES,
    "POST officer.sign_act_paper": DUTIES,
    "POST officer.prepare_act_again": DUTIES,
    "GET officer.act_file": DUTIES,
    "GET officer.error_in_document": {"chancellery", "unit", "head", "reviewer"},
    "POST officer.error_in_document": {"chancellery", "unit", "head", "reviewer"},
    "GET officer.beside": READ,
    "GET officer.correct": {"head", "reviewer"},
    "POST officer.correct": {"head", "reviewer"},
    "GET officer.package": {"head", "reviewer"},
    "GET officer.sent_package": {"head", "reviewer"},
    "GET officer.terms_json": READ,
    "GET officer.terms_pdf": READ,
    "GET officer.permit": CASES,
    "POST officer.change": {"head"},
    "POST officer.withdraw_permit_change": {"head"},
    "GET officer.claims": CASES,
    "GET officer.court_claim": CASES,
    "GET officer.claim_document": CASES,
    "GET officer.new_claim": {"unit", "head"},
    "POST officer.new_claim": {"unit", "head"},
    "POST officer.add_claim_document": {"unit", "head"},
    "POST officer.end_claim": {"unit", "head"},
    "GET officer.correct_court_claim": {"unit", "head"},
    "POST officer.correct_court_claim": {"unit", "head"},
    "GET officer.answer_on_paper": {"chancellery", "reviewer"},
    "POST officer.answer_on_paper": {"chancellery", "reviewer"},
    "GET officer.take_in": {"chancellery"},
    "POST officer.take_in": {"chancellery"},
    "GET officer.overview": {"head", "supervisor"},
    "GET officer.month": {"head", "supervisor"},
    "GET officer.month_csv": {"head", "supervisor"},
    "GET officer.month_pdf": {"head", "supervisor"},
    "GET officer.password": set(LOGINS),
    "POST officer.password": set(LOGINS),
    "GET officer.acting": {"administrator"},
    "POST officer.acting": {"administrator"},
    "GET officer.end_acting": {"administrator"},
    "POST officer.end_acting": {"administrator"},
    "GET officer.settings": {"administrator"},
    "GET officer.setting": {"administrator"},
    "POST officer.setting": {"administrator"},
    "GET officer.portal_break": {"administrator"},
    "POST officer.portal_break": {"administrator"},
    "POST officer.withdraw": {"administrator"},
    "GET officer.status": {"contact_centre"},
    "POST officer.status": {"contact_centre"},
    "GET officer.told": {"chancellery", "head"},
    "POST officer.told": {"chancellery", "head"},
    "GET officer.office_journal": {"supervisor", "administrator"},
    "GET officer.unsent": {"head", "administrator"},
    "POST officer.retry": {"head", "administrator"},
}
"""Every page behind the sign-in and the roles that it opens to; the things it is asked for do not exist."""
FOR_EVERYBODY = {"officer.sign_in", "officer.sign_out"}


@pytest.fixture
def office(story: Story) -> Office:
    return Office(story)


@pytest.mark.law("O5", "R13.1", "A1.11.3", "R9.1")
def test_each_page_opens_to_its_roles_and_to_no_other(office: Office) -> None:
    routes = dict(_routes(office))
    assert routes.keys() == OPENS.keys()
    opened: dict[str, set[str]] = {name: set() for name in routes}
    for role, login in LOGINS.items():
        desk = office.desk(login)
        desk.get("/office/sign-in")
        for name, address in routes.items():
            answer = desk.get(address) if name.startswith("GET") else desk.post(address, {})
            assert answer.status_code < 500, (role, name)
            if answer.status_code != 403:
                opened[name].add(role)
    assert opened == OPENS


def _routes(office: Office) -> list[tuple[str, str]]:
    found = []
    for rule in office.app.url_map.iter_rules():
        if rule.endpoint.startswith("officer.") and rule.endpoint not in FOR_EVERYBODY:
            address = office.app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, "999"))
            methods = (rule.methods or set()) & {"GET", "POST"}
            found += [(f"{method} {rule.endpoint}", address) for method in methods]
    return found


@pytest.mark.law("O5", "R13.1", "A1.11.3")
def test_who_reads_a_case_that_is_at_the_provider(office: Office) -> None:
    case = office.story.assigned()
    read = {
        role for role, login in LOGINS.items() if office.desk(login).get(f"/office/cases/{case.id}").status_code == 200
    }
    assert read == {"chancellery", "unit", "head", "supervisor"}
    listed = {role for role in LOGINS if case.id in _ids(office.story, role)}
    assert listed == read


@pytest.mark.law("O5")
def test_the_supervisor_changes_nothing(office: Office) -> None:
    case = office.story.assigned()
    before = office.story.said(case)
    desk = office.desk("supervisor")
    page = desk.get(f"/office/cases/{case.id}")
    assert 'href="/office/tasks/' not in page.text
    assert f"/office/cases/{case.id}/extend" not in page.text
    address = desk.address(case)
    tries = [desk.get(address), *(desk.post(f"{address}/{act}", {}) for act in ("claim", "return", "assign", "draft"))]
    tries += [desk.post(address, {"complete": "yes"}), desk.post(f"/office/cases/{case.id}/extend", {})]
    assert {answer.status_code for answer in tries} == {403}
    noted = ("forbidden", "case_read")
    assert [action for action in office.story.said(case) if action not in noted] == before


@pytest.mark.law("O5", "A1.11.3", "R13.1", "L97.1")
@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("unit", "head")])
def test_no_use_case_lets_another_role_touch_the_task_of_the_unit(story: Story, role: str) -> None:
    case = story.assigned()
    task, actor = story.open_task(case), _actor(story, role)
    program = story.program
    acts = [
        lambda: claim_task(program, task.id, actor),
        lambda: assign_task(program, task.id, actor, story.officer("unit").officer_id or 0),
        lambda: save_task_draft(program, task.id, actor, {}),
        lambda: complete_task(program, task.id, actor, {"complete": ["yes"]}),
        lambda: extend_term(program, case.id, actor, local(program.clock.now()).date(), "Reason"),
    ]
    assert [_refused(act) for act in acts] == [True] * len(acts)
    assert _refused(lambda: retry_message(program, 999, actor)) == (role != "administrator")


def _refused(act: object) -> bool:
    try:
        act()  # type: ignore[operator]  # one of the lambdas above
    except Forbidden:
        return True
    except RuqsatError:
        return False
    return False


def test_every_role_has_its_rights_and_only_lanes_work() -> None:
    assert RIGHTS.keys() == set(ROLES)
    assert {role for role, rights in RIGHTS.items() if Right.WORK in rights} == set(LANE_ROLES)
    assert rights_of(()) == frozenset()
    assert rights_of(("nobody knows",)) == frozenset()


@pytest.mark.law("R13.1", "O5")
def test_what_each_role_sees() -> None:
    actor = Actor("X", "x")
    seen = {role: sight_of(replace(actor, roles=frozenset({role}))) for role in ROLES}
    assert {role for role, sight in seen.items() if sight is Sight.ALL} == {"chancellery", "unit", "head", "supervisor"}
    assert {role for role, sight in seen.items() if sight is Sight.REVIEWS} == {"reviewer"}
    assert list(lanes_of(replace(actor, roles=frozenset({"head"})))) == ["chancellery", "head", "unit"]
    assert list(lanes_of(replace(actor, roles=frozenset({"supervisor", "reviewer"})))) == ["reviewer"]


@pytest.mark.law("R9.1")
def test_nobody_acts_for_the_head_without_an_order(story: Story) -> None:
    today = local(story.program.clock.now()).date()
    assert RoleAssignment(1, "head", today, today, True, "57-Ж").holds(today)
    assert not RoleAssignment(1, "head", today, today, True).holds(today)
    assert not RoleAssignment(1, "head", today, None, True, "57-Ж").holds(today)
    with story.program.unit_of_work() as uow:
        unit = story.officer("unit").officer_id or 0
        uow.add(RoleAssignment(unit, "head", today, today, True, ""))
        uow.add(RoleAssignment(unit, "head", today, None, True, "57-Ж"))
        uow.commit()
    assert story.officer("unit").roles == {"unit"}


def _ids(story: Story, role: str) -> set[int]:
    return {case.id for case in story.program.queries.cases_for(_actor(story, role)).rows}


def _actor(story: Story, role: str) -> Actor:
    return story.officer(LOGINS[role])


def test_every_role_of_the_table_is_one_of_the_program() -> None:
    assert LOGINS.keys() == set(ROLES)


@pytest.mark.parametrize(
    ("login", "start"),
    [("centre", "/office/status"), ("supervisor", "/office/cases"), ("administrator", "/office/duties")],
)
def test_who_has_no_tasks_is_led_from_the_door_to_where_their_work_begins(
    office: Office, login: str, start: str
) -> None:
    answer = office.desk(login).get("/office/")
    assert (answer.status_code, answer.location) == (303, start)
