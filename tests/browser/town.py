"""The demo, furnished so that every page can be seen once in each of its states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from service.cli.serve import ensure_edition
from service.demo.beside import HELD
from service.demo.seed import LETTER, STARTS_AT, TITLE, TRADE, seed
from service.demo.world import World
from service.domain.case import APPEAL, PERMIT, Case
from service.domain.duties import COURT_ORDER
from service.domain.permit_life import PermitAct
from service.domain.terms import EDITION_TERMS
from service.operations.duties import open_duty
from service.program import Program
from service.sandbox.weather import Weather
from service.usecases.acts_beside import prepare_act
from service.usecases.applicant_acts import submit_position
from service.usecases.change_permit import change_permit
from service.usecases.claims import record_claim
from service.usecases.complaint_drafts import Contested, open_complaint
from service.usecases.drafts import open_draft
from service.usecases.extend_term import extend_term
from service.usecases.file_access import request_access
from service.usecases.notify_extension import ExtensionLetter
from service.usecases.people import acting_orders
from service.usecases.report_error import report_error
from service.usecases.sign_document import prepare_document
from service.usecases.withdraw_change import withdraw_change
from tests.browser.stories import House
from tests.complaints import INVITED, Complaints
from tests.program import Story
from tests.snapshots import Snapshots
from tests.usecases.by_post import invited_by_post
from tests.usecases.on_paper import taken
from tests.usecases.test_holder_heard import STRANGER


def begin_demo(program: Program, world: World, snapshots: Snapshots) -> None:
    """The demo as it begins; it is played once for the tests of a worker on each kind of database."""

    def play() -> None:
        ensure_edition(program)
        seed(program, world.pki)

    program.set_clock(STARTS_AT)
    world.shep.weather = Weather.FINE
    world.forget()
    snapshots.watch(program)
    snapshots.reach(program, ("demo",), play)


@dataclass(frozen=True)
class Stop:
    """A page to look at: who opens it and with which status it answers."""

    who: str
    address: str
    status: int = 200


@dataclass(frozen=True)
class Town:
    """The demo's cases and what else is needed to see every page once."""

    house: House
    ready: str
    begun: str
    paper: str
    complaint: str
    duty: int
    act_paper: str
    claim: int
    heard: str
    posted: str

    def case(self, applicant: str, outcome: str = "") -> Case:
        """The newest case of an applicant that ended so; open ones have no outcome."""
        cases = cases_of(self.house.program, applicant)
        return next(case for case in cases if case.outcome == outcome and case.procedure == PERMIT)

    def complaint_case(self, applicant: str, outcome: str = "") -> int:
        """The newest complaint of an applicant that ended so."""
        cases = cases_of(self.house.program, applicant)
        return next(case.id for case in cases if case.outcome == outcome and case.procedure == APPEAL)

    def stop(self, lane: str, element: str) -> Stop:
        """An open task, before an officer who may do it."""
        return Stop(lane, self.task(lane, element))

    def duties(self, kind: str) -> Sequence[str]:
        """The addresses of the open duties of a kind."""
        with self.house.program.reading() as uow:
            return [f"/office/duties/{duty.id}" for duty in uow.duties.waiting() if duty.kind == kind]

    @property
    def order(self) -> str:
        """The address at which the order of the acting head is ended."""
        with self.house.program.reading() as uow:
            return f"/office/acting/{acting_orders(uow)[0][0].id}/end"

    def task(self, lane: str, element: str) -> str:
        """The address of an open task."""
        program = self.house.program
        rows = program.queries.worklist([lane], program.clock.now()).rows
        return f"/office/tasks/{next(row.task_id for row in rows if row.element == element)}"


