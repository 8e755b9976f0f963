"""Complaints in the cabinet: begun from a document, a case or nothing, signed, followed to their end."""

from __future__ import annotations

import re

import pytest

from service.domain.case import Case
from service.usecases.drafts import MOST_DRAFTS, open_draft
from service.web.cabinet.contested import about_document
from tests.complaints import Complaints, complaints
from tests.program import DOES_NOT, HEARING, Story
from tests.web.cabinet import PDF, Cabinet, Seat, text
from tests.web.office import Office

__all__ = ["complaints"]


def refused(story: Story) -> Case:
    """A refusal that came to the cabinet on Monday 18 September 2023."""
    case = story.work("unit", story.complete(), "task_examine", **DOES_NOT)
    story.work("unit", case, "task_invite_hearing", **HEARING, hearing_on="2023-09-14")
    story.at("2023-09-15T10:00")
    story.work("unit", case, "task_hold_hearing", hearing_result="silent", outcome="refuse", outcome_reasons="Жоқ")
    story.at("2023-09-18T10:00")
    return story.work("head", case, "task_sign_refusal", decision="sign")


def begin(seat: Seat, about: str) -> str:
    """Begin a complaint; the address of its list of pages."""
    seat.get("/cabinet/complain")
    answer = seat.post("/cabinet/complaints", {"about": about})
    assert answer.status_code == 303, text(answer)
    return answer.location


def about_refusal(story: Story, case: Case) -> str:
    """The value that contests the refusal."""
    return f"document-{case.id}-{story.program.queries.case(case.id).documents[-1].id}"


def registered(story: Story, complaint: Case, track: str = "act") -> Case:
    """Registered by the chancellery and given to the unit."""
    executor = str(story.officer("unit").officer_id)
    return story.work("chancellery", complaint, "task_register_complaint", track=track, executor=executor)


@pytest.mark.law("L64.1")
def test_twenty_drafts_stop_only_what_they_are_drafts_of_and_the_page_says_which(story: Story) -> None:
    case, seat = story.filed(), Cabinet(story).seat("company_head")
    seat.get("/cabinet/")
    for _ in range(MOST_DRAFTS):
        open_draft(story.program, story.applicant("company_head"))
    for address in ("/cabinet/drafts", f"/cabinet/cases/{case.id}/again"):
        assert "You have 20 unsent applications already." in text(seat.follow(seat.post(address, {})))
    for _ in range(MOST_DRAFTS):
        begin(seat, "other")
    stopped = text(seat.follow(seat.post("/cabinet/complaints", {"about": "other"})))
    assert "Another complaint cannot be begun yet You have begun 20 complaints and not sent them." in stopped


@pytest.mark.law("R13.2", "L92.1", "L93.1", "L64.1")
def test_a_complaint_is_begun_at_the_document_filled_in_signed_and_accepted_with_a_number(story: Story) -> None:
    case = refused(story)
    seat = Cabinet(story).seat("company_head")
    page = seat.get(f"/cabinet/cases/{case.id}")
    assert "in time until 19.12.2023" in text(page)
    assert "does not explain how to complain" not in text(page)
    about = re.search(r'name="about" value="(document-[^"]+)"', page.text)
    assert about is not None
    draft = begin(seat, about[1])
    said = text(seat.get(draft))
    assert "Contested act Reasoned refusal № BT-2023-000001 (PDF) Case P-2023-000001" in said
    assert "until 19 December 2023 3 months from 18.09.2023" in said
    assert seat.get(f"{draft}/complaint").location.startswith(f"{draft}?missing=")
    answer = seat.save(draft, "matter", circumstances="Шарт ескерілмеді", evidence="Шарт № 12")
    assert answer.status_code == 303
    seat.upload(f"{draft}/files", "шарт.pdf", PDF, {"kind": "Жалға алу шарты", "number": "12"})
    review = seat.get(f"{draft}/complaint")
    assert "Шарт ескерілмеді" in text(review)
    assert "Жалға алу шарты" in text(review)
    answer = seat.post(f"{draft}/complaint", seat.signed(review, "company_head"))
    receipt = text(seat.get(answer.location))
    assert "The complaint is accepted Its number A-2023-000001" in receipt
    assert "The contested act is not carried out until the complaint is decided" in receipt
    assert "What happens next by 21.09.2023, 18:30 The provider satisfies the complaint fully" in receipt
    assert "25.09.2023" not in receipt
    assert seat.get(f"{draft}/complaint").location == answer.location


