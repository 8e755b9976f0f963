"""What the chancellery reads of papers that go by post, of a scan, and of who did something in the journal."""

from __future__ import annotations

import pytest

from service.domain.case import JournalEntry
from service.usecases.post_papers import post_paper, record_delivery
from service.web.officer import journal
from service.web.officer.reading import Words, edition_of
from tests.complaints import Complaints
from tests.usecases.on_paper import answered_on_paper, taken
from tests.web.office import Office, text


@pytest.mark.law("L66.1", "L64.1")
def test_a_letter_that_came_back_can_still_be_read_by_who_has_posted_it(complaints: Complaints) -> None:
    _complaint, duty = answered_on_paper(complaints)
    clerk, desk = complaints.officer("chancellery"), Office(complaints).desk("chancellery")
    post_paper(complaints.program, duty.id, clerk, "RR-1", "2023-09-12")
    record_delivery(complaints.program, duty.id, clerk, "came_back", "2023-09-12", "Мекенжайда тұрмайды")
    page = desk.get(f"/office/duties/{duty.id}")
    assert page.status_code == 200
    assert "RR-1" in text(page)
    assert 'name="result"' not in page.text
    assert Office(complaints).desk("administrator").get(f"/office/duties/{duty.id}").status_code == 403


@pytest.mark.law("L66.1", "L64.1")
def test_a_paper_that_goes_by_post_is_delivered_when_the_letter_is_and_not_when_it_is_signed(
    complaints: Complaints,
) -> None:
    complaint, duty = answered_on_paper(complaints)
    clerk, desk = complaints.officer("chancellery"), Office(complaints).desk("chancellery")
    case = f"/office/cases/{complaint.id}"
    assert "Delivery: to be posted." in text(desk.get(case))
    post_paper(complaints.program, duty.id, clerk, "RR-1", "2023-09-12")
    record_delivery(complaints.program, duty.id, clerk, "handed_over", "2023-09-12")
    said = text(desk.get(case))
    assert "Delivery: handed over 12.09.2023, RR-1." in said
    assert "Delivered: " not in said


@pytest.mark.law("L69.1")
@pytest.mark.parametrize(
    ("role", "said"), [("", ""), ("unknown", ", not signed in"), ("unit", ", responsible unit"), ("system", None)]
)
def test_the_journal_says_who_in_words(complaints: Complaints, role: str, said: str | None) -> None:
    office, case = Office(complaints), complaints.filed()
    entry = JournalEntry(case.id, case.received_at, "Б. Кеңсебаев", role, "sign_in_refused", "", details={})
    with office.app.test_request_context("/office/?lang=en"):
        assert journal.line(entry, Words(edition_of(case.edition_id, "permit")), {}).who == (
            "The program" if said is None else f"Б. Кеңсебаев{said}"
        )


@pytest.mark.law("R13.2", "L97.1")
def test_who_works_on_a_complaint_reads_that_a_stranger_complains_and_of_other_complaints(
    complaints: Complaints,
) -> None:
    granted = complaints.granted()
    own = complaints.registered(granted, "permit")
    stranger = taken(complaints, granted, name="Басқа ЖШС", bin=complaints.applicant("company2_head").bin)
    desk = Office(complaints).desk("chancellery")
    said = text(desk.get(f"/office/cases/{stranger.id}"))
    assert f"Not the person whose case it is; that is {granted.applicant_name}" in said
    assert f"Other complaints about the case {own.number}" in said
    assert "Not the person whose case it is" not in text(desk.get(f"/office/cases/{own.id}"))
