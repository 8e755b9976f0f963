"""Every page that can be opened, by everybody who may: no barrier in any language, version or width, no complaint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from service.cli.serve import ensure_edition
from service.demo.beside import HELD
from service.demo.seed import LETTER, TITLE, TRADE, seed
from service.demo.world import World
from service.domain.case import APPEAL, PERMIT, Case
from service.domain.minutes import Minutes
from service.domain.terms import EDITION_TERMS
from service.operations.duties import open_duty
from service.program import Program
from service.sandbox.weather import Weather
from service.usecases.acts_beside import prepare_act
from service.usecases.applicant_acts import submit_position
from service.usecases.claims import record_claim
from service.usecases.complaint_drafts import Contested, open_complaint
from service.usecases.drafts import open_draft
from service.usecases.extend_term import extend_term
from service.usecases.file_access import request_access
from service.usecases.notify_extension import ExtensionLetter
from service.usecases.report_error import report_error
from service.usecases.sign_document import prepare_document
from tests.browser.base_browser import AXE, TAGS, complaints, opened, scrolls_sideways
from tests.browser.stories import PATIENCE, House, Person, opened_house
from tests.complaints import INVITED, Complaints
from tests.databases import SQLiteDatabases
from tests.program import Story

NO_PAGES = {
    "static": "scripts, styles, pictures",
    "favicon": "a picture",
    "public.drawing": "the drawing for a modeller",
    "public.health": "for machines",
    "public.entry_json": "for programs",
    "public.register_csv": "for programs",
    "public.register_json": "for programs",
    "public.verified_json": "for programs",
    "public.proof_json": "for programs",
    "public.proof_key": "a file",
    "cabinet.terms_json": "a file",
    "cabinet.terms_pdf": "a file",
    "officer.package": "a file",
    "officer.terms_json": "a file",
    "officer.terms_pdf": "a file",
    "cabinet.filed_pdf": "a file",
    "cabinet.case_cms": "a file",
    "cabinet.case_package": "a file",
    "cabinet.case_file": "a file",
    "cabinet.case_manifest": "a file",
    "cabinet.document": "a file",
    "cabinet.file_content": "a file",
    "cabinet.manifest_file": "a file",
    "officer.attachment": "a file",
    "officer.document": "a file",
    "officer.drawing": "the drawing for the page of the case",
    "officer.paper_file": "a file",
    "officer.act_file": "a file",
    "officer.claim_document": "a file",
    "officer.month_csv": "for programs",
    "officer.month_pdf": "a file",
}
"""What answers a GET and is no page, with what it is."""


TASKS = {
    "chancellery": ("task_assign", "task_register_complaint"),
    "unit": (
        "task_check_completeness", "task_examine", "task_invite_hearing", "task_hold_hearing",
        "task_review_complaint", "task_answer_complaint",
    ),
    "head": (
        "task_sign_permit", "task_sign_refusal", "task_sign_not_considered", "task_sign_new_permit",
        "task_sign_satisfaction", "task_sign_answer",
    ),
    "reviewer": (
        "task_register_review", "task_consider_complaint", "task_invite_review_hearing", "task_hold_review_hearing",
        "task_sign_review", "task_sign_new_act",
    ),
}  # fmt: skip
"""The tasks of each lane that are looked at: those of one form look alike."""

DUTY_PAGES = {
    "sign_minutes": "unit", "answer_remarks": "unit", "give_case_file": "unit", "correct_error": "head",
    "carry_out_decision": "unit",
}  # fmt: skip
"""Duties with a form of their own, with who does them."""


@dataclass(frozen=True)
class Stop:
    """A page to look at: who opens it and with which status it answers."""

    who: str
    address: str
    status: int = 200


@dataclass(frozen=True)
class View:
    """How a page is looked at; `without` are rules that an earlier view of the same page has settled.

    `checked` is off where only the width is new.
    """

    name: str
    language: str
    vision: str = "off"
    width: int = 1280
    without: tuple[str, ...] = ()
    checked: bool = True


VIEWS = (
    View("Kazakh", "kk"),
    View("Russian", "ru", without=("color-contrast",)),
    View("English", "en", without=("color-contrast",)),
    View("for the visually impaired", "kk", "on.size-200.scheme-dark.spacing-widest.font-serif.images-on"),
    View("largest letters on a telephone", "ru", "on.size-200.spacing-widest", width=360, checked=False),
)
CHECK = """([tags, without]) => {
  document.querySelectorAll("details").forEach(fold => { fold.open = true; });
  const rules = Object.fromEntries(without.map(rule => [rule, {enabled: false}]));
  return axe.run({runOnly: {type: "tag", values: tags}, rules, resultTypes: ["violations"]}).then(found =>
    found.violations.map(each => `${each.id}: ${each.help} at ${each.nodes[0].target}`));
}"""


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

    def task(self, lane: str, element: str) -> str:
        """The address of an open task."""
        program = self.house.program
        rows = program.queries.worklist([lane], program.clock.now()).rows
        return f"/office/tasks/{next(row.task_id for row in rows if row.element == element)}"


@pytest.fixture(scope="module")
def town(sqlite_databases: SQLiteDatabases, world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The demo as it begins."""
    folder = tmp_path_factory.mktemp("town")
    with opened_house(sqlite_databases.create(folder), folder, world) as house:
        ensure_edition(house.program)
        house.meanwhile(lambda _story: seed(house.program, world.pki))
        house.story = Story(house.program, world)
        yield house.meanwhile(lambda story: furnished(house, story))


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
    house.world.shep.weather = Weather.DOWN
    story.file("company_signer", TRADE, [TITLE, LETTER])
    house.program.move_clock(house.program.clock.now() + timedelta(minutes=5))
    return Town(house, ready, begun, paper.id, complaint, duty, act_paper, claim)


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
    """A claim against a permit."""
    case = next(case for case in cases_of(house.program) if case.outcome == "granted")
    answers = {
        "court": "Астана қаласының әкімшілік соты", "number": "7119-26", "plaintiff": "«Бәсекелес» ЖШС",
        "filed_on": date(2026, 4, 20), "contests": "permit", "case_number": case.number,
    }  # fmt: skip
    return record_claim(house.program, story.officer("unit"), answers).id


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


