"""Two people in the same moment, beside the races of the soak: numbers of a year's beginning, papers, challenges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest

from service.domain.case import Case
from service.domain.deadlines import ZONE, local
from service.domain.errors import InvalidAnswers, NotLawful, SignatureRefused
from service.domain.people import Applicant, RoleAssignment
from service.usecases.audit import audit
from service.usecases.file_application import file_application, prepare_filing
from service.usecases.people import appoint_acting
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from service.usecases.sign_in import new_challenge, sign_in_applicant
from tests.program import CONFORMS, LETTER, TITLE, TRADE, Story
from tests.soak.together import at_once, meeting

COMPANY = "company_head"
HEAD = "ministry_head"


@dataclass(frozen=True)
class Stopped:
    """A clock at which something arrives in one instant."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def ready_to_file(story: Story, arrives: datetime | None = None) -> Callable[[], Case]:
    """An application that is signed and only has to be sent, in this instant or whenever it is sent."""
    draft, applicant = story.draft(COMPANY, TRADE, [TITLE, LETTER]), story.applicant(COMPANY)
    cms = story.pki.sign_cms(COMPANY, prepare_filing(story.program, draft, applicant, "kk"))
    ready = replace(story.program, clock=Stopped(arrives)) if arrives else story.program
    return lambda: file_application(ready, draft, applicant, cms)


def around(midnight: datetime) -> list[datetime]:
    """Instants on both sides of a midnight, the last of one day and the first of the next among them."""
    return [midnight + timedelta(microseconds=after) for after in (-2_000_000, -1, 0, 1, -1_000, 500_000)]


def ready_to_sign(story: Story, case: Case) -> Callable[[], Case]:
    """A permit that the head has before them with the pen in the hand."""
    head = story.officer("head")
    prepared = prepare_document(story.program, story.open_task(case).id, head, {"decision": ["sign"]})
    cms = story.pki.sign_cms(HEAD, bytes_to_sign(story.program, prepared))
    return lambda: sign_document(story.program, prepared.id, head, cms)


def examined(story: Story) -> Case:
    return story.work("unit", story.complete(), "task_examine", **CONFORMS)


@pytest.mark.law("R5.1")
def test_the_first_applications_of_a_year_get_a_number_each(story: Story) -> None:
    filed = at_once(*(ready_to_file(story) for _ in range(4)))
    numbers = sorted(case.number if isinstance(case, Case) else repr(case) for case in filed)
    assert numbers == [f"P-2023-00000{place}" for place in (1, 2, 3, 4)]


@pytest.mark.law("R5.1", "D24")
def test_what_arrives_at_once_around_the_new_year_gets_the_numbers_of_its_own_year(story: Story) -> None:
    midnight = datetime(2024, 1, 1, tzinfo=ZONE)
    story.program.set_clock(midnight - timedelta(seconds=3))
    filed = at_once(*(ready_to_file(story, moment) for moment in around(midnight)))
    assert all(isinstance(case, Case) for case in filed), filed
    cases = [case for case in filed if isinstance(case, Case)]
    numbers = sorted(case.number for case in cases)
    assert numbers == [f"P-{year}-00000{place}" for year in (2023, 2024) for place in (1, 2, 3)]
    assert all(case.number[2:6] == str(local(case.received_at).year) for case in cases)
    assert {case.registered_on for case in cases} == {date(2024, 1, 3)}
    assert not list(audit(story.program))


@pytest.mark.law("O2")
def test_what_arrives_at_once_around_the_end_of_the_edition_is_taken_to_its_last_instant(story: Story) -> None:
    midnight = datetime(2026, 5, 1, tzinfo=ZONE)
    story.program.set_clock(midnight - timedelta(seconds=3))
    moments = around(midnight)
    filed = at_once(*(ready_to_file(story, moment) for moment in moments))
    taken = [isinstance(case, Case) for case in filed]
    assert taken == [moment < midnight for moment in moments]
    assert {problem.code for problem in filed if isinstance(problem, NotLawful)} == {"no_edition"}
    assert [case.number for case in story.program.queries.cases().rows[::-1]] == [f"P-2026-00000{n}" for n in (1, 2, 3)]
    assert not list(audit(story.program))


@pytest.mark.law("A3.3", "R9.1")
def test_of_two_permits_signed_at_once_one_gets_the_number_and_the_other_is_prepared_again(story: Story) -> None:
    cases = [examined(story), examined(story)]
    signed = at_once(*(ready_to_sign(story, case) for case in cases))
    (late,) = [problem for problem in signed if isinstance(problem, NotLawful)]
    assert late.code == "number_taken"
    (waiting,) = [case for case in cases if story.program.queries.case(case.id).open_tasks()]
    ready_to_sign(story, waiting)()
    permits = sorted(story.program.queries.case(case.id).documents[-1].number for case in cases)
    assert permits == ["KZ-2023-000001", "KZ-2023-000002"]
    assert not list(audit(story.program))


@pytest.mark.law("R1.1", "R2.4")
def test_a_challenge_sent_twice_at_once_lets_in_once(story: Story) -> None:
    nonce, text = new_challenge(story.program)
    cms = story.pki.sign_cms(COMPANY, text)
    entered = at_once(*(lambda: sign_in_applicant(story.program, nonce, cms) for _ in range(4)))
    assert sum(isinstance(person, Applicant) for person in entered) == 1
    assert sum(isinstance(problem, SignatureRefused) for problem in entered) == 3


@pytest.mark.law("R9.1")
def test_of_two_orders_for_the_same_days_at_once_one_asks_whether_both_shall_act(story: Story) -> None:
    first, last = date(2023, 11, 12), date(2023, 11, 14)
    with meeting(story.program.database.engine):
        given = at_once(
            lambda: appoint_acting(story.program, "unit", first, last, "58-Ж"),
            lambda: appoint_acting(story.program, "acting", first, last, "59-Ж"),
        )
    assert sum(isinstance(order, RoleAssignment) for order in given) == 1
    (asked,) = [problem for problem in given if isinstance(problem, InvalidAnswers)]
    assert asked.data["errors"]["together"].code == "others_act"
