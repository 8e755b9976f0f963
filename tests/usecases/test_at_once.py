"""Two people in the same moment, beside the races of the soak: numbers of a year's beginning, papers, challenges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from service.domain.case import Case
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


def ready_to_file(story: Story) -> Callable[[], Case]:
    """An application that is signed and only has to be sent."""
    draft, applicant = story.draft(COMPANY, TRADE, [TITLE, LETTER]), story.applicant(COMPANY)
    cms = story.pki.sign_cms(COMPANY, prepare_filing(story.program, draft, applicant, "kk"))
    return lambda: file_application(story.program, draft, applicant, cms)


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
