"""Invited by post for tests: the letter, its delivery, and what came back (L73.3, L64.1)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from service.adapters.database import tables
from service.domain.case import Attachment, Case
from service.domain.decisions import Position
from service.domain.errors import InvalidAnswers
from service.domain.posting import ANSWER_ON_PAPER
from service.usecases.answer_on_paper import record_answer
from service.usecases.post_papers import post_paper, record_delivery
from tests.complaints import INVITED, Complaints
from tests.usecases.beside import duties
from tests.usecases.on_paper import silent, taken
from tests.web.cabinet import PDF

SAID = {"text": "Шешіммен келіспеймін", "received_on": "", "oral": "no"}


def invited(story: Complaints, outcome: str = "unsatisfied", **who: str) -> Case:
    """A complaint on paper before the reviewing body, which on Tuesday 12 September 2023 has invited to be heard."""
    key = ("invited by post", outcome, repr(who))
    return story.reached(key, lambda: invited_by_post(story, story.granted(), outcome, **who))


def invited_by_post(
    story: Complaints,
    contested: Case | None = None,
    /,
    outcome: str = "unsatisfied",
    hearing_on: str = "2023-09-14",
    **who: str,
) -> Case:
    """The same at any other time, also of a complaint against the inaction of somebody."""
    about = {} if contested else {"contests": "inaction", "official": "Кеңсе"}
    complaint, executor = taken(story, contested, **about, **who), str(story.officer("unit").officer_id)
    story.work("chancellery", complaint, "task_register_complaint", track="act", executor=executor)
    story.work("unit", complaint, "task_review_complaint", proposal="forward", opinion="Негізсіз")
    story.work("reviewer", complaint, "task_register_review", review_number="Ш-1")
    story.considered(complaint, outcome)
    return story.work("reviewer", complaint, "task_invite_review_hearing", **INVITED, hearing_on=hearing_on)


def delivered(story: Complaints, complaint: Case, day: str) -> None:
    """The invitation was posted at once and handed over on a day."""
    letter, clerk = duties(story, complaint, "post_paper")[-1], story.officer("chancellery")
    post_paper(story.program, letter.id, clerk, "RR-1", "2023-09-12")
    story.at(f"{day}T16:00")
    record_delivery(story.program, letter.id, clerk, "handed_over", day)


def scan(story: Complaints, content: bytes = PDF) -> Attachment:
    sha256 = str(story.program.files.put(content))
    now = story.program.clock.now()
    return Attachment(ANSWER_ON_PAPER, "хат.pdf", sha256, len(content), "application/pdf", now)


def answered(story: Complaints, complaint: Case, login: str = "chancellery", **said: str) -> Position:
    return record_answer(story.program, complaint.id, story.officer(login), {**SAID, **said}, scan(story))


def heard(story: Complaints, complaint: Case, result: str) -> str:
    """Why the reviewing body cannot record this result; empty where it has recorded it."""
    given = {"hearing_result": result, "outcome_reasons": "Позиция бағаланды"}
    try:
        story.work("reviewer", complaint, "task_hold_review_hearing", **given)
    except InvalidAnswers as wrong:
        return str(wrong.data["errors"]["hearing_result"].code)
    return ""


def rows(story: Complaints) -> dict[str, list[Any]]:
    """Everything that a refused request may not change."""
    with story.program.database.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)).all()))
            for table in tables.metadata.sorted_tables
        }


def decided(story: Complaints) -> Case:
    """Silence was recorded and the complaint is considered: the decision waits for its signature."""
    complaint = invited(story)
    delivered(story, complaint, "2023-09-12")
    story.at("2023-09-15T10:00")
    assert silent(story, complaint) == ""
    story.at("2023-09-18T10:00")
    return story.considered(complaint, "unsatisfied")
