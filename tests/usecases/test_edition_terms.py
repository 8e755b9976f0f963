"""Every term belongs to a version of the rules: a case counts by its own edition, by its `[terms]` and its drawing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from service.domain.case import Case
from service.domain.dated import REVIEWING_BODY
from service.domain.decisions import PreparedDocument
from service.domain.errors import InvalidAnswers
from service.domain.minutes import Minutes
from service.settings import ROOT
from service.usecases.dated_settings import change_setting
from service.usecases.deploy_edition import deploy_edition
from service.usecases.editions import collect
from service.usecases.extend_term import extend_term
from service.usecases.file_access import request_access
from service.usecases.minutes import add_remark
from service.usecases.people import ADMINISTRATOR
from service.usecases.report_error import report_error
from tests.complaints import Complaints
from tests.program import Story
from tests.usecases.beside import duties, heard, minutes_of
from tests.usecases.test_dated_settings import DECREE, NEW_NAME

LONGER = {
    "access_days": 6, "clerical_error_days": 7, "extension_notice_days": 8, "minutes_signed_days": 9,
    "minutes_remarks_days": 1, "remarks_answered_days": 5, "complaint_months": 1, "permit_years": 2,
}  # fmt: skip


def deployed(story: Story, terms: Mapping[str, int], drawn: Mapping[str, str] | None = None) -> int:
    """An edition with other terms and with other days in its drawing, for the cases that are filed from now on."""
    files = dict(collect(ROOT / "processes", ROOT / "forms"))
    act = files["edition.toml"].decode()
    for name, days in terms.items():
        act, changed = re.subn(rf"(?m)^{name} = \d+", f"{name} = {days}", act)
        assert changed == 1
    files["edition.toml"] = act.encode()
    drawing = files["permit.bpmn"].decode()
    for old, new in (drawn or {}).items():
        assert old in drawing
        drawing = drawing.replace(old, new)
    files["permit.bpmn"] = drawing.encode()
    return deploy_edition(story.program, files, ADMINISTRATOR).id


@pytest.mark.law("O1", "L74.1", "L75.1", "L76.3")
def test_duties_of_a_case_have_the_terms_of_its_edition(story: Story) -> None:
    deployed(story, LONGER)
    case, program = heard(story), story.program
    request_access(program, case.id, story.applicant("company_head"))
    document = program.queries.case(case.id).documents[-1]
    report_error(program, document.id, story.officer("head"), "Қате")
    extend_term(program, case.id, story.officer("head"), date(2023, 10, 2), "Тексеру керек")
    with program.unit_of_work() as uow:
        uow.get(Minutes, minutes_of(story, case).id).sent_at = uow.now
        uow.commit()
    story.at("2023-09-18T10:00")
    assert add_remark(program, minutes_of(story, case).id, story.applicant("company_head"), "Келіспеймін").late
    kinds = ("give_case_file", "correct_error", "notify_extension", "sign_minutes", "answer_remarks")
    assert [duties(story, case, kind)[0].days for kind in kinds] == [6, 7, 8, 9, 5]


@pytest.mark.law("O1", "L92.1", "A3.2", "R11.1")
def test_a_permit_that_a_complaint_brings_is_entered_as_it_is_signed(complaints: Complaints) -> None:
    refused = complaints.refused()
    deployed(complaints, LONGER)
    complaint = complaints.forwarded(refused, "refusal")
    assert complaints.complaint(complaint).months == 1
    complaints.considered(complaint, "adopt", new_permit="true", action="Рұқсат беру")
    complaints.work("reviewer", complaint, "task_sign_new_act", decision="sign")
    complaints.work("reviewer", complaint, "task_sign_review", decision="sign")
    entry = complaints.program.queries.case(refused.id).entry
    assert entry is not None
    assert (entry.issued_on, entry.valid_until) == (date(2023, 9, 18), date(2026, 9, 18))


def test_only_names_that_an_expression_reads_enter_the_data_of_a_case(story: Story) -> None:
    with story.program.reading() as uow:
        named = story.program.editions.of(uow, 1, "permit").named
    assert {"registered_on", "complete", "decision"} <= named
    assert not {"working_days_after", "yes", "and"} & named


@pytest.mark.law("R13.1", "D11", "R2.2")
def test_letters_on_a_complaint_name_the_reviewing_body_of_their_day(complaints: Complaints) -> None:
    change_setting(complaints.program, REVIEWING_BODY, date(2023, 9, 12), NEW_NAME, DECREE, ADMINISTRATOR)
    complaint = complaints.registered(complaints.filed(), track="service", contests="service", official="Кеңсе")
    complaints.work("unit", complaint, "task_answer_complaint", answer_result="unjustified", answer="Негізсіз")
    complaints.work("head", complaint, "task_sign_answer", decision="sign")
    assert said(complaints, complaint, "complaint_answer")["appeal"]["body"]["kk"] == NEW_NAME["kk"]
    complaint = complaints.forwarded(complaints.granted(), "permit")
    complaints.reviewed(complaint, "cancel")
    assert said(complaints, complaint, "review_decision")["body"]["name"]["kk"] == NEW_NAME["kk"]


@pytest.mark.law("O1", "A1.4", "R8.1", "R8.3", "L73.1")
def test_a_drawing_with_other_days_changes_the_rules_and_the_letters(story: Story) -> None:
    drawn = {
        "working_days_after(registered_on, 5)": "working_days_after(registered_on, 8)",
        "working_days_after(notified_on, 2)": "working_days_after(notified_on, 3)",
        "working_days_after(notified_on, 3))": "working_days_after(notified_on, 4))",
    }
    edition, program = deployed(story, {}, drawn), story.program
    with program.reading() as uow:
        terms = program.editions.of(uow, edition, "permit").terms
    counted = ("completeness_due", "service_due", "hearing_latest", "refusal_earliest", "hearing_notice_latest")
    assert [terms[key] for key in counted] == [2, 8, 3, 4, -6]
    case = story.invited(hearing_on="2023-09-15")
    assert said(story, case, "preliminary_decision")["refusal_earliest"] == "2023-09-18"
    with pytest.raises(InvalidAnswers) as early:
        extend_term(program, case.id, story.officer("head"), date(2023, 9, 22), "Тексеру керек")
    assert set(early.value.data["errors"]) == {"until"}
    extend_term(program, case.id, story.officer("head"), date(2023, 9, 25), "Тексеру керек")


def said(story: Story, case: Case, kind: str) -> dict[str, Any]:
    """What the latest paper of a kind says."""
    with story.program.reading() as uow:
        papers = [each for each in uow.list(PreparedDocument, case_id=case.id) if each.kind == kind]
    return papers[-1].content
