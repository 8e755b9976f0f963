"""Clerical errors: corrected by the head, both versions kept, nothing else changed (L82.1)."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from sqlalchemy import null, update

from service.adapters.database import tables
from service.domain.case import LONGEST_NAME, Case
from service.domain.corrections import CORRECTABLE, RegisterCorrection
from service.domain.deadlines import ZONE
from service.domain.decisions import IssuedDocument
from service.domain.errors import Forbidden, InvalidAnswers, NotLawful
from service.usecases.acts_beside import prepare_act
from service.usecases.audit import audit
from service.usecases.correct_error import Correction
from service.usecases.report_error import report_error
from service.usecases.verify_document import verify_code, verify_file
from tests.papers import pdf_text
from tests.program import CONFORMS, Story
from tests.usecases.beside import duties, signed

FOOT = re.compile(r"СЫНАҚ ҚОЛТАҢБАСЫ.*?\d / \d ")
"""The test mark and the foot of each page, which name the version's own code."""
FIXED = {"platform": "QazToken сауда алаңы"}


def granted(story: Story) -> tuple[Case, IssuedDocument]:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    (document,) = story.program.queries.case(case.id).documents
    return case, document


def correct(story: Story, case: Case, document: IssuedDocument, **changes: str) -> IssuedDocument:
    signed(story, "head", Correction(), case, document=document.id, reason="Атауы қате жазылған", changes=changes)
    return story.program.queries.case(case.id).documents[-1]


@pytest.mark.law("L82.1", "R11.2")
def test_the_corrected_permit_is_linked_and_the_register_follows_in_the_same_transaction(story: Story) -> None:
    case, original = granted(story)
    fresh = correct(story, case, original, **FIXED)
    assert (fresh.kind, fresh.number, fresh.correction, fresh.corrects_id) == (
        "permit", original.number, 1, original.id,
    )  # fmt: skip
    entry = story.program.queries.case(case.id).entry
    assert entry is not None
    assert entry.platform == FIXED["platform"]
    with story.program.reading() as uow:
        (history,) = uow.list(RegisterCorrection, entry_id=entry.id)
    assert (history.name, history.before, history.after) == ("platform", "QazToken сауда платформасы", entry.platform)
    assert story.program.queries.case(case.id).notices[-1].kind == "corrected"
    assert fresh.delivered_at is not None
    assert list(audit(story.program)) == []


@pytest.mark.law("L82.1", "R2.4")
def test_both_versions_stay_genuine_and_the_original_leads_to_the_corrected_one(story: Story) -> None:
    case, original = granted(story)
    fresh = correct(story, case, original, **FIXED)
    for document in (original, fresh):
        checked = verify_file(story.program, story.program.files.read(document.sha256))
        assert checked.genuine
        assert checked.judgement is not None
        assert checked.judgement.valid
    first, second = (verify_code(story.program, each.verification_code) for each in (original, fresh))
    assert first.corrected_by is not None
    assert (first.corrected_by.id, first.corrects) == (fresh.id, None)
    assert second.corrects is not None
    assert (second.corrects.id, second.corrected_by) == (original.id, None)


@pytest.mark.printed
@pytest.mark.law("L82.1")
def test_nothing_but_the_listed_field_differs_on_the_page(story: Story) -> None:
    case, original = granted(story)
    fresh = correct(story, case, original, **FIXED)
    before, after = (" ".join(pdf_text(story.program.files.read(each.sha256)).split()) for each in (original, fresh))
    assert original.verification_code in after
    form_before, form_after = (FOOT.sub("", text.split("Электронды", 1)[0]) for text in (before, after))
    expected = form_before.replace("QazToken сауда платформасы", FIXED["platform"])
    # Where lines end may differ: the mark of the correction can make the page tighter.
    assert "".join(expected.split()) == "".join(form_after.split())


@pytest.mark.law("L82.1")
@pytest.mark.parametrize("field", ["number", "issued_on", "valid_until", "applicant.bin", "application_number", "kind"])
def test_content_is_not_corrected_as_a_clerical_error(story: Story, field: str) -> None:
    case, document = granted(story)
    answers = {"document": document.id, "reason": "Қате", "changes": {field: "2030-01-01"}}
    with pytest.raises(InvalidAnswers):
        prepare_act(story.program, Correction(), case.id, story.officer("head"), answers)


