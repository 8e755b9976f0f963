"""Who enters the cabinet, who may apply, and that nobody sees what is another's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from service.adapters.signatures import build_engine
from service.web import create_app
from tests.program import Story
from tests.usecases.test_filing import with_register
from tests.web.cabinet import Cabinet, text
from tests.web.ground_visitor import heading


@pytest.mark.law("R1.1", "R2.4")
def test_a_signature_under_a_text_made_for_this_visit_opens_the_cabinet(story: Story) -> None:
    cabinet = Cabinet(story)
    seat = cabinet.seat()
    page = seat.get("/cabinet/sign-in")
    sent = seat.signed(page, "company_head")
    assert seat.post("/cabinet/sign-in", sent).location == "/cabinet/"
    home = text(seat.get("/cabinet/"))
    assert "БАСТАМОВА ГҮЛНӘР СЕРІКҚЫЗЫ, «Үлгі Активтер» ЖШС" in home
    assert "BIN 150340999016" in home
    stranger = cabinet.seat()
    stranger.get("/cabinet/sign-in")
    again = stranger.post("/cabinet/sign-in", sent)
    assert again.status_code == 400
    assert "was used already" in text(again)
    assert stranger.get("/cabinet/").status_code == 303


@pytest.mark.law("R1.1", "R2.4")
def test_a_challenge_that_another_browser_was_shown_signs_nobody_in(story: Story) -> None:
    cabinet = Cabinet(story)
    seat, stranger = cabinet.seat(), cabinet.seat()
    unused = seat.signed(seat.get("/cabinet/sign-in"), "company_head")
    stranger.get("/cabinet/sign-in")
    for _ in range(2):
        assert stranger.post("/cabinet/sign-in", unused).status_code == 400
    assert stranger.get("/cabinet/").status_code == 303
    assert seat.post("/cabinet/sign-in", unused).location == "/cabinet/"


@pytest.mark.law("R1.1", "R3.3")
@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("revoked", "The certificate was revoked. Get a new one and sign again."),
        ("expired", "The certificate has expired. Get a new one and sign again."),
        ("company_employee", "The key of another employee is not enough."),
    ],
)
def test_a_key_that_may_not_sign_is_refused_in_a_sentence(story: Story, persona: str, sentence: str) -> None:
    seat = Cabinet(story).seat()
    refused = seat.sign_in_with(persona)
    assert refused.status_code == 400
    assert sentence in text(refused)
    assert seat.get("/cabinet/").status_code == 303


def test_what_is_no_signature_at_all_is_answered_in_a_sentence(story: Story) -> None:
    seat = Cabinet(story).seat()
    for sent in ("", "not base64!", "AAAA"):
        seat.get("/cabinet/sign-in")
        answer = seat.post("/cabinet/sign-in", {"nonce": "x", "signature": sent})
        assert answer.status_code == 400
        assert heading(answer) == "Sign in to the cabinet"


def test_when_the_state_of_the_key_cannot_be_learned_nobody_is_blamed(story: Story) -> None:
    engine = build_engine(story.pki.roots, story.pki.intermediates, now=story.program.clock.now, fetch=False)
    seat = Cabinet(story, program=replace(story.program, signatures=engine)).seat()
    answer = seat.sign_in_with("company_head")
    assert answer.status_code == 503
    assert "Nothing is wrong with your key. Try again in a few minutes." in text(answer)


@pytest.mark.law("R1.1")
def test_an_individual_without_registration_is_told_why_and_no_draft_is_begun(story: Story) -> None:
    seat = Cabinet(story).seat("person")
    seat.get("/cabinet/")
    refused = seat.follow(seat.post("/cabinet/drafts", {}))
    assert heading(refused) == "An application cannot be filed"
    assert "СЫНАҚОВА АЙАРУ ҮЛГІҚЫЗЫ, IIN 920512499010, as a sole proprietor" in text(refused)
    assert "point 1 of the Rules" in text(refused)
    assert not story.program.queries.drafts_of("920512499010", "")


@pytest.mark.law("R1.1")
def test_a_branch_is_told_why_and_cannot_begin_even_by_a_forged_request(story: Story) -> None:
    seat = Cabinet(story).seat("branch_head")
    home = seat.get("/cabinet/")
    assert "A branch or representative office may not apply." in text(home)
    assert "New application" not in text(home)
    assert "branch or representative office" in text(seat.follow(seat.post("/cabinet/drafts", {})))
    assert not story.program.queries.drafts_of("690821399014", "181151999017")


def test_every_page_but_the_sign_in_asks_for_it_and_leads_back(story: Story) -> None:
    cabinet = Cabinet(story)
    seat, asked = cabinet.seat(), 0
    given = {"draft_id": "x", "page": "asset", "reason": "x"}
    adapter = cabinet.app.url_map.bind("localhost")
    for rule in cabinet.app.url_map.iter_rules():
        ours = rule.endpoint.startswith("cabinet.") and "GET" in (rule.methods or ())
        if ours and rule.endpoint != "cabinet.sign_in":
            address = adapter.build(rule.endpoint, {name: given.get(name, 1) for name in rule.arguments})
            answer = seat.get(address)
            assert answer.status_code == 303, address
            assert answer.location.startswith("/cabinet/sign-in?next="), address
            asked += 1
    assert asked > 15
    following = seat.sign_in_with("company_head", "/cabinet/cases/7")
    assert following.location == "/cabinet/cases/7"


@pytest.mark.law("A1.11.3")
def test_nobody_sees_drafts_cases_and_files_of_another(story: Story) -> None:
    cabinet = Cabinet(story)
    owner = cabinet.seat("company_head")
    draft = owner.ready()
    case = story.filed("company_head")
    view = story.program.queries.case(case.id)
    stranger = cabinet.seat("entrepreneur")
    of_draft = [f"{draft}{rest}" for rest in ("", "/pages/asset", "/files", "/files/1", "/review", "/delete")]
    of_case = ["", "/receipt", "/filed.pdf", "/manifest.json", "/manifest.json.p7s", "/position", "/withdraw"]
    addresses = [
        *of_draft,
        *(f"/cabinet/cases/{case.id}{rest}" for rest in of_case),
        f"/cabinet/cases/{case.id}/files/{view.attachments[0].id}",
    ]
    for address in addresses:
        assert stranger.get(address).status_code == 404, address
    for address in (f"{draft}/pages/asset", f"{draft}/delete", f"/cabinet/cases/{case.id}/withdraw"):
        assert stranger.post(address, {}).status_code == 404, address
    assert story.now(case).outcome == ""
    assert owner.get(draft).status_code == 200


@pytest.mark.law("R3.3")
def test_everybody_who_may_sign_for_a_legal_entity_sees_its_cases_and_drafts(story: Story) -> None:
    cabinet = Cabinet(story)
    draft = cabinet.seat("company_head").begin()
    case = story.filed("company_head")
    colleague = cabinet.seat("company_signer")
    home = text(colleague.get("/cabinet/"))
    assert case.number in home
    assert "Platform not named yet" in home
    assert colleague.get(draft).status_code == 200
    assert colleague.get(f"/cabinet/cases/{case.id}").status_code == 200


def test_after_signing_out_the_session_is_over(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    seat.get("/cabinet/")
    assert "You have signed out." in text(seat.follow(seat.post("/cabinet/sign-out", {})))
    assert seat.get("/cabinet/").status_code == 303


@pytest.mark.law("R1.1", "R4.1")
@pytest.mark.parametrize(
    ("persona", "answer", "why"),
    [
        ("company_head", {"found": False}, "The register of legal entities does not know «Үлгі Активтер» ЖШС, BIN "),
        ("company_head", {"found": True, "status": "liquidated"}, " ЖШС, BIN 150340999016, is liquidated."),
        ("entrepreneur", {"found": True, "status": "terminated"}, "as a sole proprietor has ended."),
    ],
)
def test_who_is_not_registered_reads_what_the_register_says_and_what_to_do(
    story: Story, persona: str, answer: dict[str, Any], why: str
) -> None:
    with_register(story, answer)
    seat = Cabinet(story).seat(persona)
    page = text(seat.follow(seat.post("/cabinet/drafts", {})))
    assert "An application cannot be filed" in page
    assert why in page
    assert "If the register is wrong, ask" in page


@pytest.mark.law("A1.11.5")
def test_from_the_cabinet_a_link_leads_to_each_page_that_is_open_to_everybody(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    page, whole = seat.get("/cabinet/").text, create_app(story.program).url_map.bind("localhost")
    for address in ("/service", "/rules", "/procedure", "/register", "/verify", "/help"):
        assert f'<a href="{address}"' in page
        assert whole.test(address)
    stranger = Cabinet(story).seat()
    assert '<a href="/register"' in stranger.get("/cabinet/sign-in").text
