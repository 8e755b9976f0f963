"""An answer on paper at the desks of the chancellery and of the reviewing body: recorded, shown, or come too late."""

from __future__ import annotations

import base64
import io
import re

import pytest

from tests.complaints import Complaints
from tests.usecases.by_post import decided, delivered, invited
from tests.usecases.on_paper import silent
from tests.web.cabinet import PDF, Cabinet
from tests.web.office import Desk, Office, content_to_sign, faults, hidden, text

SAID = {"received_on": "18.09.2023", "text": "Шешіммен келіспеймін", "oral": "yes"}
LINK = "Record an answer that came on paper"


def scan(content: bytes = PDF) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), "хат.pdf"


def shown(desk: Desk, address: str) -> dict[str, object]:
    """The page, and what it sends along by itself."""
    page = desk.get(address)
    assert page.status_code == 200
    standing = re.search(r'name="standing" value="([^"]+)"', page.text)
    assert standing is not None
    return {**hidden(page), "standing": standing[1]}


@pytest.mark.law("L73.3", "L64.1", "L69.1")
@pytest.mark.parametrize("login", ["chancellery", "reviewer"])
def test_it_is_recorded_from_the_case_and_stands_there_and_at_the_hearing(complaints: Complaints, login: str) -> None:
    complaint = invited(complaints)
    delivered(complaints, complaint, "2023-09-15")
    complaints.at("2023-09-20T09:30")
    desk, case = Office(complaints).desk(login), f"/office/cases/{complaint.id}"
    assert LINK in text(desk.get(case))
    done = desk.post(f"{case}/answer", {**shown(desk, f"{case}/answer"), **SAID, "scan": scan()})
    assert (done.status_code, done.location) == (303, case)
    said = text(desk.get(case))
    assert "The answer is with the case." in said
    assert "Шешіммен келіспеймін 18.09.2023 On paper Oral hearing asked for хат.pdf" in said
    assert "An answer of the person who complained was recorded: a paper that came on 18.09.2023." in said
    officer = complaints.officer(login).name
    assert officer in said[said.index("An answer of the person who complained was recorded") :][:200]
    reviewer = Office(complaints).desk("reviewer")
    task = text(reviewer.open(complaint))
    assert "Шешіммен келіспеймін 18.09.2023 On paper Oral hearing asked for хат.pdf" in task
    assert LINK in task
    assert "The time for an objection ended on 19.09.2023, 18:30." in task
    assert "The decision may be signed from 20.09.2023." in task
    assert "A refusal" not in task
    file = re.search(rf'href="({case}/files/\d+)"', desk.get(case).text)
    assert file is not None
    assert desk.file(file[1]).data == PDF
    cabinet = text(Cabinet(complaints).seat("company_head").get(f"/cabinet/cases/{complaint.id}/complaint"))
    assert "18.09.2023 On paper In time Asks for an oral hearing Шешіммен келіспеймін хат.pdf" in cabinet


@pytest.mark.law("L73.3", "L66.1")
def test_the_cabinet_counts_the_days_for_an_answer_from_the_delivery(complaints: Complaints) -> None:
    complaint, seat = invited(complaints), Cabinet(complaints).seat("company_head")
    case = f"/cabinet/cases/{complaint.id}"
    assert "You may object to the preliminary decision until" not in text(seat.get("/cabinet/"))
    waiting = text(seat.get(f"{case}/position"))
    assert "on its way to you by post. The time for your answer, 2 working days, counts from the day" in waiting
    assert "You may answer until" not in waiting
    delivered(complaints, complaint, "2023-09-15")
    assert "You may object to the preliminary decision until 19.09.2023" in text(seat.get("/cabinet/"))
    for page in (f"{case}/position", f"{case}/complaint"):
        said = text(seat.get(page))
        assert "You may answer until 19 September 2023, 18:30" in said
        assert "on its way to you by post" not in said


@pytest.mark.law("L73.3", "L66.1")
def test_who_reads_the_invitation_in_the_cabinet_has_the_days_from_then_on(complaints: Complaints) -> None:
    complaint, seat = invited(complaints), Cabinet(complaints).seat("company_head")
    complaints.at("2023-09-13T10:00")
    page = seat.get(f"/cabinet/cases/{complaint.id}/complaint")
    assert "You may answer until 15 September 2023, 18:30" in text(page)


@pytest.mark.law("L73.3", "L73.4")
def test_who_signs_meanwhile_reads_the_answer_first(complaints: Complaints) -> None:
    complaint, office = decided(complaints), Office(complaints)
    reviewer, case = office.desk("reviewer"), f"/office/cases/{complaint.id}"
    address = reviewer.send(complaint, decision="sign").location
    page = reviewer.get(address)
    assert "What was said to the preliminary decision" not in text(page)
    clerk = office.desk("chancellery")
    clerk.post(
        f"{case}/answer",
        {**shown(clerk, f"{case}/answer"), **SAID, "received_on": "14.09.2023", "oral": "no", "scan": scan()},
    )
    cms = complaints.pki.sign_cms("review_officer", content_to_sign(page))
    refused = reviewer.post(address, {"seen": "0", "signature": base64.b64encode(cms).decode()})
    assert refused.status_code == 409
    assert "The case has changed An answer was recorded after this document was prepared." in text(refused)
    again = reviewer.post(f"{address}/again", {})
    said = text(reviewer.get(again.location))
    assert "What was said to the preliminary decision Шешіммен келіспеймін 14.09.2023" in said
    assert f'action="{address}/again"' in refused.text