@pytest.mark.law("R13.2", "A1.11.3")
def test_the_page_of_a_complaint_says_the_step_who_acts_until_when_and_by_which_point(story: Story) -> None:
    case = refused(story)
    complaint = story.complain("company_head", case, "refusal")
    seat = Cabinet(story).seat("company_head")
    said = text(seat.get(f"/cabinet/cases/{complaint.id}/complaint"))
    assert "A-2023-000001 In progress Against: a reasoned refusal" in said
    assert "Who acts: Chancellery" in said
    registered(story, complaint)
    said = text(seat.get(f"/cabinet/cases/{complaint.id}/complaint"))
    assert "This step ends by 21 September 2023, 18:30" in said
    assert "If the provider does nothing in its term (3 working days), your complaint goes on by itself." in said
    assert "The act is not carried out meanwhile" in said
    assert "You filed the complaint" in said
    contested = text(seat.get(f"/cabinet/cases/{case.id}"))
    assert "Your complaints in this case A-2023-000001 a reasoned refusal In progress" in contested
    assert "Complaints A-2023-000001" in text(seat.get("/cabinet/"))
    assert seat.get(f"/cabinet/cases/{complaint.id}").location == f"/cabinet/cases/{complaint.id}/complaint"


@pytest.mark.law("R13.4")
def test_a_complaint_that_the_provider_satisfies_gives_the_permit_on_both_pages(story: Story) -> None:
    case = refused(story)
    complaint = registered(story, story.complain("company_head", case, "refusal"))
    story.work(
        "unit", complaint, "task_review_complaint", proposal="satisfy", remedy="permit", opinion="Шарт бар екен"
    )  # fmt: skip
    story.work("head", complaint, "task_sign_new_permit", decision="sign")
    story.work("head", complaint, "task_sign_satisfaction", decision="sign")
    seat = Cabinet(story).seat("company_head")
    said = text(seat.get(f"/cabinet/cases/{complaint.id}/complaint"))
    assert "What the complaint has done The provider has satisfied the complaint in full." in said
    contested = text(seat.get(f"/cabinet/cases/{case.id}"))
    assert "The permit is in the state register in force Number KZ-2023-000001" in contested
    assert contested.count("The signature is valid") == 4
    assert "The provider has satisfied the complaint in full." in contested


@pytest.mark.law("R13.3", "L100.1")
def test_a_complaint_that_nobody_answers_goes_on_by_itself_and_its_decision_is_told(story: Story) -> None:
    case = refused(story)
    complaint = registered(story, story.complain("company_head", case, "refusal"))
    story.at("2023-09-22T09:30")
    seat = Cabinet(story).seat("company_head")
    said = text(seat.get(f"/cabinet/cases/{complaint.id}/complaint"))
    assert "Sent on to the reviewing body with the whole case 21.09.2023, 18:30" in said
    story.work("reviewer", complaint, "task_register_review", review_number="12-05/77")
    story.work(
        "reviewer", complaint, "task_consider_complaint",
        outcome="send_back", reasons="Шарт ескерілмеген", violations="9-тармақ бұзылған",
    )  # fmt: skip
    story.work("reviewer", complaint, "task_sign_review", decision="sign")
    said = text(seat.get(f"/cabinet/cases/{complaint.id}/complaint"))
    assert "The case is taken up again with new terms; the violations are named. 9-тармақ бұзылған" in said
    assert "Where the case is now" in text(seat.get(f"/cabinet/cases/{case.id}"))


