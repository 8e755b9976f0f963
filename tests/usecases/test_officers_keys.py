"""Papers of the state are signed with the key that was issued to the officer in the own body (R9.1)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.domain.errors import SignatureRefused
from service.domain.people import Officer
from service.program import Program
from service.sandbox.personas import PERSONAS, REVIEW_BIN
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from tests.program import CONFORMS, Story


def refused(story: Story, program: Program, persona: str) -> list[str]:
    """Why the head's signature under a permit with this persona's key is refused."""
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    head = story.officer("head")
    prepared = prepare_document(program, story.open_task(case).id, head, {"decision": ["sign"]})
    cms = story.pki.sign_cms(persona, bytes_to_sign(program, prepared))
    with pytest.raises(SignatureRefused) as wrong:
        sign_document(program, prepared.id, head, cms)
    assert story.open_task(case).element == "task_sign_permit"
    return list(wrong.value.data["reasons"])


@pytest.mark.law("R9.1")
def test_a_key_that_was_issued_in_another_body_is_refused(story: Story) -> None:
    settings = replace(story.program.settings, shep_bin=REVIEW_BIN)
    assert refused(story, replace(story.program, settings=settings), "ministry_head") == ["bin_mismatch"]


@pytest.mark.law("R9.1")
def test_the_personal_key_of_an_official_is_refused(story: Story) -> None:
    with story.program.unit_of_work() as uow:
        head = uow.get(Officer, story.officer("head").officer_id)
        head.iin = PERSONAS["entrepreneur"].iin
        uow.commit()
    assert refused(story, story.program, "entrepreneur") == ["role", "bin_mismatch"]
