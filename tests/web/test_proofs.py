"""What proves a case can be fetched by those who may, and the key to check it by everybody."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest

from service.bootstrap import offline
from service.usecases.seal_journal import seal_journal
from service.usecases.verify_package import verify_package
from service.web import create_app
from service.web.public import public
from tests.complaints import Complaints
from tests.program import Story
from tests.web.cabinet import Cabinet
from tests.web.ground_visitor import Visitor
from tests.web.office import Office


@pytest.mark.law("L69.1", "R13.3")
def test_the_head_takes_the_package_of_a_case_and_leaves_a_line(story: Story) -> None:
    office, case = Office(story), story.assigned()
    head = office.desk("head")
    assert f"/office/cases/{case.id}/package.zip" in head.get(f"/office/cases/{case.id}").text
    answer = head.file(f"/office/cases/{case.id}/package.zip")
    assert zipfile.is_zipfile(io.BytesIO(answer.data))
    ours = offline(story.program.settings)
    assert verify_package(answer.data, ours.keys.verify, ours.engine_for).genuine
    assert story.said(case)[-1] == "package_fetched"
    assert office.desk("unit").file(f"/office/cases/{case.id}/package.zip").status_code == 403


@pytest.mark.law("L69.1", "R13.3")
def test_the_reviewing_body_takes_the_package_as_it_was_sent_byte_for_byte(complaints: Complaints) -> None:
    complaint = complaints.registered(complaints.refused(), "refusal")
    address, office = f"/office/cases/{complaint.id}/sent-package.zip", Office(complaints)
    assert address not in office.desk("head").get(f"/office/cases/{complaint.id}").text
    assert office.desk("head").file(address).status_code == 404
    complaints.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Акт заңды")
    complaints.program.sweep()
    reviewer = office.desk("reviewer")
    assert address in reviewer.get(f"/office/cases/{complaint.id}").text
    package = reviewer.file(address).data
    assert hashlib.sha256(package).hexdigest() == complaints.complaint(complaint).package_sha256
    assert complaints.said(complaint)[-1] == "package_fetched"
    ours = offline(complaints.program.settings)
    assert verify_package(package, ours.keys.verify, ours.engine_for).genuine


@pytest.mark.law("D25", "A1.11.3", "L75.1")
def test_officers_and_the_applicant_fetch_how_the_dates_were_counted(story: Story) -> None:
    case = story.assigned()
    unit = Office(story).desk("unit")
    assert unit.file(f"/office/cases/{case.id}/terms.pdf").data.startswith(b"%PDF-")
    assert b"ruqsat/terms" in unit.file(f"/office/cases/{case.id}/terms.json").data
    read = [
        line.details["paper"] for line in story.program.queries.case(case.id).journal if line.action == "paper_read"
    ]
    assert read == [f"{case.number}-terms.pdf", f"{case.number}-terms.json"]
    seat = Cabinet(story).seat("company_head")
    assert "How each date was counted (PDF)" in seat.get(f"/cabinet/cases/{case.id}").text
    assert b"ruqsat/terms" in seat.download(f"/cabinet/cases/{case.id}/terms.json").data
    stranger = Cabinet(story).seat("entrepreneur")
    assert stranger.download(f"/cabinet/cases/{case.id}/terms.json").status_code == 404


@pytest.mark.law("L69.1")
def test_everybody_finds_the_key_and_the_last_seal(story: Story) -> None:
    visitor = Visitor(create_app(story.program, [public]).test_client())
    assert "There is no seal yet." in visitor.get("/proof?lang=en").text
    story.filed()
    seal_journal(story.program)
    key = story.program.system_key
    assert key.key_id in visitor.get("/proof").text
    assert visitor.client.get("/proof/key.pem").text == key.public_key
    told = visitor.client.get("/proof.json").json
    assert told is not None
    assert (told["key_id"], told["seal"]["number"]) == (key.key_id, 1)
