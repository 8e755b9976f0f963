"""Every page that can be opened, by everybody who may: no barrier in any language, version or width, no complaint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from playwright.sync_api import Browser

from service.demo.world import World
from service.domain.minutes import Minutes
from tests.browser.base_browser import opened
from tests.browser.stories import PATIENCE, Person, opened_house
from tests.browser.town import (
    Stop,
    Town,
    begin_demo,
    cases_of,
    furnished,
)
from tests.browser.views import UNDRAWN, VIEWS, look_around, only_words
from tests.databases import EMPTY, fresh_database
from tests.program import Story
from tests.snapshots import Snapshots

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
    "officer.sent_package": "a file",
    "officer.terms_json": "a file",
    "officer.terms_pdf": "a file",
    "cabinet.filed_pdf": "a file",
    "cabinet.case_cms": "a file",
    "cabinet.case_package": "a file",
    "cabinet.case_file": "a file",
    "cabinet.case_manifest": "a file",
    "cabinet.document": "a file",
    "cabinet.file_content": "a file",
    "cabinet.holder_file": "a file",
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


SEATS = {
    "applicant": "company_head",
    **{name: name for name in ("entrepreneur", "chancellery", "unit", "head", "reviewer")},
    **{name: name for name in ("supervisor", "centre", "administrator")},
}
"""Who sits before the pages, and as whom they have signed in."""


DUTY_PAGES = {
    "sign_minutes": "unit", "answer_remarks": "unit", "give_case_file": "unit", "correct_error": "head",
    "carry_out_decision": "unit", "carry_out_court_act": "unit",
}  # fmt: skip
"""Duties with a form of their own, with who does them."""


@pytest.fixture(scope="module", params=list(VIEWS))
def town(
    request: pytest.FixtureRequest, world: World, snapshots: Snapshots, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Town]:
    """The demo as it begins, on each database."""
    folder = tmp_path_factory.mktemp("town")
    with (
        fresh_database(request.param, folder, request, EMPTY) as url,
        opened_house(url, folder, world, printed=False) as house,
    ):
        house.meanwhile(lambda _story: begin_demo(house.program, world, snapshots))
        house.story = Story(house.program, world)
        yield house.meanwhile(lambda story: furnished(house, story))


def stops(town: Town) -> Mapping[str, Sequence[Stop]]:
    """Every page by its endpoint, in its different states."""
    ready, begun, number = f"/cabinet/drafts/{town.ready}", f"/cabinet/drafts/{town.begun}", "KZ-2026-000001"
    granted, refused = town.case("Үлгі Активтер", "granted"), town.case("Үлгі Сауда", "refused")
    incomplete, late = town.case("Үлгі Активтер", "not_considered"), town.case("Сынақ Токен")
    invited = next(case for case in cases_of(town.house.program, "Үлгі Сауда") if case.notified_on and not case.outcome)
    queries = town.house.program.queries
    code = queries.case(granted.id).documents[0].verification_code
    refusal = next(paper for paper in queries.case(refused.id).documents if paper.kind == "refusal")
    permit, told = queries.case(granted.id).documents[-1], queries.case(refused.id).notices[-1]
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
        "cabinet.holder_position": [Stop("applicant", town.heard)],
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
        "officer.correct_court_claim": [Stop("unit", f"/office/claims/{town.claim}/correct")],
        "officer.answer_on_paper": [Stop("chancellery", town.posted), Stop("reviewer", town.posted)],
        "officer.take_in": [Stop("chancellery", "/office/complaints/new")],
        "officer.error_in_document": [Stop("unit", f"/office/cases/{refused.id}/documents/{refusal.id}/error")],
        "officer.permit": [Stop("head", f"/office/permits/{number}"), Stop("supervisor", f"/office/permits/{number}")],
        "officer.status": [Stop("centre", "/office/status")],
        "officer.extend": [Stop("head", f"/office/cases/{late.id}/extend")],
        "officer.acting": [Stop("administrator", "/office/acting")],
        "officer.end_acting": [Stop("administrator", town.order)],
        "officer.password": [Stop("centre", "/office/password")],
        "officer.settings": [Stop("administrator", "/office/settings")],
        "officer.setting": [
            Stop("administrator", "/office/settings/provider_name"),
            Stop("administrator", "/office/settings/working_hours"),
        ],
        "officer.portal_break": [Stop("administrator", "/office/settings/break")],
        "officer.told": [Stop("head", f"/office/cases/{refused.id}/notices/{told.id}/told")],
        "officer.unsent": [Stop("head", "/office/unsent")],
        "officer.office_journal": [Stop("supervisor", "/office/journal")],
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
    ["anybody", *SEATS],
)
def test_no_page_has_a_barrier(town: Town, who: str, request: pytest.FixtureRequest) -> None:
    browser: Browser = request.getfixturevalue("letterless" if only_words(town) else "browser")
    with opened(browser) as page:
        page.set_default_timeout(PATIENCE)
        if who in SEATS:
            Person(town.house, page, "kk").seat(SEATS[who])
        page.context.add_init_script(UNDRAWN)
        own = [stop for each in stops(town).values() for stop in each if stop.who == who]
        assert look_around(town, page, own) == []