@pytest.mark.law("U14", "R8.2", "R13.2")
def test_a_missed_term_offers_a_complaint_that_only_has_to_be_signed(story: Story) -> None:
    case = story.assigned()
    story.at("2023-09-15T10:00")
    seat = Cabinet(story).seat("company_head")
    assert "They are late: what now?" in text(seat.get(f"/cabinet/cases/{case.id}"))
    assert "Open the prepared complaint" in text(seat.get(f"/cabinet/cases/{case.id}"))
    draft = begin(seat, f"case-{case.id}")
    review = seat.get(f"{draft}/complaint")
    assert "қадамының мерзімі 14.09.2023, 18:30 аяқталды" in text(review)  # in the language of the case
    answer = seat.post(f"{draft}/complaint", seat.signed(review, "company_head"))
    assert "The complaint is accepted" in text(seat.get(answer.location))


@pytest.mark.law("L93.1", "U14")
def test_who_reads_russian_finds_the_prepared_complaint_in_russian(story: Story) -> None:
    case = story.assigned()
    story.at("2023-09-15T10:00")
    seat = Cabinet(story).seat("company_head", "ru")
    review = seat.get(f"{begin(seat, f'case-{case.id}')}/complaint")
    assert "закончился 14.09.2023, 18:30. На 15.09.2023 он не выполнен." in text(review)


@pytest.mark.law("L92.1", "L64.1")
def test_a_late_complaint_is_accepted_and_marked(story: Story) -> None:
    case = refused(story)
    story.at("2023-12-20T10:00")
    seat = Cabinet(story).seat("company_head")
    draft = begin(seat, about_refusal(story, case))
    assert "The term is over. Your complaint is taken all the same and marked as late." in text(seat.get(draft))
    complaint = story.complain("company_head", case, "refusal")
    assert "Late" in text(seat.get(f"/cabinet/cases/{complaint.id}/complaint"))
    assert "It is accepted and marked as late" in text(seat.get(f"/cabinet/cases/{complaint.id}/complaint/receipt"))


@pytest.mark.law("R13.2", "L64.1")
def test_a_complaint_without_a_case_can_be_filed_by_anybody_who_has_a_key(story: Story) -> None:
    seat = Cabinet(story).seat("person")
    draft = begin(seat, "other")
    seat.save(draft, "contested", contests="action", official="Кеңсе")
    assert "Nothing attached" in text(seat.get(draft))
    assert "only if you are registered as a sole proprietor" in text(seat.get("/cabinet/"))
    seat.save(draft, "complainant", residence="Астана", postal_address="Астана")
    seat.save(draft, "matter", circumstances="Қабылдамады", demands="Қабылдау", evidence="Жоқ")
    review = seat.get(f"{draft}/complaint")
    answer = seat.post(f"{draft}/complaint", seat.signed(review, "person"))
    assert "The complaint is accepted" in text(seat.get(answer.location))


@pytest.mark.law("L95.1", "R13.2")
def test_a_complaint_can_be_withdrawn_after_being_asked_once_more(story: Story) -> None:
    case = refused(story)
    complaint = story.complain("company_head", case, "refusal")
    seat = Cabinet(story).seat("company_head")
    assert "Withdraw the complaint?" in text(seat.get(f"/cabinet/cases/{complaint.id}/withdraw"))
    seat.post(f"/cabinet/cases/{complaint.id}/withdraw", {"reason": "Келістік"})
    said = text(seat.get(f"/cabinet/cases/{complaint.id}/complaint"))
    assert "You have withdrawn the complaint; the act stays as it is." in said


@pytest.mark.law("A1.11.3")
def test_a_complaint_is_nobody_elses(story: Story) -> None:
    complaint = story.complain("company_head", refused(story), "refusal")
    seat = Cabinet(story).seat("entrepreneur")
    for page in ("complaint", "complaint/receipt", "manifest.json"):
        assert seat.get(f"/cabinet/cases/{complaint.id}/{page}").status_code == 404
    seat.get("/cabinet/complain")
    assert seat.post("/cabinet/complaints", {"about": f"case-{complaint.id}"}).status_code == 404
    assert seat.post("/cabinet/complaints", {"about": ""}).status_code == 400


