"""Complaints on paper for tests: taken in, answered, and how its writer was silent (L64.1, L66.1)."""

from __future__ import annotations

from typing import Any

import pytest

from service.domain.case import Case
from service.domain.duties import Duty
from service.domain.errors import InvalidAnswers
from service.usecases.take_complaint import take_complaint
from tests.complaints import SAYS, Complaints
from tests.usecases.beside import duties


def taken(story: Complaints, contested: Case | None = None, **more: Any) -> Case:
    """A complaint of the company about a permit that the chancellery takes in."""
    told = (
        {"case_number": contested.number, "document_number": story.document(contested, "permit").number}
        if contested
        else {}
    )
    answers = {
        **SAYS, "name": "Алтын ЖШС", "bin": story.applicant("company_head").bin, "channel": "post", "language": "kk",
        "contests": "permit", "residence": "Астана", "postal_address": "Астана", "learned_on": "2023-09-12",
        **told, **more,
    }  # fmt: skip
    return take_complaint(story.program, story.officer("chancellery"), answers)


def answered_on_paper(story: Complaints) -> tuple[Case, Duty]:
    """A complaint on paper that the provider has answered, and the duty to post the answer."""
    complaint = taken(story, contests="service", official="Кеңсе", body="provider")
    executor = str(story.officer("unit").officer_id)
    story.work("chancellery", complaint, "task_register_complaint", track="service", executor=executor)
    story.work("unit", complaint, "task_answer_complaint", answer_result="unjustified", answer="Негізсіз")
    story.work("head", complaint, "task_sign_answer", decision="sign")
    (duty,) = (each for each in duties(story, complaint, "post_paper") if each.document_id is not None)
    return complaint, duty


def refused(story: Complaints, contested: Case | None = None, **more: Any) -> dict[str, str]:
    with pytest.raises(InvalidAnswers) as wrong:
        taken(story, contested, **more)
    return {name: found.code for name, found in wrong.value.data["errors"].items()}


def silent(story: Complaints, complaint: Case) -> str:
    """Why the reviewing body cannot record silence yet; empty where it has recorded it."""
    said = {"hearing_result": "silent", "outcome_reasons": "Позиция білдірілмеді"}
    try:
        story.work("reviewer", complaint, "task_hold_review_hearing", **said)
    except InvalidAnswers as wrong:
        found: str = wrong.data["errors"]["hearing_result"].code
        return found
    return ""