def furnished(house: House, story: Story) -> Town:
    """Two drafts, a paper that waits for its signature, and messages that could not be sent; every task is open."""
    minutes_to_sign(story)
    other_duties(story)
    every_task_of_a_complaint(Complaints(house.program, story.world))
    to_sign = next(row for row in program_work(house) if row.element == "task_sign_permit")
    paper = prepare_document(house.program, to_sign.task_id, story.officer("head"), {"decision": ["sign"]})
    ready = story.draft("company_head", TRADE, [TITLE, LETTER])
    begun = open_draft(house.program, story.applicant("company_head")).id
    complaint = begun_complaint(house, story)
    duty, act_paper = longer_term(house, story)
    claim = court_claim(house, story)
    heard = holder_to_be_heard(Complaints(house.program, story.world))
    told = {**STRANGER, "hearing_on": "2026-04-24", "learned_on": "2026-04-21"}
    posted = invited_by_post(Complaints(house.program, story.world), **told)
    entries_ahead(house, story)
    house.world.shep.weather = Weather.DOWN
    story.file("company_signer", TRADE, [TITLE, LETTER])
    house.program.move_clock(house.program.clock.now() + timedelta(minutes=5))
    by_post = f"/office/cases/{posted.id}/answer"
    return Town(house, ready, begun, paper.id, complaint, duty, act_paper, claim, heard, by_post)


def cases_of(program: Program, search: str = "") -> list[Case]:
    """Every case that is found, on however many pages; the newest first."""
    found, page = program.queries.cases(search=search).rows, 2
    while more := program.queries.cases(search=search, page=page).rows:
        found, page = [*found, *more], page + 1
    return list(found)


def minutes_to_sign(story: Story) -> None:
    """A hearing of the next day, whose minutes wait for their chair and secretary to be named."""
    case = story.invited("company2_head", "2026-04-22")
    submit_position(story.program, case.id, story.applicant("company2_head"), "Келіспеймін.", wants_oral=True)
    story.at("2026-04-22T12:00:00")
    told = {**HELD, "minutes_date": "2026-04-22", "outcome": "refuse", "outcome_reasons": "Шарт жоқ"}
    story.work("unit", case, "task_hold_hearing", **told)


def other_duties(story: Story) -> None:
    """A clerical error that was reported, and an applicant who asks for the file of the case."""
    case = next(each for each in cases_of(story.program) if each.outcome == "granted")
    document = story.program.queries.case(case.id).documents[-1]
    report_error(story.program, document.id, story.officer("unit"), "Платформаның атауында қате бар")
    request_access(story.program, story.filed("company_signer").id, story.applicant("company_signer"), "Танысу үшін")


def every_task_of_a_complaint(story: Complaints) -> None:
    """Complaints of one company and of one proprietor, each left at another task of the second drawing."""
    cases = cases_of(story.program, "Сынақ Токен")
    permit = next(case for case in cases if case.outcome == "granted")
    about = {"persona": "company2_head"}
    story.sent(story.drafted(permit, "permit", **about), **about)
    waiting = story.sent(story.drafted(None, contests="service", **about), **about)
    answered = story.sent(story.drafted(None, contests="service", **about), **about)
    for complaint in (waiting, answered):
        executor = str(story.officer("unit").officer_id)
        story.work("chancellery", complaint, "task_register_complaint", track="service", executor=executor)
    story.work("unit", answered, "task_answer_complaint", answer_result="unjustified", answer="Шағым негізсіз")
    to_hear, heard, to_sign = (forwarded_of(story, permit, "permit", "company2_head") for _ in range(3))
    forwarded_of(story, permit, "permit", "company2_head")
    for complaint in (to_hear, heard):
        story.considered(complaint, "unsatisfied")
    story.work("reviewer", heard, "task_invite_review_hearing", **INVITED, hearing_on="2026-04-24")
    story.considered(to_sign, "order", action="Мекенжайды түзету")
    refused = next(case for case in cases_of(story.program, "Үлгі Сауда") if case.outcome == "refused")
    for remedy, element in (("permit", "task_sign_new_permit"), ("cancel", "task_sign_satisfaction")):
        complaint = reviewed_by_the_unit(story, refused, "refusal", "entrepreneur", "satisfy", remedy=remedy)
        assert story.open_elements(complaint) == {element}
    reviewed_by_the_unit(story, refused, "refusal", "entrepreneur", "forward")
    new_act = forwarded_of(story, refused, "refusal", "entrepreneur")
    story.considered(new_act, "adopt", new_permit="true", action="Рұқсат беру")


def reviewed_by_the_unit(story: Complaints, case: Case, kind: str, persona: str, proposal: str, **answers: str) -> Case:
    """A complaint on which the unit has proposed what to do."""
    complaint = story.sent(story.drafted(case, kind, persona), persona)
    executor = str(story.officer("unit").officer_id)
    story.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    return story.work("unit", complaint, "task_review_complaint", proposal=proposal, opinion="Қаралды", **answers)


