"""Sentences and letters tell the terms of the edition, not those of 2023 (O1)."""

from __future__ import annotations

from datetime import date

import pytest

from service.domain.calendar import WorkCalendar
from service.domain.case import Case
from service.domain.channels import MAIL
from service.domain.deadlines import local
from service.domain.messages import OutboxMessage
from service.domain.timers import counted_terms, diagram_functions
from service.settings import ROOT
from service.usecases.deploy_edition import deploy_edition
from service.usecases.editions import collect
from service.usecases.people import ADMINISTRATOR
from service.usecases.wording import mail_of
from tests.complaints import Complaints
from tests.papers import pdf_text
from tests.program import CONFORMS
from tests.usecases.beside import heard, signed_minutes
from tests.web.cabinet import Cabinet
from tests.web.office import Office, text

OTHER_TERMS = {
    "complaint_months = 3 ": "complaint_months = 1 ",
    "access_days = 3": "access_days = 6",
    "clerical_error_days = 3": "clerical_error_days = 7",
    "minutes_remarks_days = 3": "minutes_remarks_days = 9",
    "objection_days = 2": "objection_days = 4",
}
OTHER_DRAWINGS = {
    "appeal.bpmn": {
        "working_days_after(received_on, 3)": "working_days_after(received_on, 4)",
        "working_days_after(registered_on, 5)": "working_days_after(registered_on, 6)",
        "working_days_after(review_registered_on, 15)": "working_days_after(review_registered_on, 12)",
    },
    "permit.bpmn": {
        "notified_on, 3, 5)": "notified_on, 4, 5)",
        "working_days_after(registered_on, 5)": "working_days_after(registered_on, 7)",
    },
}


@pytest.fixture
def changed(complaints: Complaints) -> Complaints:
    """An edition whose terms are others, for what is filed from now on."""
    files = dict(collect(ROOT / "processes", ROOT / "forms"))
    for name, pairs in {"edition.toml": OTHER_TERMS, **OTHER_DRAWINGS}.items():
        said = files[name].decode()
        for old, new in pairs.items():
            assert old in said
            said = said.replace(old, new)
        files[name] = said.encode()
    deploy_edition(complaints.program, files, ADMINISTRATOR)
    return complaints


@pytest.mark.printed
@pytest.mark.law("O1", "L80.5", "L92.1", "R13.3", "R14.1", "R14.2")
def test_the_attachment_on_complaints_tells_the_terms_of_its_edition(changed: Complaints) -> None:
    refused = changed.not_considered()
    said = " ".join(
        pdf_text(changed.program.files.read(changed.document(refused, "notice_not_considered").sha256)).split()
    )
    assert "1 (бір) ай ішінде" in said
    assert "4 (төрт) жұмыс күнінен кешіктірмей" in said
    assert "6 (алты) жұмыс күні ішінде" in said
    assert "12 (он екі) жұмыс күні ішінде" in said


@pytest.mark.law("O1", "A1.4", "L92.1", "L75.1", "R13.3", "L82.1")
def test_pages_tell_the_terms_of_the_edition(changed: Complaints) -> None:
    granted = changed.granted()
    seat, head = Cabinet(changed).seat("company_head"), Office(changed).desk("head")
    assert "About the service Term 7 working days" in text(seat.get(seat.post("/cabinet/drafts", {}).location))
    page = text(seat.get("/cabinet/complain"))
    assert "The term from learning of it: 1 month." in page
    assert "The provider may satisfy it fully (4 working days)." in page
    assert "That body decides (12 working days)." in page
    file = f"/cabinet/cases/{granted.id}/file"
    assert "The term to open it from your request: 6 working days." in text(seat.get(file))
    assert seat.post(file, {"reason": ""}).status_code == 303
    assert "The term to open the file to you: 6 working days." in text(seat.get(file))
    permit = changed.document(granted, "permit")
    assert "corrected in its term (7 working days)" in text(head.get(f"/office/documents/{permit.id}/correct"))
    case = changed.filed()
    assert "The term from learning of it: 1 month." in text(seat.get(f"/cabinet/cases/{case.id}"))
    complaint = changed.complained(case, contests="inaction", official="Бөлім")
    own = text(seat.get(f"/cabinet/cases/{complaint.id}/complaint"))
    assert "If the provider does nothing in its term (4 working days)" in own


def mailed(story: Complaints, case: Case, kind: str) -> str:
    """The letter of a notice as it leaves."""
    program = story.program
    with program.reading() as uow:
        sent = uow.list(OutboxMessage, case_id=case.id, channel=MAIL)
        letter = next(each for each in sent if each.payload["kind"] == kind)
        edition = program.editions.of_case(uow, case)
        return str(mail_of(letter.payload, case, edition, program.calendar)["body"])


@pytest.mark.law("O1", "L66.1", "L74.1", "L73.3", "R14.2")
def test_letters_by_mail_tell_the_terms_of_the_edition(changed: Complaints) -> None:
    case = heard(changed)
    signed_minutes(changed, case)
    assert "4 жұмыс күні ішінде" in mailed(changed, case, "preliminary_decision")
    assert "9 жұмыс күні ішінде" in mailed(changed, case, "hearing_minutes")
    complaint = changed.forwarded(None, contests="action", official="Кеңсе", email="altyn@example.test")
    assert "12 жұмыс күні ішінде" in mailed(changed, complaint, "review_registered")


@pytest.mark.law("O1", "L66.1", "L92.1")
def test_a_letter_by_mail_writes_a_term_of_one_as_one(changed: Complaints) -> None:
    case = changed.filed()
    case.language = "ru"
    program, payload = changed.program, {"kind": "permit_suspended", "to": "altyn@example.test", "permit": "KZ-1"}
    with program.reading() as uow:
        edition = program.editions.of_case(uow, case)
    assert "обжаловать в течение 1 месяца" in mail_of(payload, case, edition, program.calendar)["body"]
    case.language = "en"
    assert "within 1 month" in mail_of(payload, case, edition, program.calendar)["body"]


@pytest.mark.law("O1", "D26")
def test_the_term_of_a_decision_is_the_one_that_the_drawing_names(changed: Complaints) -> None:
    case = changed.work("unit", changed.complete(), "task_examine", **CONFORMS)
    rows = {row.element: local(row.due_at).date() for row in changed.program.queries.case(case.id).running_deadlines()}
    assert rows["deadline_permit"] == date(2023, 9, 18)
    calendar = changed.program.calendar
    anchors = {"completeness_on": date(2023, 9, 12), "registered_on": date(2023, 9, 12)}
    named = "decision_due(completeness_on, registered_on, notified_on, 4, 5)"
    told = [(term.anchor_name, term.explanation.days) for term in counted_terms(named, anchors, calendar)]
    assert told == [("completeness_on", 4), ("registered_on", 5)]


@pytest.mark.law("D26")
def test_a_drawing_that_names_no_numbers_means_those_of_2023(complaints: Complaints) -> None:
    calendar: WorkCalendar = complaints.program.calendar
    decision_due, day = diagram_functions(calendar)["decision_due"], date(2023, 9, 12)
    assert decision_due(day, day, None) == date(2023, 9, 15)
    assert decision_due(day, day, day) == date(2023, 9, 19)
    assert decision_due(day, day, None, 2, 5) == date(2023, 9, 14)
    anchors = {"completeness_on": day, "registered_on": day}
    unnamed = "decision_due(completeness_on, registered_on, notified_on)"
    assert [term.explanation.days for term in counted_terms(unnamed, anchors, calendar)] == [3, 5]
