"""What each step of an application and of a complaint says to the database: statements and commits, all counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from unittest.mock import patch

from bench.figures import Figure
from bench.town import Town
from service.demo.people import COMPLAINT, Cast
from service.demo.seed import CONFORMS, DOES_NOT, HEARING
from service.domain.case import Case
from service.usecases.complaint_drafts import Contested, open_complaint
from service.usecases.file_complaint import file_complaint, prepare_complaint
from tests.statements import counted

SAID = "Statements of each step"
STATEMENTS, COMMITS = 12, 1
"""What a start and the completion of a task may take."""
NOT_COMPLETE = {"complete": "no", "missing_items": "guarantee_letter", "missing_facts": "жоқ"}
SATISFY = {"proposal": "satisfy", "remedy": "permit", "opinion": "Жалға алу шарты өтінішке тіркелген екен"}
SILENT = {"hearing_result": "silent", "outcome": "refuse", "outcome_reasons": "Келіспеу білдірілмеді"}

COMPLAINS, LIVES, HEARD_ON = "company_head", "010000, Астана, Мәңгілік Ел даңғылы, 55/5", "2026-04-23"
"""Who complains, with a key of the demo, and on which day the hearing is."""

Result = TypeVar("Result")


@dataclass
class Count:
    """Counts step by step, each once: the same step says the same of every case."""

    town: Town
    database: str
    figures: list[Figure] = field(default_factory=list)

    def step(self, what: str, work: Callable[[], Result], *, commits: int = 1, most: int | None = STATEMENTS) -> Result:
        """Count one step; `most` is asked of the start of a permit's case and of the completion of a task."""
        with counted(self.town.program.database.engine) as found:
            result = work()
        if found.commits != commits:
            raise RuntimeError(f"{what}: {found.commits} commits")
        self.figures.append(Figure(SAID, what, self.database, found.statements, "statements", most))
        return result

    def done(self, what: str, case: Case, **answers: Any) -> Case:
        """Count the completion of the one open task of a case."""
        task = self.town.open_task(case)
        return self.step(what, lambda: self.town.complete(task, **answers))

    def signed(self, what: str, case: Case, **answers: Any) -> Case:
        """The same of a task that a signature completes: its paper is made ready first."""
        task = self.town.open_task(case)
        ready, make = f"{what}: make its paper ready", lambda: self.town.ready(task, **answers)
        paper = self.step(ready, make, commits=2, most=None)
        cms = self.town.cms_of(task, paper)
        return self.step(what, lambda: self.town.sign(task, paper, cms))


def measured(town: Town, database: str) -> Iterator[Figure]:
    """Every step of the ways to a permit, to a refusal, to no consideration, and of a complaint that is satisfied."""
    town.examined()  # What is read once and kept is in memory.
    count, executor = Count(town, database), town.officers["unit"].officer_id
    ready = town.ready_draft()
    case = count.step("file an application", lambda: town.file(*ready))
    count.done("assign", case, executor=executor)
    count.done("check completeness", case, complete="yes")
    count.done("examine: conforms", case, **CONFORMS)
    count.signed("sign the permit", case, decision="sign")
    other = town.assigned()
    count.done("check completeness: not complete", other, **NOT_COMPLETE)
    count.signed("sign the notice that it is not considered", other, decision="sign")
    people = Cast(town.real, town.world.pki)
    refused = town.examined(people.applicant(COMPLAINS))
    count.done("examine: does not conform", refused, **DOES_NOT)
    count.signed("invite to the hearing", refused, **HEARING, hearing_on=HEARD_ON)
    town.pass_days(3)
    count.done("record the hearing", refused, **SILENT)
    town.pass_days(3)
    count.signed("sign the refusal", refused, decision="sign")
    _complaint(count, people, refused)
    yield from count.figures
    yield Figure(SAID, "commits of each step", database, COMMITS, "commit", COMMITS)


def _complaint(count: Count, people: Cast, refused: Case) -> None:
    """The refused applicant complains, and the provider issues the permit after all."""
    town, applicant = count.town, people.applicant(COMPLAINS)
    (refusal,) = (each for each in town.program.queries.case(refused.id).documents if each.kind == "refusal")
    texts = {**COMPLAINT, "residence": LIVES, "postal_address": LIVES}
    draft = open_complaint(town.real, applicant, Contested(refused.id, refusal.id), texts)
    cms = people.pki.sign_cms(COMPLAINS, prepare_complaint(town.real, draft.id, applicant, "kk"))
    with patch("service.usecases.file_complaint.send_at_once"):  # It is printed afterwards, like an application.
        case = count.step("file a complaint", lambda: file_complaint(town.real, draft.id, applicant, cms), most=None)
    count.done("register the complaint", case, track="act", executor=town.officers["unit"].officer_id)
    count.done("review the complaint", case, **SATISFY)
    count.signed("sign the new permit", case, decision="sign")
    count.signed("sign the satisfaction of the complaint", case, decision="sign")