def forwarded_of(story: Complaints, case: Case, kind: str, persona: str) -> Case:
    """A complaint that the reviewing body considers."""
    complaint = reviewed_by_the_unit(story, case, kind, persona, "forward")
    return story.work("reviewer", complaint, "task_register_review", review_number="Ш-77")


def longer_term(house: House, story: Story) -> tuple[int, str]:
    """A duty to inform the operator, and the notice of a longer term that waits for its signature."""
    case, head = story.file("company_signer", TRADE, [TITLE, LETTER]), story.officer("head")
    extend_term(house.program, case.id, head, date(2026, 5, 20), "Сараптама керек")
    with house.program.unit_of_work() as uow:
        notice = next(duty for duty in uow.duties.of_case(case.id) if duty.kind == "notify_extension")
        told = open_duty(
            uow, house.program.calendar, "inform_operator", counted_from=date(2026, 4, 1), periods=EDITION_TERMS
        )
        uow.commit()
    paper = prepare_act(house.program, ExtensionLetter(), case.id, head, {"duty": notice.id})
    return told.id, paper.id


def court_claim(house: House, story: Story) -> int:
    """A claim against a permit, and what a court has ordered by another one."""
    case = next(case for case in cases_of(house.program) if case.outcome == "granted")
    answers = {
        "court": "Астана қаласының әкімшілік соты", "number": "7119-26", "plaintiff": "«Бәсекелес» ЖШС",
        "filed_on": date(2026, 4, 20), "contests": "permit", "case_number": case.number,
    }  # fmt: skip
    claim = record_claim(house.program, story.officer("unit"), answers).id
    with house.program.unit_of_work() as uow:
        open_duty(
            uow, house.program.calendar, COURT_ORDER, counted_from=date(2026, 4, 20), periods=EDITION_TERMS,
            claim=claim, court_act="Астана қаласының әкімшілік соты, № 77, 20.04.2026", text="Өтінішті қарау",
        )  # fmt: skip
        uow.commit()
    return claim


def entries_ahead(house: House, story: Story) -> None:
    """A permit whose cancellation was entered for a wrong day and withdrawn, and entered again."""
    program, head = house.program, story.officer("head")
    view = program.queries.entry("KZ-2026-000001", program.clock.now().date())
    assert view is not None
    for day in (date(2028, 5, 4), date(2027, 5, 4)):
        change = change_permit(program, view.entry.id, head, PermitAct.CANCEL, day, "№ 12-НҚ, 22.04.2026", "Өтініш")
        if day.year == 2028:
            withdraw_change(program, view.entry.id, change.id, head, "Жылы қате жазылған")


def holder_to_be_heard(story: Complaints) -> str:
    """A stranger complains of the company's permit on paper, and its holder is invited; where the holder answers."""
    permit = next(case for case in cases_of(story.program, "Үлгі Активтер") if case.outcome == "granted")
    complaint = taken(story, permit, **STRANGER, learned_on="2026-04-21")
    executor = str(story.officer("unit").officer_id)
    story.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    story.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Акт заңды")
    story.work("reviewer", complaint, "task_register_review", review_number="Ш-78")
    story.considered(complaint, "cancel")
    story.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on="2026-04-24")
    return f"/cabinet/cases/{permit.id}/complaints/{complaint.id}/position"


def begun_complaint(house: House, story: Story) -> str:
    """A complaint against the refusal, filled in and not sent."""
    refused = next(case for case in cases_of(house.program, "Үлгі Сауда") if case.outcome == "refused")
    paper = next(each for each in house.program.queries.case(refused.id).documents if each.kind == "refusal")
    texts = {"circumstances": "Шарт ескерілмеді", "demands": "Рұқсат беру", "evidence": "Шарт"}
    applicant = story.applicant("entrepreneur")
    return open_complaint(house.program, applicant, Contested(refused.id, paper.id), texts).id


def program_work(house: House) -> Sequence[Any]:
    """Every open task."""
    return house.program.queries.worklist(["chancellery", "unit", "head"], house.program.clock.now()).rows
