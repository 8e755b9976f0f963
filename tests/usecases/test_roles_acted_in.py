"""The journal says in which role something was done, and by which order where one holds that role (L69.1, R9.1)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.people import ACTING, Actor
from service.domain.permit_life import PermitAct
from service.usecases.audit import audit
from service.usecases.change_permit import change_permit
from service.usecases.claims import record_claim
from service.usecases.correct_error import Correction
from service.usecases.extend_term import extend_term
from service.usecases.file_access import grant_access, request_access
from service.usecases.notify_extension import ExtensionLetter
from service.usecases.report_error import report_error
from service.usecases.tasks import assign_task, claim_task, return_task
from tests.complaints import Complaints
from tests.papers import pdf_text
from tests.program import CONFORMS, Story
from tests.usecases.beside import duties, signed
from tests.web.cabinet import Cabinet
from tests.web.office import Office, text

ORDER = "60-Ж"


def done(story: Story, case: Case | None = None) -> list[tuple[str, str, str]]:
    """What the acting head has done: the action, the role, the number of the order."""
    name = story.officer("acting").name
    lines = story.program.queries.case(case.id).journal if case else story.program.queries.office_journal().rows[::-1]
    return [(line.action, line.role, line.details.get(ACTING, "")) for line in lines if line.actor == name]


@pytest.fixture
def order(story: Story) -> str:
    """The number of the order by which the officer "acting", of the unit, acts for the head."""
    orders = dict(story.officer("acting").orders)
    assert orders.keys() == {"head"}
    return orders["head"]


def test_an_own_role_comes_before_one_that_an_order_gives() -> None:
    both = Actor("X", "head,unit", roles=frozenset({"head", "unit"}), orders=(("head", ORDER),))
    acted = [both.acting_in(*roles) for roles in (("head",), ("unit",), ("head", "unit"), ("chancellery",))]
    assert [(actor.role, actor.order) for actor in acted] == [
        ("head", ORDER), ("unit", ""), ("unit", ""), ("head,unit", ""),
    ]  # fmt: skip
    assert all(actor.roles == both.roles for actor in acted)


@pytest.mark.law("L69.1", "R9.1")
def test_a_task_is_done_in_the_role_of_its_lane_and_by_the_order_where_one_gives_it(story: Story, order: str) -> None:
    acting = str(story.officer("acting").officer_id)
    case = story.work("chancellery", story.filed(), "task_assign", executor=acting)
    story.work("acting", case, "task_check_completeness", complete="yes")
    story.work("acting", case, "task_examine", **CONFORMS)
    task = story.open_task(case)
    claim_task(story.program, task.id, story.officer("acting"))
    return_task(story.program, task.id, story.officer("acting"))
    assign_task(story.program, task.id, story.officer("acting"), story.officer("head").officer_id or 0)
    story.work("acting", case, "task_sign_permit", decision="sign")
    said = done(story, case)
    assert {(role, number) for action, role, number in said if "completeness" in action} == {("unit", "")}
    tasks = [(role, number) for action, role, number in said if action == "task_completed"]
    assert tasks == [("unit", ""), ("unit", ""), ("head", order)]
    by_order = {action for action, role, number in said if (role, number) == ("head", order)}
    assert {"task_claimed", "task_returned", "task_assigned", "permit_issued"} <= by_order
    assert {(role, number) for _action, role, number in said} == {("unit", ""), ("head", order)}
    assert list(audit(story.program)) == []


def strip_of(story: Story, case: Case) -> str:
    """What stands outside of the form's text on the latest paper of a case."""
    paper = story.program.queries.case(case.id).documents[-1]
    said = " ".join(pdf_text(story.program.files.read(paper.sha256)).split())
    return said[said.index("Электрондық құжат ЭЦҚ-мен") :]


@pytest.mark.printed
@pytest.mark.law("R9.1", "A3.5")
def test_a_paper_that_an_acting_head_signs_names_the_order_outside_of_its_form(story: Story, order: str) -> None:
    first, second = (
        story.work("unit", story.complete(who), "task_examine", **CONFORMS) for who in ("company_head", "entrepreneur")
    )
    for login, case, named in (("acting", first, True), ("head", second, False)):
        story.work(login, case, "task_sign_permit", decision="sign")
        told = f"басшының міндетін атқарушы, бұйрық / исполняющий обязанности руководителя, приказ: № {order}"
        assert (told in strip_of(story, case)) is named


@pytest.mark.law("L69.1", "R9.1")
def test_what_a_right_allows_is_done_in_the_role_that_gives_it(complaints: Complaints) -> None:
    acting, program = complaints.officer("acting"), complaints.program
    granted, open_case = complaints.granted(), complaints.assigned("entrepreneur")
    (number,) = dict(acting.orders).values()
    today = local(program.clock.now()).date()
    entry = program.queries.case(granted.id).entry
    assert entry is not None
    change_permit(program, entry.id, acting, PermitAct.SUSPEND, today + timedelta(days=1), "№ 12", "Заңның 6-бабы")
    permit = complaints.document(granted, "permit")
    report_error(program, permit.id, acting, "Атауы қате")
    changes = {"platform": "QazToken сауда алаңы"}
    signed(complaints, "acting", Correction(), granted, document=permit.id, reason="Қате", changes=changes)
    access = request_access(program, granted.id, complaints.applicant("company_head"))
    grant_access(program, access.id, acting)
    assert set(done(complaints, granted)) == {
        ("permit_suspended", "head", number), ("error_reported", "unit", ""), ("duty_opened", "unit", ""),
        ("document_corrected", "head", number), ("register_corrected", "head", number), ("paper_sent", "head", number),
        ("duty_done", "head", number), ("access_given", "unit", ""), ("duty_done", "unit", ""),
    }  # fmt: skip
    extend_term(program, open_case.id, acting, date(2023, 10, 2), "Сараптама қажет")
    (duty,) = duties(complaints, open_case, "notify_extension")
    signed(complaints, "acting", ExtensionLetter(), open_case, duty=duty.id)
    assert {(role, given) for _action, role, given in done(complaints, open_case)} == {("head", number)}
    claim = {"court": "СМАС", "number": "7119-23", "filed_on": today, "plaintiff": "ЖШС", "contests": "inaction"}
    record_claim(program, acting, claim)
    assert ("claim_recorded", "unit", "") in done(complaints)


@pytest.mark.law("L69.1", "L75.1", "R9.1")
def test_pages_say_the_role_and_the_order(story: Story, order: str) -> None:
    case = story.assigned()
    desk, name = Office(story).desk("acting"), story.officer("acting").name
    desk.get(f"/office/cases/{case.id}")
    desk.get(f"/office/cases/{case.id}/extend")
    assert done(story, case) == [("case_read", "unit", "")]
    extend_term(story.program, case.id, story.officer("acting"), date(2023, 10, 2), "Сараптама қажет")
    told = f"{name}, head (acting, order {order})"
    assert told in text(desk.get(f"/office/cases/{case.id}"))
    story.at("2023-09-12T12:00:00")
    desk = Office(story).desk("acting")
    desk.get(f"/office/cases/{case.id}/extend")
    assert done(story, case)[-1] == ("case_read", "head", order)
    seat = Cabinet(story).seat("company_head")
    assert f"(acting, order {order})" in text(seat.get(f"/cabinet/cases/{case.id}/file"))
