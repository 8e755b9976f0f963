"""Minutes of an oral hearing: two signatures of two people, remarks of the applicant, their answers (L74.1)."""

from __future__ import annotations

from datetime import datetime

import pytest

from service.domain.deadlines import ZONE
from service.domain.decisions import SignatureRecord
from service.domain.errors import Forbidden, InvalidAnswers, NotFound, NotLawful
from service.domain.minutes import Minutes
from service.usecases.acts_beside import prepare_act
from service.usecases.applicant_acts import submit_position
from service.usecases.audit import audit
from service.usecases.minutes import MinutesPaper, RemarkAnswer, add_remark
from service.usecases.verify_document import verify_file
from tests.papers import pdf_text
from tests.program import Story
from tests.usecases.beside import (
    HELD,
    duties,
    finish,
    heard,
    minutes_of,
    signed,
    signed_minutes,
    with_signers,
)
from tests.web.office import Office


@pytest.mark.law("L74.1")
def test_an_oral_hearing_lays_the_duty_to_sign_on_two_people_within_two_working_days(story: Story) -> None:
    case = heard(story)
    found = duties(story, case, "sign_minutes")
    assert [duty.details["part"] for duty in found] == ["chair", "secretary"]
    assert {duty.due_at for duty in found} == {datetime(2023, 9, 18, 18, 30, tzinfo=ZONE)}


@pytest.mark.law("L74.1")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes_end": "11:00"}, "minutes_end"),
        ({"minutes_end": "12:01"}, "minutes_end"),
        ({"minutes_start": "10:59"}, "minutes_start"),
        ({"minutes_date": "2023-09-13"}, "minutes_date"),
        ({"minutes_date": "2023-09-15"}, "minutes_date"),
    ],
)
def test_minutes_of_an_hour_that_cannot_be_are_not_recorded(story: Story, changes: dict[str, str], field: str) -> None:
    with pytest.raises(InvalidAnswers) as refused:
        heard(story, **changes)
    assert set(refused.value.data["errors"]) == {field}


@pytest.mark.law("L74.1", "R8.1", "R8.3")
def test_a_hearing_is_not_recorded_as_held_before_the_hour_for_which_it_is_appointed(story: Story) -> None:
    case = story.invited()
    submit_position(story.program, case.id, story.applicant("company_head"), "Келіспеймін.", wants_oral=True)
    story.at("2023-09-14T10:59:00")
    early = {**HELD, "minutes_start": "09:00", "minutes_end": "09:40"}
    with pytest.raises(InvalidAnswers) as refused:
        story.work("unit", case, "task_hold_hearing", **early)
    (problem,) = refused.value.data["errors"].items()
    assert (problem[0], problem[1].code) == ("hearing_result", "hearing_to_come")
    with story.program.reading() as uow:
        assert uow.list(Minutes, case_id=case.id) == []
    story.at("2023-09-14T11:40:00")
    story.work("unit", case, "task_hold_hearing", **HELD)
    assert minutes_of(story, case).starts_at == datetime(2023, 9, 14, 11, tzinfo=ZONE)


@pytest.mark.law("L74.1", "R8.1")
def test_the_page_of_the_hearing_says_from_when_it_may_be_held_and_refuses_it_before(story: Story) -> None:
    case, desk = story.invited(), Office(story).desk("unit")
    told = "The hearing is appointed for 14.09.2023,\u00a011:00: it is held, and its minutes begin, not before."
    assert told in desk.open(case).text
    early = desk.send(case, **{**HELD, "minutes_date": "12.09.2023"})
    assert early.status_code == 400
    assert early.text.count(told) >= 2
    story.at("2023-09-14T11:00:00")
    assert told not in desk.open(case).text