def stops(town: Town) -> Mapping[str, Sequence[Stop]]:
    """Every page by its endpoint, in its different states."""
    ready, begun, number = f"/cabinet/drafts/{town.ready}", f"/cabinet/drafts/{town.begun}", "KZ-2026-000001"
    granted, refused = town.case("Үлгі Активтер", "granted"), town.case("Үлгі Сауда", "refused")
    incomplete, late = town.case("Үлгі Активтер", "not_considered"), town.case("Сынақ Токен")
    invited = next(case for case in cases_of(town.house.program, "Үлгі Сауда") if case.notified_on and not case.outcome)
    queries = town.house.program.queries
    code = queries.case(granted.id).documents[0].verification_code
    refusal = next(paper for paper in queries.case(refused.id).documents if paper.kind == "refusal")
    permit = queries.case(granted.id).documents[-1]
    file = queries.draft(town.ready)[1][0].id
    with town.house.program.reading() as uow:
        (minutes,) = uow.list(Minutes, case_id=refused.id)
    return {
        "public.home": [Stop("anybody", "/")],
        "public.service": [Stop("anybody", "/service")],
        "public.rules": [Stop("anybody", "/rules")],
        "public.requirements": [Stop("anybody", "/requirements")],
        "public.procedure": [Stop("anybody", "/procedure"), Stop("anybody", "/procedure/appeal")],
        "public.help_page": [Stop("anybody", "/help")],
        "public.proof": [Stop("anybody", "/proof")],
        "public.accessibility": [Stop("anybody", "/accessibility")],
        "public.register": [
            Stop("anybody", "/register"),
            Stop("anybody", "/register?search=жоқ"),
            Stop("anybody", "/register?on=ертең", 400),
        ],
        "public.entry": [Stop("anybody", f"/register/{number}"), Stop("anybody", f"/register/{number}?on=1.1.2030")],
        "public.verify": [Stop("anybody", "/verify"), Stop("anybody", "/verify?code=1", 400)],
        "public.verified": [
            Stop("anybody", f"/verify/{code}"),
            Stop("anybody", "/verify/AAAA-BBBB-CCCC-DDDD", 404),
        ],
        "public.verified_file": [Stop("anybody", "/verify/file/long-ago", 404)],
        "cabinet.sign_in": [Stop("anybody", "/cabinet/sign-in")],
        "cabinet.home": [Stop("applicant", "/cabinet/"), Stop("entrepreneur", "/cabinet/")],
        "cabinet.not_possible": [Stop("applicant", "/cabinet/not-possible/not_entrepreneur")],
        "cabinet.draft": [
            Stop("applicant", ready),
            Stop("applicant", begun),
            Stop("applicant", f"{begun}?missing=platform"),
            Stop("entrepreneur", f"/cabinet/drafts/{town.complaint}"),
            Stop("entrepreneur", f"/cabinet/drafts/{town.complaint}?missing=demands"),
        ],
        "cabinet.page": [
            *(Stop("applicant", f"{ready}/pages/{page}") for page in ("applicant", "asset", "addresses", "consents")),
            *(
                Stop("entrepreneur", f"/cabinet/drafts/{town.complaint}/pages/{page}")
                for page in ("contested", "complainant", "matter")
            ),
        ],
        "cabinet.files": [Stop("applicant", f"{ready}/files"), Stop("applicant", f"{begun}/files")],
        "cabinet.file": [Stop("applicant", f"{ready}/files/{file}")],
        "cabinet.discard": [Stop("applicant", f"{ready}/delete")],
        "cabinet.complain": [Stop("applicant", "/cabinet/complain"), Stop("entrepreneur", "/cabinet/complain")],
        "cabinet.complaint": [
            Stop("applicant", f"/cabinet/cases/{town.complaint_case('Үлгі Активтер')}/complaint"),
            Stop("entrepreneur", f"/cabinet/cases/{town.complaint_case('Үлгі Сауда')}/complaint"),
        ],
        "cabinet.complaint_receipt": [
            Stop("entrepreneur", f"/cabinet/cases/{town.complaint_case('Үлгі Сауда')}/complaint/receipt"),
        ],
        "cabinet.complaint_review": [Stop("entrepreneur", f"/cabinet/drafts/{town.complaint}/complaint")],
        "cabinet.review": [Stop("applicant", f"{ready}/review")],
        "cabinet.receipt": [Stop("applicant", f"/cabinet/cases/{granted.id}/receipt")],
        "cabinet.case": [
            Stop("applicant", f"/cabinet/cases/{granted.id}"),
            Stop("applicant", f"/cabinet/cases/{incomplete.id}"),
            Stop("entrepreneur", f"/cabinet/cases/{refused.id}"),
            Stop("entrepreneur", f"/cabinet/cases/{invited.id}"),
            Stop("entrepreneur", f"/cabinet/cases/{granted.id}", 404),
        ],
        "cabinet.case_papers": [
            Stop("applicant", f"/cabinet/cases/{granted.id}/file"),
            Stop("entrepreneur", f"/cabinet/cases/{invited.id}/file"),
        ],
        "cabinet.consent": [
            Stop("entrepreneur", f"/cabinet/cases/{invited.id}/consent"),
            Stop("entrepreneur", f"/cabinet/cases/{refused.id}/consent"),
        ],
        "cabinet.minutes_remark": [Stop("entrepreneur", f"/cabinet/cases/{refused.id}/minutes/{minutes.id}")],
        "cabinet.document_error": [
            Stop("applicant", f"/cabinet/cases/{granted.id}/documents/{permit.id}/error"),
            Stop("entrepreneur", f"/cabinet/cases/{granted.id}/documents/{permit.id}/error", 404),
        ],
        "cabinet.position": [Stop("entrepreneur", f"/cabinet/cases/{invited.id}/position")],
        "cabinet.withdraw": [Stop("entrepreneur", f"/cabinet/cases/{invited.id}/withdraw")],
        "officer.sign_in": [Stop("anybody", "/office/sign-in")],
        "officer.worklist": [
            Stop("chancellery", "/office/"),
            Stop("unit", "/office/"),
            Stop("head", "/office/?tab=all"),
        ],
        "officer.task": [
            *(town.stop(lane, element) for lane, elements in TASKS.items() for element in elements),
            Stop("chancellery", town.task("unit", "task_examine"), 403),
        ],
        "officer.paper": [Stop("head", f"/office/papers/{town.paper}")],
        "officer.cases": [
            Stop("reviewer", "/office/cases"),
            Stop("head", "/office/cases"),
            Stop("unit", "/office/cases?q=%D0%B6%D0%BE%D2%9B"),
        ],
        "officer.case": [
            Stop("unit", f"/office/cases/{late.id}"),
            Stop("head", f"/office/cases/{refused.id}"),
            Stop("unit", f"/office/cases/{town.complaint_case('Үлгі Сауда')}"),
            Stop("reviewer", f"/office/cases/{town.complaint_case('Үлгі Сауда')}"),
        ],
        "officer.beside": [
            Stop("unit", f"/office/cases/{refused.id}/beside"),
            Stop("head", f"/office/cases/{late.id}/beside"),
        ],
        "officer.correct": [Stop("head", f"/office/documents/{refusal.id}/correct")],
        "officer.overview": [Stop("head", "/office/overview"), Stop("supervisor", "/office/overview")],
        "officer.month": [
            Stop("supervisor", "/office/overview/2026-04"),
            Stop("supervisor", "/office/overview/x", 404),
        ],
        "officer.duties": [Stop("head", "/office/duties"), Stop("unit", "/office/duties")],
        "officer.duty": [
            Stop("head", f"/office/duties/{town.duty}"),
            Stop("supervisor", f"/office/duties/{town.duty}"),
            *(Stop(who, address) for kind, who in DUTY_PAGES.items() for address in town.duties(kind)[:1]),
        ],
        "officer.act_paper": [Stop("head", f"/office/acts/{town.act_paper}")],
        "officer.claims": [Stop("unit", "/office/claims")],
        "officer.new_claim": [Stop("unit", "/office/claims/new")],
        "officer.court_claim": [Stop("unit", f"/office/claims/{town.claim}")],
        "officer.take_in": [Stop("chancellery", "/office/complaints/new")],
        "officer.error_in_document": [Stop("unit", f"/office/cases/{refused.id}/documents/{refusal.id}/error")],
        "officer.permit": [Stop("head", f"/office/permits/{number}"), Stop("supervisor", f"/office/permits/{number}")],
        "officer.status": [Stop("centre", "/office/status")],
        "officer.extend": [Stop("head", f"/office/cases/{late.id}/extend")],
        "officer.acting": [Stop("administrator", "/office/acting")],
        "officer.settings": [Stop("administrator", "/office/settings")],
        "officer.setting": [
            Stop("administrator", "/office/settings/provider_name"),
            Stop("administrator", "/office/settings/working_hours"),
        ],
        "officer.portal_break": [Stop("administrator", "/office/settings/break")],
        "officer.unsent": [Stop("head", "/office/unsent")],
        "": [Stop("anybody", "/nowhere", 404)],
    }