@pytest.mark.law("L100.1", "R8.1")
def test_a_case_that_came_back_invites_to_no_hearing_that_is_over(complaints: Complaints) -> None:
    case = complaints.refused()
    seat = Cabinet(complaints).seat("company_head")
    assert "Preliminary decision and hearing" in text(seat.get(f"/cabinet/cases/{case.id}"))
    complaints.reviewed(complaints.forwarded(case, "refusal"), "cancel")
    assert "Preliminary decision and hearing" not in text(seat.get(f"/cabinet/cases/{case.id}"))


@pytest.mark.law("R13.2", "L80.5")
def test_a_complaint_in_a_refused_case_begins_with_the_refusal(complaints: Complaints) -> None:
    case = complaints.refused()
    seat = Cabinet(complaints).seat("company_head")
    begun = re.findall(r'name="about" value="([^"]+)"', seat.get(f"/cabinet/cases/{case.id}").text)
    assert set(begun) == {about_document(case.id, complaints.document(case, "refusal").id)}


@pytest.mark.law("R13.2", "D6")
def test_the_task_of_registration_is_due_on_the_day_of_the_complaint(complaints: Complaints) -> None:
    complaint = complaints.complained(complaints.granted(), "permit")
    said = text(Office(complaints).desk("chancellery").open(complaint))
    assert "This task is due 12 September 2023, 18:30" in said


@pytest.mark.law("R14.1", "D6", "D27")
def test_the_receipt_of_a_matter_of_the_service_tells_the_answer_and_no_forwarding(complaints: Complaints) -> None:
    complaint = complaints.complained(None, contests="service", official="", email="altyn@example.test")
    page = text(Cabinet(complaints).seat("company_head").get(f"/cabinet/cases/{complaint.id}/complaint/receipt"))
    assert page.count("Day of registration") == 1
    assert "What happens next by 19.09.2023, 18:30 The provider answers with reasons point 14 of the Rules" in page
    assert "goes with the whole case" not in page


@pytest.mark.law("R14.1", "R13.3")
@pytest.mark.parametrize(
    ("result", "more", "told"),
    [
        ("justified", {"measures": "Сервер қосылды"}, "The provider has answered: the complaint is found justified."),
        ("unjustified", {}, "The provider has answered: the complaint is found unjustified."),
    ],
)
def test_a_complaint_about_the_service_says_that_it_is_answered_and_then_what_was_found(
    complaints: Complaints, result: str, more: dict[str, str], told: str
) -> None:
    complaint = complaints.registered(None, track="service", contests="service", body="provider")
    seat = Cabinet(complaints).seat("company_head")
    address = f"/cabinet/cases/{complaint.id}/complaint"
    assert "your complaint goes on by itself" not in text(seat.get(address))
    complaints.work("unit", complaint, "task_answer_complaint", answer_result=result, answer="Портал түзетілді", **more)
    complaints.work("head", complaint, "task_sign_answer", decision="sign")
    said = text(seat.get(address))
    assert told in said
    assert "act stays as it is" not in said


@pytest.mark.law("L93.1", "R14.1")
def test_who_complains_about_the_service_names_no_official_and_reads_that_the_provider_answers(story: Story) -> None:
    seat = Cabinet(story).seat("person")
    draft = begin(seat, "other")
    assert "the provider answers it with reasons (5 working days)" in text(seat.get(draft))
    said = {"contests": "service", "body": "provider", "learned_on": "12.09.2023", "official": ""}
    assert seat.save(draft, "contested", **said).status_code == 303
    refused_page = seat.save(draft, "contested", **{**said, "contests": "action"})
    assert (refused_page.status_code, "The official: Fill in this field." in text(refused_page)) == (400, True)
