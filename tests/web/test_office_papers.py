"""Papers are read, signed in the browser and delivered; files of a case go to officers only."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from service.adapters.files import FileStore
from service.demo.people import Paper
from service.domain.case import Case
from service.domain.decisions import PreparedDocument
from service.domain.files import StorageFull
from service.domain.people import Officer
from service.usecases.consent import withdraw_consent
from tests.program import CONFORMS, LETTER, TITLE, TRADE, Story
from tests.web.ground_visitor import heading
from tests.web.office import Desk, Office, content_to_sign, text


@pytest.fixture
def office(story: Story) -> Office:
    return Office(story)


def to_sign(office: Office) -> Case:
    """The permit waits for the head."""
    return office.story.work("unit", office.story.complete(), "task_examine", **CONFORMS)


def prepared(desk: Desk, case: Case) -> str:
    """Let the paper be prepared; its page."""
    answer = desk.send(case, decision="sign")
    assert answer.status_code == 303, text(answer)
    return str(answer.location)


def signature(office: Office, persona: str, content: bytes) -> str:
    return base64.b64encode(office.story.pki.sign_cms(persona, content)).decode()


@pytest.mark.law("R9.1", "R9.2", "R11.1", "R7.2")
def test_the_head_reads_the_permit_signs_it_and_sees_it_delivered(office: Office) -> None:
    case, head = to_sign(office), office.desk("head")
    address = prepared(head, case)
    page = head.get(address)
    assert heading(page) == "Permit KZ-2023-000001"
    assert "TEST SIGNATURE" in text(page)
    assert "The number KZ-2023-000001 is given at the moment of your signature" in text(page)
    link = re.search(r'href="(/office/papers/[^"]+\.pdf)"', page.text)
    assert link is not None
    paper = head.file(link[1])
    assert (paper.mimetype, paper.data[:5]) == ("application/pdf", b"%PDF-")
    answer = head.post(address, {"signature": signature(office, "ministry_head", content_to_sign(page))})
    assert answer.location == f"/office/cases/{case.id}"
    said = text(head.follow(answer))
    assert "Signed and sent: Permit KZ-2023-000001." in said
    assert "In the register: KZ-2023-000001, valid until 12.09.2026" in said
    assert "Delivered: 12.09.2023, 10:00." in said


@pytest.mark.law("R2.4", "R9.1")
@pytest.mark.parametrize(
    ("persona", "why"),
    [("ministry_acting", "The key belongs to another person."), ("revoked", "The certificate was revoked.")],
)
def test_a_signature_that_will_not_do_is_refused_with_its_reason(office: Office, persona: str, why: str) -> None:
    case, head = to_sign(office), office.desk("head")
    address = prepared(head, case)
    answer = head.post(address, {"signature": signature(office, persona, content_to_sign(head.get(address)))})
    assert answer.status_code == 400
    assert why in text(answer)
    assert office.story.open_task(case).element == "task_sign_permit"
    for sent, told in (
        ("not base64", "The signature is damaged. Sign again."),
        (base64.b64encode(bytes(30_000)).decode(), "The signature is too long for the document."),
    ):
        answer = head.post(address, {"signature": sent})
        assert (answer.status_code, told in text(answer)) == (400, True)


@pytest.mark.law("R9.1")
def test_a_paper_of_an_older_hour_is_prepared_again_with_the_same_answers(office: Office) -> None:
    case, head = to_sign(office), office.desk("head")
    address = prepared(head, case)
    content = content_to_sign(head.get(address))
    office.story.at("2023-09-12T10:45:00")
    with office.program.reading() as uow:
        (waits,) = uow.list(PreparedDocument, case_id=case.id)
    assert office.program.files.remove(waits.sha256, timedelta(0))
    assert "The document must be prepared again" in text(head.get(address))
    late = head.post(address, {"signature": signature(office, "ministry_head", content)})
    assert (late.status_code, heading(late)) == (409, "The document must be prepared again")
    again = head.post(f"{address}/again", {})
    page = head.get(again.location)
    assert heading(page) == "Permit KZ-2023-000001"
    done = head.post(again.location, {"signature": signature(office, "ministry_head", content_to_sign(page))})
    assert done.status_code == 303


@pytest.mark.law("A1.10.5", "R9.1")
def test_who_signs_after_the_consent_was_withdrawn_reads_so_and_prepares_the_permit_again(office: Office) -> None:
    case, head = to_sign(office), office.desk("head")
    address = prepared(head, case)
    content = content_to_sign(head.get(address))
    withdraw_consent(office.program, case.id, office.story.applicant("company_head"), "Келіспеймін")
    refused = head.post(address, {"signature": signature(office, "ministry_head", content)})
    assert (refused.status_code, heading(refused)) == (409, "The case has changed")
    assert "The applicant has withdrawn the consent after this document was prepared." in text(refused)
    assert f'action="{address}/again"' in refused.text


@pytest.mark.law("A3.5", "R9.1")
def test_who_signs_with_a_new_certificate_prepares_the_paper_once_more(office: Office) -> None:
    case, head = to_sign(office), office.desk("head")
    with office.program.unit_of_work() as uow:
        uow.get(Officer, office.story.officer("head").officer_id).certificate_serial = "abc"
        uow.commit()
    address = prepared(head, case)
    content = content_to_sign(head.get(address))
    refused = head.post(address, {"signature": signature(office, "ministry_head", content)})
    assert refused.status_code == 409
    assert "You have signed with another certificate than the document names." in text(refused)
    assert f'action="{address}/again"' in refused.text
    again = head.post(f"{address}/again", {}).location
    content = content_to_sign(head.get(again))
    assert head.post(again, {"signature": signature(office, "ministry_head", content)}).status_code == 303


@pytest.mark.law("A3.3")
def test_of_two_papers_with_one_number_the_second_is_prepared_again(office: Office) -> None:
    first, head = to_sign(office), office.desk("head")
    second = office.story.work("unit", office.story.complete("entrepreneur"), "task_examine", **CONFORMS)
    addresses = [prepared(head, case) for case in (first, second)]
    contents = [content_to_sign(head.get(address)) for address in addresses]
    answers = [
        head.post(address, {"signature": signature(office, "ministry_head", content)})
        for address, content in zip(addresses, contents, strict=True)
    ]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert "Another document has taken this number meanwhile." in text(answers[1])
    again = head.post(f"{addresses[1]}/again", {})
    assert heading(head.get(again.location)) == "Permit KZ-2023-000002"


def test_nobody_else_sees_or_signs_a_prepared_paper(office: Office) -> None:
    case, head, acting = to_sign(office), office.desk("head"), office.desk("acting")
    address = prepared(head, case)
    acting.get("/office/")
    assert acting.get(address).status_code == 403
    assert acting.post(address, {"signature": "eA=="}).status_code == 403
    assert "forbidden" in [entry.action for entry in office.program.queries.office_journal().rows]


@pytest.mark.law("L69.1", "R9.1")
def test_without_room_for_the_signed_paper_the_head_is_told_and_signs_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_anything: object) -> None:
        raise StorageFull()

    case, head = to_sign(office), office.desk("head")
    address = prepared(head, case)
    signed = {"signature": signature(office, "ministry_head", content_to_sign(head.get(address)))}
    with monkeypatch.context() as patched:
        patched.setattr(FileStore, "put", full)
        for language, told in (
            ("kk", "Біздің қоймамыз толып қалды."),
            ("ru", "Наше хранилище заполнено."),
            ("en", "Our storage is full."),
        ):
            desk = office.desk("head", language)
            desk.get(address)
            answer = desk.post(address, signed)
            assert (answer.status_code, told in text(answer)) == (503, True)
    assert head.post(address, signed).status_code == 303


def test_of_two_signatures_the_second_learns_that_it_is_done(office: Office) -> None:
    case, head = to_sign(office), office.desk("head")
    address = prepared(head, case)
    signed = {"signature": signature(office, "ministry_head", content_to_sign(head.get(address)))}
    assert head.post(address, signed).status_code == 303
    again = head.post(address, signed)
    assert (again.status_code, heading(again)) == (409, "You have already done this")
    assert "was done at 12.09.2023, 10:00. What you have sent now was not saved" in text(again)
    assert len(office.program.queries.case(case.id).documents) == 1


@pytest.mark.law("R8.1", "R9.1")
def test_the_head_sends_a_paper_back_with_a_reason_and_signs_nothing(office: Office) -> None:
    case, head = to_sign(office), office.desk("head")
    without = head.send(case, decision="return")
    assert without.status_code == 400
    answer = head.send(case, decision="return", return_reason="Қорытындыны толықтырыңыз")
    assert answer.location == "/office/"
    said = text(office.desk("unit").open(case))
    assert "Examine for conformity with the rules" in said
    assert "Қорытындыны толықтырыңыз" in said


@pytest.mark.law("L69.1")
def test_files_come_under_their_own_names_and_run_nothing(office: Office) -> None:
    case = office.story.file("company_head", TRADE, [TITLE, LETTER, Paper("gift_contract", 'Сыйға "тарту"; шарты')])
    desk = office.desk("unit")
    files = office.program.queries.case(case.id).attachments
    for file in files:
        answer = desk.file(f"/office/cases/{case.id}/files/{file.id}")
        assert answer.data[:5] == b"%PDF-"
        assert f"filename*=UTF-8''{quote(file.name, safe='')}" in answer.headers["Content-Disposition"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    other = office.story.filed("entrepreneur")
    assert desk.get(f"/office/cases/{other.id}/files/{files[0].id}").status_code == 404
    assert office.visitor().get(f"/office/cases/{case.id}/files/{files[0].id}").status_code == 303


@pytest.mark.law("L69.1", "R3.2", "A2.1")
def test_officers_open_the_application_as_it_was_filed(office: Office) -> None:
    case = office.story.filed()
    filed = office.program.queries.case(case.id).application
    assert filed is not None
    desk = office.desk("unit")
    assert f"Application {case.number}" in text(desk.get(f"/office/cases/{case.id}"))
    answer = desk.file(f"/office/cases/{case.id}/documents/{filed.id}")
    assert answer.data == office.program.files.read(filed.sha256)


@pytest.mark.law("R9.1", "R7.1")
def test_who_signs_reads_what_is_due_when_and_what_the_step_before_has_found(office: Office) -> None:
    case, head = to_sign(office), office.desk("head")
    said = text(head.get(prepared(head, case)))
    assert "This task is due 15 September 2023, 18:30" in said
    assert "End of the service term 19 September 2023" in said
    assert "The step before Examine for conformity with the rules БӨЛІМОВА ҰЛЖАН, 12.09.2023, 10:00" in said
    assert f"Conclusion {CONFORMS['conclusion']}" in said
