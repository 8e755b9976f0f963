"""An application is read once more, signed and sent (R3.3, A2.3)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest

from service.adapters.signatures import build_engine
from tests.program import Story
from tests.web.cabinet import PDF, Cabinet, content_to_sign, text
from tests.web.office import Office


@pytest.mark.law("R3.3", "A2.3")
def test_the_review_shows_what_is_signed_byte_for_byte(story: Story) -> None:
    seat = Cabinet(story).seat("company_head", "ru")
    draft = seat.ready()
    page = seat.get(f"{draft}/review")
    content = content_to_sign(page)
    digest = hashlib.sha256(content).hexdigest()
    assert page.text.count(digest) >= 3
    assert seat.download(f"{draft}/manifest.json").data == content
    assert content.decode() in " ".join(re.findall(r"<pre[^>]*>(.*?)</pre>", page.text, re.S)).replace("&#34;", '"')
    said = text(page)
    for shown in ("QazToken", "Мәңгілік Ел даңғылы", "үзінді.pdf", hashlib.sha256(PDF).hexdigest(), "русский"):
        assert shown in said
    assert "Ұсынылған ақпараттың анықтығын растаймын" in said
    assert "Подтверждаю достоверность представленной информации" in said, "what is signed is also said in Russian"
    assert content_to_sign(seat.get(f"{draft}/review")) == content, "the same bytes until something changes"


@pytest.mark.law("R3.3")
@pytest.mark.parametrize("persona", ["company_head", "entrepreneur"])
def test_the_review_of_the_demo_offers_the_applicant_s_own_key_alone(story: Story, persona: str) -> None:
    seat = Cabinet(story).seat(persona)
    page = seat.get(f"{seat.ready()}/review").text
    assert re.findall(r'value="(\w+)" data-sign-persona', page) == [persona]
    assert "<select" not in page
    assert "<select" in Cabinet(story).seat().get("/cabinet/sign-in").text


@pytest.mark.law("R3.2", "R3.3", "R4.2")
def test_the_signed_application_becomes_one_case_however_often_send_is_pressed(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready()
    page = seat.get(f"{draft}/review")
    sent = seat.signed(page, "company_head")
    first = seat.post(f"{draft}/review", sent)
    assert seat.post(f"{draft}/review", sent).location == first.location
    assert seat.get(f"{draft}/pages/asset").location == first.location
    (case,) = story.program.queries.cases().rows
    assert case.manifest == content_to_sign(page)
    receipt = text(seat.get(first.location))
    for told in (case.number, "12 September 2023, 10:", "It arrived on a working day, not later than 18:30."):
        assert told in receipt
    assert "by 14.09.2023, 18:30 The unit checks whether the set of documents is complete" in receipt
    assert "by 19.09.2023, 18:30 You receive the permit or a reasoned refusal" in receipt


@pytest.mark.law("R3.3")
def test_a_draft_changed_after_it_was_shown_must_be_read_again(story: Story) -> None:
    cabinet = Cabinet(story)
    seat, other_window = cabinet.seat("company_head"), cabinet.seat("company_signer")
    draft = seat.ready()
    sent = seat.signed(seat.get(f"{draft}/review"), "company_head")
    other_window.save(draft, "asset", platform="Басқа платформа")
    page = seat.post(f"{draft}/review", sent)
    assert page.status_code == 409
    assert "The application was changed after this page had shown it." in text(page)
    assert "Last change: 12.09.2023, 10:0" in text(page)
    assert "Басқа платформа" in text(page)
    other_window.get(f"{draft}/review")
    assert seat.post(f"{draft}/review", sent).status_code == 409
    assert not story.program.queries.cases().rows


@pytest.mark.law("R3.3")
def test_a_draft_left_incomplete_after_it_was_shown_leads_to_what_is_missing(story: Story) -> None:
    cabinet = Cabinet(story)
    seat, other_window = cabinet.seat("company_head"), cabinet.seat("company_signer")
    draft = seat.ready(files=False)
    sent = seat.signed(seat.get(f"{draft}/review"), "company_head")
    other_window.save(draft, "asset", platform="")
    page = text(seat.follow(seat.post(f"{draft}/review", sent)))
    assert "The application was changed after this page had shown it." in page
    assert "Needed for the signature: " in page


@pytest.mark.law("R3.3", "A2.1")
def test_a_colleague_who_signs_is_named_as_the_signer(story: Story) -> None:
    cabinet = Cabinet(story)
    draft = cabinet.seat("company_head").ready()
    colleague = cabinet.seat("company_signer")
    assert colleague.file(draft, "company_signer").status_code == 303
    (case,) = story.program.queries.cases().rows
    assert (case.iin, case.fields["iin"], case.fields["signer_surname"]) == (
        "830919399018",
        "830919399018",
        "ӨКІЛБЕКОВ",
    )


@pytest.mark.law("R3.3")
@pytest.mark.parametrize(
    ("persona", "sentence"),
    [
        ("company2_head", "The key belongs to another organisation."),
        ("company_signer", "The key belongs to another person."),
    ],
)
def test_a_foreign_key_is_refused_and_the_application_is_not_sent(story: Story, persona: str, sentence: str) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready(files=False)
    refused = seat.file(draft, persona)
    assert refused.status_code == 400
    assert sentence in text(refused)
    assert "The application is not sent" in text(refused)
    assert not story.program.queries.cases().rows


@pytest.mark.law("R3.3")
def test_a_signature_that_cannot_be_checked_now_lets_the_case_wait_not_the_applicant(story: Story) -> None:
    cabinet = Cabinet(story)
    draft = cabinet.seat("company_head").ready()
    engine = build_engine(story.pki.roots, story.pki.intermediates, now=story.program.clock.now, fetch=False)
    offline = Cabinet(story, program=replace(story.program, signatures=engine)).seat()
    with (
        offline.client.session_transaction() as session,
        cabinet.seat("company_head").client.session_transaction() as s,
    ):
        session.update(s)
    answer = offline.file(draft, "company_head")
    receipt = text(offline.get(answer.location))
    assert "Your signature is still being checked." in receipt
    page = text(offline.get(answer.location.removesuffix("/receipt")))
    assert "The electronic signature is being checked" in page
    assert "The program, again and again by itself" in page
    case = story.program.queries.cases().rows[0]
    outline = Office(story).desk("head").get(f"/office/cases/{case.id}").text
    current = re.search(r'<li class="outline__step outline__step--current" aria-current="step">.*?</li>', outline, re.S)
    assert current is not None
    assert "The electronic signature is being checked" in current[0]
