"""A paper that two people sign: the second signature is added to the first, and both can be checked (L74.1, R2.4)."""

from __future__ import annotations

from datetime import datetime

import pytest

from service.domain.deadlines import ZONE
from service.domain.signatures import Requirement, Verdict, judge
from service.usecases.sign_document import bytes_to_sign, prepare_document
from tests.program import CONFORMS, Story

AT = datetime(2023, 9, 12, 10, 0, tzinfo=ZONE)


def signed_again(story: Story, pdf: bytes, persona: str) -> bytes:
    papers = story.program.papers
    room, start, end = papers.prepare(pdf, signer=persona, reason="№ 1", at=AT)
    return papers.embed(room, start, end, story.pki.sign_cms(persona, room[:start] + room[end:]))


def verdict(story: Story, pdf: bytes, signatures: int) -> Verdict:
    evidence = story.program.signatures.verify_pdf(pdf, signatures=signatures)
    return judge(evidence, Requirement(), now=story.program.clock.now()).verdict


@pytest.fixture
def paper(story: Story) -> bytes:
    """A permit as it is laid out for its signature: archivable and accessible like every paper."""
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    prepared = prepare_document(story.program, story.open_task(case).id, story.officer("head"), {"decision": ["sign"]})
    cms = story.pki.sign_cms("ministry_head", bytes_to_sign(story.program, prepared))
    pdf = story.program.files.read(prepared.sha256)
    return story.program.papers.embed(pdf, prepared.region_start, prepared.region_end, cms)


@pytest.mark.law("L74.1", "R2.4")
def test_the_second_signature_leaves_the_first_as_it_was(story: Story, paper: bytes) -> None:
    both = signed_again(story, paper, "ministry_unit")
    assert both.startswith(paper)
    assert list(story.program.papers.revisions(both, 2)) == [paper, both]
    assert verdict(story, both, 2) is Verdict.VALID
    assert verdict(story, paper, 1) is Verdict.VALID


@pytest.mark.law("L74.1", "R2.4")
def test_a_paper_bears_exactly_the_signatures_that_it_must_bear(story: Story, paper: bytes) -> None:
    assert verdict(story, paper, 2) is Verdict.INVALID
    assert verdict(story, signed_again(story, paper, "ministry_unit"), 1) is Verdict.INVALID


@pytest.mark.law("L74.1", "R2.4")
def test_a_change_between_the_signatures_is_found(story: Story, paper: bytes) -> None:
    both = bytearray(signed_again(story, paper, "ministry_unit"))
    both[len(paper) // 3] ^= 1
    assert verdict(story, bytes(both), 2) is Verdict.INVALID
