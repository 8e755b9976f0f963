"""Minutes whose signer has left: others are named, and the paper that names them is signed by both (L74.1, R9.1)."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from service.domain.deadlines import ZONE
from service.domain.errors import Forbidden, NotLawful
from service.domain.messages import OfficerNote
from service.domain.minutes import Minutes
from service.usecases.accounts import close_account, end_role, give_role
from service.usecases.acts_beside import prepare_act
from service.usecases.audit import audit
from service.usecases.case_facts import case_facts
from service.usecases.minutes import MinutesPaper, RemarkAnswer, add_remark
from service.usecases.of_holder import OfHolder
from service.usecases.verify_document import verify_file
from tests.papers import pdf_text
from tests.program import Story
from tests.usecases.beside import duties, finish, heard, minutes_of, signed, signed_minutes, with_signers

GONE = ["closed", "role"]


def leaves(story: Story, login: str, how: str) -> None:
    """The officer's account is closed, or the only role ended yesterday."""
    if how == "closed":
        close_account(story.program, login, "№ 62-Ж")
    else:
        end_role(story.program, login, login, date(2023, 9, 13), "№ 62-Ж")


@pytest.mark.printed
@pytest.mark.law("L74.1")
@pytest.mark.parametrize("how", GONE)
def test_where_the_second_signer_has_left_two_are_named_again_and_both_sign(story: Story, how: str) -> None:
    case = heard(story)
    minutes = with_signers(story, case)
    signed(story, "unit", MinutesPaper(), case, minutes=minutes.id)
    leaves(story, "chancellery", how)
    with_signers(story, case, "unit", "acting")
    (again,) = [
        duty for duty in duties(story, case, "sign_minutes") if duty.is_open and duty.details["part"] == "chair"
    ]
    assert again.due_at == datetime(2023, 9, 18, 18, 30, tzinfo=ZONE)
    for login in ("acting", "unit"):
        signed(story, login, MinutesPaper(), case, minutes=minutes.id)
    assert all(not duty.is_open for duty in duties(story, case, "sign_minutes"))
    paper = story.program.queries.case(case.id).documents[-1]
    assert (paper.kind, paper.number) == ("hearing_minutes", "TH-2023-000001")
    pdf = story.program.files.read(paper.sha256)
    secretary = story.officer("acting").name.split()[0]
    assert secretary in pdf_text(pdf)
    checked = verify_file(story.program, pdf)
    assert (checked.genuine, len(checked.signatures)) == (True, 2)
    assert list(audit(story.program)) == []
    with story.program.reading() as uow:
        told = case_facts(uow, case, OfHolder())["signatures"]
    marks = [each["given_up"] for each in told if each["purpose"] == "hearing_minutes"]
    assert marks == [True, False, False]


@pytest.mark.law("L74.1")
def test_who_had_signed_and_left_has_signed(story: Story) -> None:
    case = heard(story)
    minutes = with_signers(story, case)
    signed(story, "chancellery", MinutesPaper(), case, minutes=minutes.id)
    leaves(story, "chancellery", "closed")
    with pytest.raises(NotLawful, match="minutes_are_signed"):
        with_signers(story, case, "unit", "acting")
    signed(story, "unit", MinutesPaper(), case, minutes=minutes.id)
    assert minutes_of(story, case).document_id is not None


@pytest.mark.law("L74.1", "R9.1")
def test_who_holds_no_office_of_the_body_any_more_signs_nothing(story: Story) -> None:
    case = heard(story)
    minutes = with_signers(story, case)
    leaves(story, "chancellery", "role")
    with pytest.raises(NotLawful, match="not_a_signer_of_minutes"):
        prepare_act(story.program, MinutesPaper(), case.id, story.officer("chancellery"), {"minutes": minutes.id})


@pytest.mark.law("L74.1", "R9.1")
def test_a_chair_who_left_the_body_answers_no_remark(story: Story) -> None:
    case = heard(story)
    minutes = with_signers(story, case, "chancellery", "unit")
    for login in ("chancellery", "unit"):
        signed(story, login, MinutesPaper(), case, minutes=minutes.id)
    remark = add_remark(story.program, minutes.id, story.applicant("company_head"), "Менің сөзім жазылмаған")
    leaves(story, "chancellery", "role")
    answer = {"remark": remark.id, "answer": "Ескерту қабылданды"}
    with pytest.raises(Forbidden):
        prepare_act(story.program, RemarkAnswer(), case.id, story.officer("chancellery"), answer)
    signed(story, "unit", RemarkAnswer(), case, **answer)


@pytest.mark.law("L74.1")
def test_a_paper_that_names_other_signers_is_not_signed(story: Story) -> None:
    case = heard(story)
    minutes = with_signers(story, case)
    early = prepare_act(story.program, MinutesPaper(), case.id, story.officer("unit"), {"minutes": minutes.id})
    with_signers(story, case, "unit", "acting")
    with pytest.raises(NotLawful, match="other_signers_meanwhile"):
        finish(story, "unit", MinutesPaper(), early)


@pytest.mark.law("L74.1")
def test_the_reminder_to_sign_goes_to_whose_hearing_it_was_when_the_signer_has_left(story: Story) -> None:
    case = heard(story)
    with_signers(story, case, "chancellery", "acting")
    leaves(story, "chancellery", "role")
    story.at("2023-09-18T10:00:00")
    unit = story.officer("unit").officer_id
    with story.program.reading() as uow:
        reminded = {note.officer_id for note in uow.list(OfficerNote, case_id=case.id) if note.kind == "reminder"}
        named = uow.list(Minutes, case_id=case.id)
    assert named[0].chair_id not in reminded
    assert unit in reminded


@pytest.mark.law("L74.1")
def test_minutes_that_both_have_signed_stay_whoever_leaves(story: Story) -> None:
    case = heard(story)
    signed_minutes(story, case)
    leaves(story, "chancellery", "closed")
    with pytest.raises(NotLawful, match="minutes_are_signed"):
        with_signers(story, case, "unit", "acting")


@pytest.mark.law("L74.1")
@pytest.mark.parametrize("first_again", [False, True])
def test_a_second_signature_on_a_paper_that_was_given_up_is_refused(story: Story, first_again: bool) -> None:
    case = heard(story)
    minutes = with_signers(story, case)
    signed(story, "unit", MinutesPaper(), case, minutes=minutes.id)
    stale = prepare_act(story.program, MinutesPaper(), case.id, story.officer("chancellery"), {"minutes": minutes.id})
    leaves(story, "chancellery", "role")
    with_signers(story, case, "unit", "acting")
    give_role(story.program, "chancellery", "chancellery", date(2023, 9, 14), None, "№ 63-Ж")
    with_signers(story, case)
    if first_again:
        signed(story, "unit", MinutesPaper(), case, minutes=minutes.id)
    with pytest.raises(NotLawful, match="other_signers_meanwhile"):
        finish(story, "chancellery", MinutesPaper(), stale)
    for login in ("chancellery",) if first_again else ("chancellery", "unit"):
        signed(story, login, MinutesPaper(), case, minutes=minutes.id)
    assert minutes_of(story, case).document_id is not None
    assert list(audit(story.program)) == []


@pytest.mark.law("L74.1")
def test_nobody_signs_minutes_whose_other_signer_has_left(story: Story) -> None:
    case = heard(story)
    minutes = with_signers(story, case)
    leaves(story, "chancellery", "closed")
    with pytest.raises(NotLawful, match="other_signer_left"):
        prepare_act(story.program, MinutesPaper(), case.id, story.officer("unit"), {"minutes": minutes.id})