@pytest.mark.law("L82.1")
def test_only_the_head_corrects_with_a_reason_and_only_what_differs(story: Story) -> None:
    case, document = granted(story)
    answers = {"document": document.id, "reason": "Қате", "changes": FIXED}
    with pytest.raises(Forbidden):
        prepare_act(story.program, Correction(), case.id, story.officer("unit"), answers)
    empty: dict[str, object] = {"changes": {}}
    for wrong in ({"reason": " "}, {"changes": {"platform": "QazToken сауда платформасы"}}, empty):
        with pytest.raises(InvalidAnswers):
            prepare_act(story.program, Correction(), case.id, story.officer("head"), {**answers, **wrong})


@pytest.mark.law("L82.1")
def test_a_reported_error_is_a_duty_of_three_working_days_that_the_correction_ends(story: Story) -> None:
    case, document = granted(story)
    duty = report_error(story.program, document.id, story.officer("unit"), "Платформаның атауы қате")
    assert report_error(story.program, document.id, story.officer("chancellery"), "Қате").id == duty.id
    assert duty.due_at == datetime(2023, 9, 15, 18, 30, tzinfo=ZONE)
    correct(story, case, document, **FIXED)
    assert [each.is_open for each in duties(story, case, "correct_error")] == [False]


@pytest.mark.law("L82.1")
def test_a_corrected_version_can_be_corrected_again_but_not_the_original(story: Story) -> None:
    case, original = granted(story)
    fresh = correct(story, case, original, **FIXED)
    with pytest.raises(NotLawful) as refused:
        correct(story, case, original, purpose="Алтын")
    assert refused.value.code == "corrected_already"
    second = correct(story, case, fresh, purpose="Алтын құймаларымен қамтамасыз етілген токендер")
    assert (second.correction, second.corrects_id) == (2, fresh.id)
    newest = verify_code(story.program, original.verification_code).corrected_by
    assert newest is not None
    assert newest.id == second.id


@pytest.mark.law("L82.1", "R11.2")
def test_the_longest_name_is_corrected_in_the_register_too_and_a_longer_one_is_refused(story: Story) -> None:
    case, document = granted(story)
    with pytest.raises(InvalidAnswers) as long:
        correct(story, case, document, **{"applicant.name": "Ш" * (LONGEST_NAME + 1)})
    assert long.value.data["errors"]["applicant.name"].data == {"limit": LONGEST_NAME}
    correct(story, case, document, **{"applicant.name": "\u1e9e" * LONGEST_NAME})
    with story.program.reading() as uow:
        entry = uow.register.of_case(case.id)
    assert entry is not None
    assert (entry.holder_name, len(entry.search_name)) == ("\u1e9e" * LONGEST_NAME, LONGEST_NAME)


@pytest.mark.law("L82.1")
def test_permit_refusal_both_notices_and_papers_of_complaints_can_be_corrected() -> None:
    assert set(CORRECTABLE) == {
        "permit", "refusal", "notice_not_considered", "preliminary_decision",
        "complaint_satisfied", "complaint_answer", "review_invitation", "review_decision",
    }  # fmt: skip


@pytest.mark.law("L82.1", "L69.1")
def test_a_document_is_corrected_from_what_was_signed_whatever_is_done_to_the_paper_it_was_prepared_from(
    story: Story,
) -> None:
    case, original = granted(story)
    forged = {"content": {"kind": "permit", "valid_until": "2099-01-01", "platform": "Басқа"}}
    with story.program.database.engine.begin() as connection:
        connection.execute(update(tables.prepared_document).values(**forged))
    fresh = correct(story, case, original, **FIXED)
    assert original.content is not None
    assert fresh.content is not None
    assert fresh.content["valid_until"] == original.content["valid_until"]
    assert list(audit(story.program)) == []
    with story.program.database.engine.begin() as connection:
        connection.execute(update(tables.document).where(tables.document.c.id == fresh.id).values(**forged))
    assert [(each.what, each.code, each.data["row"]) for each in audit(story.program)] == [
        ("document", "row_changed", fresh.id)
    ]


def test_a_document_of_before_documents_said_so_is_corrected_from_what_it_was_prepared_from(story: Story) -> None:
    case, original = granted(story)
    with story.program.database.engine.begin() as connection:
        connection.execute(update(tables.document).values(content=null()))
    fresh = correct(story, case, original, **FIXED)
    assert fresh.content is not None
    assert original.content is not None
    assert fresh.content["valid_until"] == original.content["valid_until"]