@pytest.mark.law("L73.3")
def test_a_late_one_is_taken_and_told_as_late(complaints: Complaints) -> None:
    complaint = invited(complaints)
    delivered(complaints, complaint, "2023-09-13")
    complaints.at("2023-09-20T09:30")
    desk, case = Office(complaints).desk("chancellery"), f"/office/cases/{complaint.id}"
    done = desk.post(f"{case}/answer", {**shown(desk, f"{case}/answer"), **SAID, "scan": scan()})
    said = text(desk.get(done.location))
    assert "It came after the term, so it is shown as late." in said
    assert "On paper Oral hearing asked for Late хат.pdf" in said


@pytest.mark.law("L66.1", "L73.3")
def test_while_the_letter_is_on_its_way_the_hearing_says_so_instead_of_a_day(complaints: Complaints) -> None:
    complaint = invited(complaints)
    page = text(Office(complaints).desk("reviewer").open(complaint))
    assert "The invitation has not reached the person yet" in page
    assert "before that silence says nothing" not in page


@pytest.mark.law("L64.1", "L69.1", "A1.9.2")
def test_what_is_wrong_is_told_at_its_field_and_a_good_scan_is_kept(complaints: Complaints) -> None:
    complaint = invited(complaints)
    desk, address = Office(complaints).desk("chancellery"), f"/office/cases/{complaint.id}/answer"
    sends = shown(desk, address)
    empty = desk.post(address, sends)
    assert empty.status_code == 400
    assert [name for name, _told in faults(empty)] == ["text", "oral", "scan"]
    bad = desk.post(address, {**sends, **SAID, "received_on": "11.09.2023", "scan": (io.BytesIO(b"MZ"), "x.pdf")})
    assert [name for name, _told in faults(bad)] == ["received_on", "scan"]
    assert "Choose a day from 12.09.2023 on." in text(bad)
    kept = desk.post(address, {**sends, **SAID, "received_on": "13.09.2023", "scan": scan()})
    assert [told for name, told in faults(kept) if name == "received_on"]
    assert "Kept: хат.pdf" in text(kept)
    assert "Шешіммен келіспеймін" in kept.text
    name = re.search(r'name="kept_file" value="([^"]+)"', kept.text)
    assert name is not None
    done = desk.post(address, {**sends, **SAID, "received_on": "", "kept_file": name[1]})
    assert done.status_code == 303
    assert "хат.pdf" in text(desk.get(done.location))


@pytest.mark.law("L73.3", "L64.1")
def test_a_result_that_was_recorded_meanwhile_is_read_first_and_everything_typed_is_kept(
    complaints: Complaints,
) -> None:
    complaint = invited(complaints)
    delivered(complaints, complaint, "2023-09-12")
    complaints.at("2023-09-15T10:00")
    desk, address = Office(complaints).desk("chancellery"), f"/office/cases/{complaint.id}/answer"
    sends, said = shown(desk, address), {**SAID, "received_on": "14.09.2023", "oral": "no"}
    assert silent(complaints, complaint) == ""
    late = desk.post(address, {**sends, **said, "scan": scan()})
    told = text(late)
    assert late.status_code == 409
    assert "The result of the hearing was recorded while you were working." in told
    assert "What has happened meanwhile" in told
    assert "Hearing: " in told
    assert "Kept: хат.pdf" in told
    assert 'value="14.09.2023"' in late.text
    assert "Шешіммен келіспеймін" in told
    assert complaints.program.queries.case(complaint.id).positions == []
    again = dict(re.findall(r'name="(standing|seen|kept_file)" value="([^"]+)"', late.text))
    assert desk.post(address, {**again, **said}).status_code == 303
    complaints.at("2023-09-18T10:00")
    page = shown(desk, address)
    complaints.reviewed(complaint, "unsatisfied")
    closed = desk.post(address, {**page, **said, "text": "Тағы бір хат", "scan": scan()})
    assert closed.status_code == 409
    assert "The case is closed. Nothing was recorded." in text(closed)
    assert "What the answer says, or in short Тағы бір хат" in text(closed)
    assert "Record the answer" not in text(closed)
    assert desk.get(address).location == f"/office/cases/{complaint.id}"
    assert LINK not in text(desk.get(f"/office/cases/{complaint.id}"))


@pytest.mark.law("L73.3", "L75.1")
def test_nobody_else_is_shown_the_way_to_it(complaints: Complaints) -> None:
    complaint = invited(complaints)
    for login in ("unit", "head", "supervisor"):
        desk = Office(complaints).desk(login)
        assert LINK not in text(desk.get(f"/office/cases/{complaint.id}"))
        assert desk.get(f"/office/cases/{complaint.id}/answer").status_code == 403
    in_cabinet = complaints.forwarded(complaints.granted(), "permit")
    desk = Office(complaints).desk("reviewer")
    assert desk.get(f"/office/cases/{in_cabinet.id}/answer").status_code == 404
