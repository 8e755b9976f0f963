"""What several tests of hearings say and record."""

from __future__ import annotations

from service.demo.people import pdf
from service.domain.case import Case
from service.usecases.applicant_acts import submit_position
from service.usecases.task_files import add_task_file
from tests.program import Story

BASIS = "Мерзім Кодекстің 76-бабы бойынша ұзартылды"
REFUSED = {"hearing_result": "written", "outcome": "refuse", "outcome_reasons": "Негіз сақталды"}
REQUEST = {"hearing": "exempt", "exemption": "applicant_request", "exemption_reason": "Өтініш берушінің хаты"}


def says(story: Story, case: Case, *, oral: bool = False) -> None:
    submit_position(story.program, case.id, story.applicant("company_head"), "Келіспеймін.", wants_oral=oral)


def with_paper(story: Story, case: Case) -> None:
    """The officer attaches the paper on which an exemption rests."""
    task, content = story.open_task(case), pdf("Өтініш", "12")
    add_task_file(story.program, task.id, story.officer("unit"), "exemption_document", "өтініш.pdf", content)