def test_no_page_is_forgotten(town: Town) -> None:
    rules = town.house.app.url_map.iter_rules()
    answering = {rule.endpoint for rule in rules if "GET" in (rule.methods or ())}
    listed = {endpoint for endpoint in stops(town) if endpoint}
    assert answering - listed - NO_PAGES.keys() == set(), "new: add the page to the stops, or say why it is none"
    assert (listed | NO_PAGES.keys()) - answering == set(), "gone: take the page off"


@pytest.mark.law("A1.11.4", "A1.11.5")
@pytest.mark.parametrize(
    "who",
    [
        *("anybody", "applicant", "entrepreneur", "chancellery", "unit", "head", "reviewer", "supervisor", "centre"),
        "administrator",
    ],
)
def test_no_page_has_a_barrier(browser: Browser, town: Town, who: str) -> None:
    with opened(browser) as page:
        page.set_default_timeout(PATIENCE)
        enter(Person(town.house, page, "kk"), who)
        page.context.add_init_script(path=AXE)
        own = [stop for each in stops(town).values() for stop in each if stop.who == who]
        found = [line for view in VIEWS for stop in own for line in barriers(town, page, stop, view)]
    assert found == []


def enter(person: Person, who: str) -> None:
    """Sign in as this one, by the pages."""
    if who in ("applicant", "entrepreneur"):
        person.enter_cabinet("company_head" if who == "applicant" else who)
    elif who != "anybody":
        person.enter_office(who)


def barriers(town: Town, page: Page, stop: Stop, view: View) -> list[str]:
    """What is wrong with one page in one view, one line for each fault."""
    complaints(page).clear()
    page.set_viewport_size({"width": view.width, "height": 900})
    cookies = {"lang": view.language, "vision": view.vision}
    page.context.add_cookies([{"name": n, "value": text, "url": town.house.address} for n, text in cookies.items()])
    answer = page.goto(town.house.address + stop.address)
    if page.locator("[data-diagram]").count():
        page.wait_for_selector('[data-state="shown"]')
    found: list[str] = page.evaluate(CHECK, [TAGS, view.without]) if view.checked else []
    if answer is None or answer.status != stop.status:
        found.append(f"answers {answer and answer.status}")
    if page.get_attribute("html", "lang") != view.language:
        found.append("speaks another language")
    if view.width < 1280 and scrolls_sideways(page):
        found.append("scrolls sideways")
    expected = f"the server responded with a status of {stop.status} "
    found += [line for line in complaints(page) if expected not in line]
    return [f"{stop.address} ({view.name}): {line}" for line in found]
