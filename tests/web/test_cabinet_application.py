"""The application in pages: prefilled, saved whatever happens, checked, signed and sent."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from threading import Barrier
from typing import Any

import pytest
from pypdf import PdfWriter

from service.adapters.signatures import build_engine
from service.domain.case import Attachment, Draft
from service.domain.channels import Message, NotDelivered, Trouble
from service.domain.completeness import check_documents
from tests.editions import deployed
from tests.program import LETTER, TITLE, TRADE, Story
from tests.web.cabinet import ANSWERS, PDF, Cabinet, Seat, content_to_sign, fields, text
from tests.web.ground_visitor import heading, value
from tests.web.office import Office

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def draft_of(seat: Seat, address: str) -> Draft:
    """The draft as it is kept."""
    return seat.story.program.queries.draft(address.rsplit("/", 1)[-1])[0]


def files_of(seat: Seat, address: str) -> list[Attachment]:
    """The files of a draft."""
    return list(seat.story.program.queries.draft(address.rsplit("/", 1)[-1])[1])


@pytest.mark.law("A2.2", "R4.1")
def test_what_the_state_knows_is_filled_in_with_its_source_and_numbers_are_not_asked(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    page = seat.get(f"{draft}/pages/applicant")
    assert value(page, "name") == "«Үлгі Активтер» ЖШС"
    assert value(page, "street") == "Абай даңғылы"
    assert value(page, "signer_surname") == "БАСТАМОВА"
    said = text(page)
    assert "From: State database of legal entities" in said
    assert "From: State database of natural persons" in said
    assert "given by the system when you send" in said
    assert {"iin", "bin", "applicant_kind", "number", "date"} & set(fields(page)) == set()


@pytest.mark.law("A2.2", "R3.3")
def test_a_forged_request_cannot_change_iin_and_bin(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    forged = {"iin": "850615399019", "bin": "190940999015", "applicant_kind": "entrepreneur", "_state": "x"}
    seat.save(draft, "applicant", **ANSWERS, **forged)
    kept = draft_of(seat, draft).answers
    assert (kept["iin"], kept["bin"], kept["applicant_kind"]) == ("781122499012", "150340999016", "company")
    assert kept["phone"] == "+77172740000"
    assert isinstance(kept["_state"], Mapping)


class Meets:
    """A register that answers only while the other one is being asked, too."""

    def __init__(self, both: Barrier) -> None:
        self.both = both

    def send(self, message: Message) -> Mapping[str, Any]:
        self.both.wait(10)
        return {"found": True, "name": "ЖК Бірге", "surname": "Бірге"}


class Silent:
    """A register that does not answer."""

    def send(self, message: Message) -> Mapping[str, Any]:
        raise NotDelivered(Trouble.NO_ANSWER)


@pytest.mark.law("R4.1")
def test_both_registers_are_asked_at_once(story: Story) -> None:
    registers = dict.fromkeys(story.program.registers, Meets(Barrier(2)))
    seat = Cabinet(story, program=replace(story.program, registers=registers)).seat("entrepreneur")
    assert draft_of(seat, seat.begin()).answers["name"] == "ЖК Бірге"


@pytest.mark.law("R4.1", "A2.2")
def test_a_register_that_does_not_answer_leaves_its_fields_and_can_be_asked_again(story: Story) -> None:
    registers = dict(story.program.registers)
    program = replace(story.program, registers=registers)
    for channel in registers:
        registers[channel] = Silent()
    seat = Cabinet(story, program=program).seat("company_head")
    draft = seat.begin()
    page = seat.get(f"{draft}/pages/applicant")
    assert "A state register did not answer in time" in text(page)
    assert "From: your certificate" in text(page)
    assert value(page, "street") == ""
    registers.update(story.program.registers)
    seat.save(draft, "applicant", go="registers", house="77")
    page = seat.get(f"{draft}/pages/applicant")
    assert "The registers have answered." in text(page)
    assert (value(page, "street"), value(page, "house")) == ("Абай даңғылы", "77")
    assert value(page, "name") == "«Үлгі Активтер» ЖШС"


@pytest.mark.law("A2.1")
def test_a_page_is_saved_with_its_mistakes_and_shows_them_again(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    wrong = seat.save(draft, "applicant", phone="12", email="a@b.kz")
    assert wrong.status_code == 400
    assert "Write a telephone number such as" in text(wrong)
    assert "Has a mistake" in text(seat.get(draft))
    page = seat.get(f"{draft}/pages/applicant")
    assert (value(page, "phone"), value(page, "email")) == ("12", "a@b.kz")
    assert "Write a telephone number such as" in text(page)
    assert seat.save(draft, "applicant", **ANSWERS).location == f"{draft}/pages/asset"
    assert "Has a mistake" not in text(seat.get(draft))


def test_going_to_the_list_or_back_saves_an_unfinished_page_without_complaint(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    assert seat.save(draft, "asset", platform="QazToken", go="list").location == draft
    assert seat.save(draft, "asset", purpose="Мақсат", go="back").location == f"{draft}/pages/applicant"
    kept = draft_of(seat, draft).answers
    assert (kept["platform"], kept["purpose"]) == ("QazToken", "Мақсат")


def test_a_page_saves_itself_but_never_gives_a_consent(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    seat.get(f"{draft}/pages/asset")
    headers = {"Origin": "http://localhost", "X-Requested-With": "autosave"}
    saved = seat.post(f"{draft}/pages/asset/save", {"platform": "Жарты ат"}, headers)
    assert saved.json == {"saved": True}
    seat.post(f"{draft}/pages/consents/save", {"consent_truth": "yes"}, headers)
    kept = draft_of(seat, draft).answers
    assert kept["platform"] == "Жарты ат"
    assert "consent_truth" not in kept


def test_a_change_of_language_and_the_end_of_the_session_lose_nothing(story: Story) -> None:
    cabinet = Cabinet(story)
    seat = cabinet.seat("company_head")
    draft = seat.begin()
    address = f"{draft}/pages/asset"
    seat.get(address)
    changed = seat.post(address, {"page": address, "platform": "Жарты", "purpose": "", "switch": "lang-ru"})
    page = seat.follow(changed)
    assert heading(page) == "Платформа и цель"
    assert value(page, "platform") == "Жарты"
    cabinet.wall.pass_by(hours=2)
    ended = seat.post(address, {"page": address, "platform": "Бүтін", "purpose": "Мақсат", "go": "on"})
    assert ended.location.startswith("/cabinet/sign-in?next=")
    signed_in = seat.sign_in_with("company_head", ended.location.split("next=")[1])
    back = seat.get(signed_in.location)
    assert value(back, "platform") == "Бүтін"
    assert "Ничего не потеряно" in text(back)


@pytest.mark.law("A2.1")
def test_addresses_are_added_and_removed_without_a_script(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    first = {"addresses-0-postcode": "010000", "addresses-0-region": "Астана қаласы"}
    first |= {"addresses-0-street": "Абай", "addresses-0-house": "1"}
    page = seat.save(draft, "addresses", **first, add_row="addresses")
    assert "addresses-1-street" in fields(page)
    assert seat.save(draft, "addresses", **first).status_code == 303
    second = {name.replace("-0-", "-1-"): text for name, text in first.items()} | {"addresses-1-street": "Абылай"}
    assert seat.save(draft, "addresses", **first, **second).status_code == 303
    assert [row["street"] for row in draft_of(seat, draft).answers["addresses"]] == ["Абай", "Абылай"]
    page = seat.save(draft, "addresses", remove_row="addresses-0")
    seat.post(f"{draft}/pages/addresses", {**fields(page), "go": "on"})
    assert [row["street"] for row in draft_of(seat, draft).answers["addresses"]] == ["Абылай"]


@pytest.mark.law("R2.1")
def test_an_empty_address_is_no_address(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready(files=False)
    seat.save(draft, "addresses", **dict.fromkeys(fields(seat.get(f"{draft}/pages/addresses")), ""), go="list")
    assert draft_of(seat, draft).answers["addresses"] == []
    refused = seat.follow(seat.get(f"{draft}/review"))
    assert "Needed for the signature: Address(es) of the activity" in text(refused)


@pytest.mark.law("A1.9.2", "A1.9.3", "A2.1")
def test_a_file_is_taken_by_its_content_under_its_own_name(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    told = {"number": "ТБ-1", "dated": "14.05.2023", "valid_until": "14 05 2033"}
    page = seat.follow(seat.attach(draft, "Тауар белгісі (үзінді).pdf", PDF, **told))
    assert "Added: Тауар белгісі (үзінді).pdf" in text(page)
    assert "№ ТБ-1, dated 14.05.2023, valid until 14.05.2033" in text(page)
    (file,) = files_of(seat, draft)
    assert (file.kind, file.dated, file.valid_until) == ("trade_mark_extract", date(2023, 5, 14), date(2033, 5, 14))
    answer = seat.download(f"{draft}/files/{file.id}/content")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert seat.attach(draft, "сурет.pdf", PNG).status_code == 303
    assert [(each.name, each.media_type) for each in files_of(seat, draft)][1] == ("сурет.pdf.png", "image/png")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"just words", "Only PDF, JPEG and PNG are taken."),
        (b"", "The file is empty."),
        (b"%PDF-1.4\n%%EOF", "The file is damaged and cannot be opened."),
        (b"%PDF-" + bytes(20 * 1024 * 1024), "The file is larger than 20 MB."),
    ],
    ids=["other kind", "empty", "damaged", "too large"],
)
def test_a_file_that_cannot_be_taken_is_told_and_nothing_is_lost(story: Story, content: bytes, sentence: str) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    seat.attach(draft, "бірінші.pdf", PDF)
    refused = seat.attach(draft, "екінші.pdf", content, kind="gift_contract", number="С-15")
    assert refused.status_code == 400
    assert sentence in text(refused)
    assert value(refused, "number") == "С-15"
    assert 'value="gift_contract" selected' in refused.text
    assert [file.name for file in files_of(seat, draft)] == ["бірінші.pdf"]


def test_a_locked_pdf_and_too_much_together_are_told(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    locked, writer = BytesIO(), PdfWriter(BytesIO(PDF))
    writer.encrypt("secret")
    writer.write(locked)
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    assert "protected by a password" in text(seat.attach(draft, "құлып.pdf", locked.getvalue()))
    monkeypatch.setattr("service.usecases.draft_files.MAX_TOTAL_BYTES", len(PDF) + 10)
    assert seat.attach(draft, "бірінші.pdf", PDF).status_code == 303
    full = seat.attach(draft, "екінші.pdf", PDF)
    assert "All files together may have" in text(full)
    (file,) = files_of(seat, draft)
    address = f"{draft}/files/{file.id}"
    seat.get(address)
    replaced = seat.upload(address, "үшінші.png", PNG, {"kind": "gift_contract", "number": "7"})
    assert replaced.status_code == 303
    (file,) = files_of(seat, draft)
    assert (file.name, file.kind, file.number, file.size) == ("үшінші.png", "gift_contract", "7", len(PNG))
    assert seat.post(f"{address}/remove", {}).status_code == 303
    assert files_of(seat, draft) == []


def test_a_good_file_is_kept_though_something_beside_it_is_wrong(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready(files=False)
    wrong = seat.attach(draft, "шарт.pdf", PDF, kind="", dated="40.40.2023")
    assert wrong.status_code == 400
    assert "There is no such day in the calendar." in text(wrong)
    assert "Already stored: шарт.pdf" in text(wrong)
    (file,) = files_of(seat, draft)
    assert "Say of every file which document it is." in text(seat.get(draft))
    refused = seat.follow(seat.get(f"{draft}/review"))
    assert "Needed for the signature: Attachments" in text(refused)
    seat.get(f"{draft}/files/{file.id}")
    told = {"kind": "guarantee_letter", "dated": "01.04.2023"}
    assert seat.post(f"{draft}/files/{file.id}", told).status_code == 303
    assert files_of(seat, draft)[0].dated == date(2023, 4, 1)


@pytest.mark.law("A1.9.1", "A1.9.2", "A1.9.3", "R6.3")
def test_the_applicant_sees_the_same_check_as_the_officer_and_where_to_mend(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    seat.fill(draft)
    seat.save(draft, "applicant", phone="", go="list")
    seat.attach(draft, "шарт.pdf", PDF, kind="sale_contract", valid_until="11.09.2023")
    page = seat.get(draft)
    assert "Not filled in: Telephone." in text(page)
    assert f'href="{draft}/pages/applicant#phone"' in page.text
    assert "The guarantee letter is not attached. row 9 of annex 1 to the Rules" in text(page)
    assert "The validity of шарт.pdf ended on 11.09.2023." in text(page)
    kept = draft_of(seat, draft)
    found = check_documents(files_of(seat, draft), kept.answers, date(2023, 9, 12))
    assert page.text.count('class="status status--bad"') == len(found) == 3


@pytest.mark.law("L64.1", "R3.2")
def test_what_is_missing_warns_and_does_not_stop_the_filing(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready(files=False)
    page = seat.get(f"{draft}/review")
    assert "The officer's check would find now:" in text(page)
    assert seat.file(draft, "company_head").status_code == 303


@pytest.mark.law("A2.3", "A1.10.5")
def test_nothing_can_be_signed_without_two_statements_each_with_its_own_time(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready()
    seat.save(draft, "consents", consent_truth="yes", consent_data="", go="list")
    refused = seat.follow(seat.get(f"{draft}/review"))
    assert "The application cannot be signed yet" in text(refused)
    assert f"{draft}/pages/consents#consent_data" in refused.text
    assert "consent_truth" not in re.findall(r"#(\w+)", refused.text)
    story.at("2023-09-12T10:20:00")
    seat.save(draft, "consents", consent_truth="yes", consent_data="yes")
    confirmed = json.loads(content_to_sign(seat.get(f"{draft}/review")))["confirmed_at"]
    assert confirmed["consent_truth"] < "2023-09-12T04:20:00" < confirmed["consent_data"]


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
    answer = seat.post(f"{draft}/review", sent)
    assert answer.location == f"{draft}/review"
    page = seat.follow(answer)
    assert "The application was changed after this page had shown it." in text(page)
    assert "Басқа платформа" in text(page)
    seat.get(f"{draft}/review")
    other_window.get(f"{draft}/review")
    assert seat.post(f"{draft}/review", sent).location == f"{draft}/review"
    assert not story.program.queries.cases().rows


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


@pytest.mark.law("O2")
def test_outside_the_acts_interval_intake_is_closed_and_drafts_are_kept(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.ready()
    deployed(story, until="in_force_until = 2023-09-11  ")
    home = text(seat.get("/cabinet/"))
    assert "Applications are not taken today." in home
    assert "order No. 130/НҚ were in force until 11 September 2023" in home
    assert "New application" not in home
    assert "Applications are not taken today." in text(seat.follow(seat.post("/cabinet/drafts", {})))
    page = seat.get(draft)
    assert "Review and sign" not in text(page)
    assert "QazToken" in text(seat.get("/cabinet/"))
    stopped = seat.follow(seat.get(f"{draft}/review"))
    assert "Your drafts are kept" in text(stopped)
    assert draft_of(seat, draft).answers["platform"] == "QazToken"


@pytest.mark.law("R6.2")
def test_a_new_application_begins_with_the_answers_and_files_of_an_old_one(story: Story) -> None:
    case = story.file("company_head", {**TRADE, "platform": "Ескі платформа"}, [TITLE, LETTER])
    seat = Cabinet(story).seat("company_head")
    seat.get(f"/cabinet/cases/{case.id}")
    draft = seat.post(f"/cabinet/cases/{case.id}/again", {}).location
    assert case.number in text(seat.get(draft))
    kept = draft_of(seat, draft)
    assert kept.answers["platform"] == "Ескі платформа"
    assert "consent_truth" not in kept.answers
    assert [file.kind for file in files_of(seat, draft)] == ["trade_mark_extract", "guarantee_letter"]
    assert len(story.program.queries.case(case.id).attachments) == 2


def test_a_draft_is_deleted_only_after_asking(story: Story) -> None:
    seat = Cabinet(story).seat("company_head")
    draft = seat.begin()
    seat.attach(draft, "үзінді.pdf", PDF)
    assert heading(seat.get(f"{draft}/delete")) == "Delete the draft?"
    assert seat.get(draft).status_code == 200
    assert seat.post(f"{draft}/delete", {}).location == "/cabinet/"
    assert seat.get(draft).status_code == 404


@pytest.mark.law("A2.1")
def test_hints_show_the_day_of_the_program_and_no_label_says_twice_that_it_may_stay_empty(story: Story) -> None:
    seat = Cabinet(story).seat("company_head", "ru")
    draft = seat.begin()
    applicant = text(seat.get(f"{draft}/pages/applicant"))
    assert "Отчество (при наличии)" in applicant
    assert "(при наличии) (" not in applicant
    story.at("2023-09-13T10:00")
    assert "Например, 13.09.2023" in text(seat.get(f"{draft}/files"))
    wrong = seat.attach(draft, "a.pdf", PDF, valid_until="31.31.2023")
    assert "22.11.2026" not in text(seat.get(f"{draft}/files")) + text(wrong)
