"""A claim at court as tests record it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from service.demo.people import pdf
from service.domain.claims import Claim, ClaimResult, CourtAct
from service.domain.duties import Duty
from service.domain.errors import InvalidAnswers
from service.usecases.claims import attach_claim_document, record_claim
from tests.complaints import Complaints

ACT = CourtAct(ClaimResult.ANNULLED, "7194-23-00-4/77", date(2023, 9, 15), date(2023, 9, 18))


def recorded(story: Complaints, case_number: str, document_number: str, **more: Any) -> Claim:
    answers = {
        "court": "Астана қаласының мамандандырылған әкімшілік соты",
        "number": "7194-23-00-4/12",
        "plaintiff": "Алтын ЖШС",
        "filed_on": date(2023, 9, 12),
        "case_number": case_number,
        "document_number": document_number,
        **more,
    }
    return record_claim(story.program, story.officer("unit"), answers)


def with_papers(story: Complaints, claim: Claim, *kinds: str) -> None:
    for kind in kinds:
        content = pdf("Пікір", kind)
        attach_claim_document(story.program, claim.id, story.officer("unit"), kind, "пікір.pdf", content)


def duties(story: Complaints) -> list[Duty]:
    with story.program.reading() as uow:
        return [duty for duty in uow.list(Duty) if duty.kind == "prepare_for_court"]


def faults(wrong: pytest.ExceptionInfo[InvalidAnswers]) -> dict[str, str]:
    return {name: problem.code for name, problem in wrong.value.data["errors"].items()}