@pytest.mark.printed
@pytest.mark.law("L74.1", "R2.4")
def test_two_people_sign_one_paper_and_the_applicant_receives_it(story: Story) -> None:
    case = heard(story)
    minutes = signed_minutes(story, case)
    view = story.program.queries.case(case.id)
    paper = view.documents[-1]
    assert (paper.kind, paper.number, paper.id) == ("hearing_minutes", "TH-2023-000001", minutes.document_id)
    assert paper.delivered_at == minutes.sent_at
    assert view.notices[-1].kind == "hearing_minutes"
    assert [duty.is_open for duty in duties(story, case, "sign_minutes")] == [False, False]
    pdf = story.program.files.read(paper.sha256)
    text = " ".join(pdf_text(pdf).split())
    for name in ("place", "participants", "question", "explanations", "answers"):
        for line in HELD[f"minutes_{name}"].splitlines():
            assert line in text
    with story.program.reading() as uow:
        records = [row for row in uow.list(SignatureRecord, case_id=case.id) if row.purpose == "hearing_minutes"]
    assert [row.verdict for row in records] == ["valid", "valid"]
    assert len({row.signer_iin for row in records}) == 2
    checked = verify_file(story.program, pdf)
    assert checked.genuine
    assert checked.judgement is not None
    assert checked.judgement.valid
    assert len(checked.signatures) == 2
    assert list(audit(story.program)) == []


@pytest.mark.law("L74.1")
def test_the_secretary_may_sign_before_the_chair(story: Story) -> None:
    case = heard(story)
    minutes = with_signers(story, case)
    for login in ("chancellery", "unit"):
        signed(story, login, MinutesPaper(), case, minutes=minutes.id)
    assert minutes_of(story, case).document_id is not None


@pytest.mark.law("L74.1")
def test_one_person_does_not_sign_for_both_and_nobody_else_signs(story: Story) -> None:
    case = heard(story)
    with pytest.raises(InvalidAnswers):
        with_signers(story, case, "unit", "unit")
    minutes = with_signers(story, case)
    with pytest.raises(NotLawful):
        prepare_act(story.program, MinutesPaper(), case.id, story.officer("head"), {"minutes": minutes.id})
    signed(story, "unit", MinutesPaper(), case, minutes=minutes.id)
    with pytest.raises(NotLawful):
        prepare_act(story.program, MinutesPaper(), case.id, story.officer("unit"), {"minutes": minutes.id})
    with pytest.raises(NotLawful):
        with_signers(story, case, "unit", "acting")


@pytest.mark.law("L74.1")
def test_of_two_who_sign_at_once_the_later_signs_what_the_first_has_signed(story: Story) -> None:
    case = heard(story)
    minutes = with_signers(story, case)
    early = prepare_act(story.program, MinutesPaper(), case.id, story.officer("chancellery"), {"minutes": minutes.id})
    signed(story, "unit", MinutesPaper(), case, minutes=minutes.id)
    with pytest.raises(NotLawful) as refused:
        finish(story, "chancellery", MinutesPaper(), early)
    assert refused.value.code == "signed_meanwhile"
    signed(story, "chancellery", MinutesPaper(), case, minutes=minutes.id)
    assert minutes_of(story, case).document_id is not None


@pytest.mark.law("L74.1", "R8.4")
def test_the_minutes_hold_up_no_decision_and_can_be_signed_after_it(story: Story) -> None:
    case = heard(story)
    story.at("2023-09-15T10:00:00")
    story.work("head", case, "task_sign_refusal", decision="sign")
    assert story.now(case).outcome == "refused"
    assert signed_minutes(story, case).document_id is not None


@pytest.mark.printed
@pytest.mark.law("L74.1", "A4.4")
def test_the_refusal_names_the_minutes_that_are_signed(story: Story) -> None:
    case = heard(story)
    signed_minutes(story, case)
    story.at("2023-09-15T10:00:00")
    story.work("head", case, "task_sign_refusal", decision="sign")
    refusal = story.program.queries.case(case.id).documents[-1]
    assert "TH-2023-000001" in pdf_text(story.program.files.read(refusal.sha256))


