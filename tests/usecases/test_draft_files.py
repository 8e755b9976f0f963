"""What an applicant hands in and may not keep never reaches the disk (A1.9.2, A2.1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.domain.errors import TooMany
from service.domain.files import FileRefused
from service.usecases import draft_files
from service.usecases.complaint_drafts import Contested, open_complaint
from service.usecases.draft_files import Description, NewFile, attach, describe
from service.usecases.drafts import MOST_DRAFTS, discard_draft, open_draft
from tests.program import Story

HEAD = "company_head"
PDF = "application/pdf"


def kept(story: Story) -> set[str]:
    """The contents in the store, by their hashes."""
    return {path.name for path in Path(story.program.settings.instance / "files").rglob("*") if path.is_file()}


@pytest.fixture
def small_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """All files of a draft together may have a hundred bytes."""
    monkeypatch.setattr(draft_files, "MAX_TOTAL_BYTES", 100)


@pytest.mark.usefixtures("small_room")
@pytest.mark.law("A1.9.2", "A2.1")
def test_a_file_for_which_a_draft_has_no_room_leaves_no_bytes_behind(story: Story) -> None:
    applicant = story.applicant(HEAD)
    draft = open_draft(story.program, applicant)
    first = attach(
        story.program, draft.id, applicant, kind="gift_contract", name="a.pdf", content=b"a" * 90, media_type=PDF
    )
    before = kept(story)
    with pytest.raises(FileRefused):
        attach(story.program, draft.id, applicant, kind="gift_contract", name="b", content=b"b" * 11, media_type=PDF)
    with pytest.raises(FileRefused):
        instead = NewFile("c.pdf", b"c" * 101, PDF)
        describe(story.program, draft.id, applicant, first.id, Description("gift_contract"), instead)
    assert kept(story) == before
    describe(
        story.program, draft.id, applicant, first.id, Description("gift_contract"), NewFile("d.pdf", b"d" * 100, PDF)
    )


@pytest.mark.law("A2.1")
def test_nobody_piles_up_drafts_without_end(story: Story) -> None:
    applicant = story.applicant(HEAD)
    drafts = [open_draft(story.program, applicant) for _ in range(MOST_DRAFTS)]
    with pytest.raises(TooMany):
        open_draft(story.program, applicant)
    open_draft(story.program, story.applicant("entrepreneur"))
    discard_draft(story.program, drafts[0].id, applicant)
    assert open_draft(story.program, applicant).id


@pytest.mark.law("L64.1")
def test_unsent_applications_never_stand_in_the_way_of_a_complaint(story: Story) -> None:
    applicant = story.applicant(HEAD)
    for _ in range(MOST_DRAFTS):
        open_draft(story.program, applicant)
    for _ in range(MOST_DRAFTS):
        open_complaint(story.program, applicant, Contested())
    with pytest.raises(TooMany):
        open_complaint(story.program, applicant, Contested())