@pytest.mark.printed
@pytest.mark.law("L74.1", "A4.4", "L73.3")
def test_papers_call_a_hearing_oral_and_name_its_place_though_the_invitation_named_the_written_way(
    story: Story,
) -> None:
    case = heard(story, invitation={"hearing_way": "written", "hearing_place": "жеке кабинет"})
    signed_minutes(story, case)
    story.at("2023-09-15T10:00:00")
    story.work("head", case, "task_sign_refusal", decision="sign")
    invitation, minutes, refusal = (
        " ".join(pdf_text(story.program.files.read(paper.sha256)).split())
        for paper in story.program.queries.case(case.id).documents[-3:]
    )
    assert "ол көрсетілген күні, уақытта және орында өткізіледі" in invitation
    assert "Тәсілі / Способ: ауызша" in minutes
    assert f"тәсілі: ауызша; орны: {HELD['minutes_place']}; хаттама № TH-2023-000001" in refusal
    assert "жазбаша" not in minutes + refusal


@pytest.mark.law("L74.1", "L73.3")
def test_a_written_hearing_has_no_minutes(story: Story) -> None:
    case = story.invited()
    story.at("2023-09-14T18:31:00")
    story.work("unit", case, "task_hold_hearing", hearing_result="silent", outcome="refuse", outcome_reasons="Үндемеді")
    assert duties(story, case, "sign_minutes") == []
    with story.program.reading() as uow:
        assert uow.list(Minutes, case_id=case.id) == []


@pytest.mark.printed
@pytest.mark.law("L74.1")
def test_the_applicant_remarks_within_three_working_days_and_is_answered(story: Story) -> None:
    case = heard(story)
    applicant = story.applicant("company_head")
    with pytest.raises(NotFound):
        add_remark(story.program, with_signers(story, case).id, applicant, "Менің сөзім жазылмаған")
    minutes = signed_minutes(story, case)
    remark = add_remark(story.program, minutes.id, applicant, "Менің сөзім жазылмаған")
    assert not remark.late
    (duty,) = duties(story, case, "answer_remarks")
    assert duty.due_at == datetime(2023, 9, 19, 18, 30, tzinfo=ZONE)
    answer = {"remark": remark.id, "answer": "Ескерту қабылданды, сөз толықтырылды"}
    with pytest.raises(InvalidAnswers):
        prepare_act(story.program, RemarkAnswer(), case.id, story.officer("unit"), {**answer, "answer": " "})
    with pytest.raises(Forbidden):
        prepare_act(story.program, RemarkAnswer(), case.id, story.officer("chancellery"), answer)
    signed(story, "unit", RemarkAnswer(), case, **answer)
    paper = story.program.queries.case(case.id).documents[-1]
    text = " ".join(pdf_text(story.program.files.read(paper.sha256)).split())
    assert (paper.kind, paper.number) == ("hearing_remarks", "TE-2023-000001")
    for part in ("TH-2023-000001", remark.text, answer["answer"]):
        assert str(part) in text
    assert not duties(story, case, "answer_remarks")[0].is_open
    with pytest.raises(NotLawful):
        prepare_act(story.program, RemarkAnswer(), case.id, story.officer("unit"), answer)


@pytest.mark.law("L74.1")
def test_a_remark_after_the_three_days_is_kept_as_late_and_answered_too(story: Story) -> None:
    case = heard(story)
    minutes = signed_minutes(story, case)
    story.at("2023-09-19T18:31:00")
    assert add_remark(story.program, minutes.id, story.applicant("company_head"), "Кештеу").late
    assert duties(story, case, "answer_remarks")[0].is_open


@pytest.mark.law("L74.1")
def test_a_stranger_neither_reads_nor_remarks(story: Story) -> None:
    minutes = signed_minutes(story, heard(story))
    with pytest.raises(Forbidden):
        add_remark(story.program, minutes.id, story.applicant("entrepreneur"), "Мен")
