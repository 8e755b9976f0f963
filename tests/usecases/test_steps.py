"""Steps of officers: who may take them, what becomes of a step that fails, of a paper that is not signed in time."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import update

from service.adapters.database import tables
from service.domain.case import Case, Task
from service.domain.deadlines import ZONE
from service.domain.decisions import PreparedDocument
from service.domain.errors import CaseChanged, Forbidden, InvalidAnswers, NotLawful, OperationFailed
from service.domain.people import Officer
from service.engine.budget import MOST_OF_A_MOVE, Budget
from service.usecases.fire_deadlines import fire_deadlines
from service.usecases.people import add_officer, sign_in_officer
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from service.usecases.tasks import assign_task, claim_task, complete_task, save_task_draft
from tests.program import CONFORMS, DOES_NOT, HEARING, Story
from tests.soak.together import at_once
from tests.statements import counted

COMPLETE = {"complete": ["yes"]}
SIGN = {"decision": ["sign"]}
PASSWORD = "a password of the tests"


def prepared_permit(story: Story) -> tuple[Case, PreparedDocument]:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    return case, prepare_document(story.program, story.open_task(case).id, story.officer("head"), SIGN)


def signature(story: Story, prepared: PreparedDocument) -> bytes:
    return story.pki.sign_cms("ministry_head", bytes_to_sign(story.program, prepared))


def test_of_two_who_claim_a_task_at_once_one_has_it(story: Story) -> None:
    case = story.complete()
    task = story.open_task(case)
    with story.program.database.engine.begin() as connection:
        connection.execute(update(tables.task).where(tables.task.c.id == task.id).values(assignee_id=None))
    one, other = story.officer("unit"), story.officer("acting")
    claims = at_once(*(lambda actor=actor: claim_task(story.program, task.id, actor) for actor in (one, other)))
    (winner,) = [claim for claim in claims if isinstance(claim, Task)]
    (loser,) = [claim for claim in claims if isinstance(claim, CaseChanged)]
    assert story.open_task(case).assignee_id == winner.assignee_id
    assert loser.data["by"] in {one.name, other.name}


@pytest.mark.law("R5.3", "R6.1")
def test_a_task_is_handed_only_to_somebody_of_its_lane(story: Story) -> None:
    case = story.assigned()
    task, head = story.open_task(case), story.officer("head")
    with pytest.raises(InvalidAnswers):
        assign_task(story.program, task.id, head, story.officer("chancellery").officer_id or 0)
    with pytest.raises(Forbidden):
        assign_task(story.program, task.id, story.officer("chancellery"), story.officer("acting").officer_id or 0)
    assign_task(story.program, task.id, head, story.officer("acting").officer_id or 0)
    assert story.open_task(case).assignee_id == story.officer("acting").officer_id


def test_a_colleague_does_not_overwrite_what_the_holder_of_a_task_has_typed(story: Story) -> None:
    case = story.assigned()
    task = story.open_task(case)
    save_task_draft(story.program, task.id, story.officer("unit"), {"missing_facts": "Хат жоқ"})
    save_task_draft(story.program, task.id, story.officer("acting"), {"missing_facts": ""})
    assert story.open_task(case).draft == {"missing_facts": "Хат жоқ"}


@pytest.mark.law("L69.1")
def test_a_step_that_fails_halfway_saves_nothing_but_a_line_that_says_so(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = story.assigned()
    task, before = story.open_task(case), story.program.queries.case(case.id)

    def broken(*_anything: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("service.operations.Work.today", property(broken))
    with pytest.raises(OperationFailed):
        complete_task(story.program, task.id, story.officer("unit"), COMPLETE)
    after = story.program.queries.case(case.id)
    assert [entry.action for entry in after.journal[len(before.journal) :]] == ["step_failed"]
    assert (after.case.version, after.case.completeness_on) == (before.case.version, None)
    assert story.open_task(case).failure == "ZeroDivisionError"
    monkeypatch.undo()
    complete_task(story.program, task.id, story.officer("unit"), COMPLETE)
    assert story.open_task(case).element == "task_examine"


@pytest.mark.law("L69.1")
def test_a_step_that_takes_too_long_is_undone_by_the_name_of_its_element_and_goes_later(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, asked = story.assigned(), count(step=MOST_OF_A_MOVE + 1)
    task, before = story.open_task(case), story.program.queries.case(case.id)
    monkeypatch.setattr("service.engine.budget.monotonic", asked.__next__)
    with pytest.raises(OperationFailed):
        complete_task(story.program, task.id, story.officer("unit"), COMPLETE)
    after = story.program.queries.case(case.id)
    (line,) = after.journal[len(before.journal) :]
    assert (line.action, line.element) == ("step_failed", "task_check_completeness")
    assert "too_slow: element=task_check_completeness" in line.details["fault"]
    assert (after.case.version, story.open_task(case).failure) == (before.case.version, "TooSlow")
    monkeypatch.undo()
    complete_task(story.program, task.id, story.officer("unit"), COMPLETE)
    assert story.open_task(case).element == "task_examine"


@pytest.mark.law("D25")
def test_everything_that_one_move_does_has_one_time(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two terms have passed that no sweep has fired: they happen first, in the time of the step that comes late."""
    case, given = story.assigned(), list[int]()
    begin = Budget.__init__

    def counted(budget: Budget, seconds: int = MOST_OF_A_MOVE) -> None:
        given.append(seconds)
        begin(budget, seconds)

    story.program.set_clock(datetime(2023, 10, 20, 10, tzinfo=ZONE))
    monkeypatch.setattr(Budget, "__init__", counted)
    complete_task(story.program, story.open_task(case).id, story.officer("unit"), COMPLETE)
    assert story.said(case).count("term_missed") >= 2
    assert given == [MOST_OF_A_MOVE]


@pytest.mark.law("D25")
def test_terms_that_pass_without_end_are_stopped_by_the_name_of_the_last(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = story.assigned()
    story.program.set_clock(datetime(2023, 10, 20, 10, tzinfo=ZONE))
    monkeypatch.setattr("service.usecases.moves.MOST_TIMERS_AT_ONCE", 1)
    with pytest.raises(OperationFailed):
        complete_task(story.program, story.open_task(case).id, story.officer("unit"), COMPLETE)
    assert "term_missed" not in story.said(case)
    assert "endless_loop: element=deadline_" in story.program.queries.case(case.id).journal[-1].details["fault"]


@pytest.mark.law("R9.1")
def test_sending_back_needs_no_paper_and_signing_cannot_go_without_one(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    task, head = story.open_task(case), story.officer("head")
    back = {"decision": ["return"], "return_reason": ["Нақтылаңыз"]}
    with pytest.raises(Forbidden):
        prepare_document(story.program, task.id, head, back)
    for forged in (SIGN, {**SIGN, "hearing": ["exempt"]}):
        with pytest.raises(Forbidden):
            complete_task(story.program, task.id, head, forged)
    examine = story.open_task(story.complete("company_signer"))
    with pytest.raises(Forbidden):
        prepare_document(
            story.program, examine.id, story.officer("unit"), {key: [str(said)] for key, said in CONFORMS.items()}
        )


@pytest.mark.law("R9.1")
def test_a_prepared_paper_is_only_for_who_prepared_it(story: Story) -> None:
    _, prepared = prepared_permit(story)
    with pytest.raises(Forbidden):
        sign_document(story.program, prepared.id, story.officer("acting"), signature(story, prepared))


@pytest.mark.law("R9.1")
def test_who_has_lost_the_role_meanwhile_cannot_sign(story: Story) -> None:
    case, prepared = prepared_permit(story)
    cms, head = signature(story, prepared), story.officer("head")
    with story.program.database.engine.begin() as connection:
        held = tables.role_assignment.c
        yesterday = story.program.clock.now().date() - timedelta(days=1)
        connection.execute(update(tables.role_assignment).where(held.role == "head").values(valid_until=yesterday))
    with pytest.raises(Forbidden):
        sign_document(story.program, prepared.id, head, cms)
    assert story.open_task(case).element == "task_sign_permit"


@pytest.mark.law("A4.2", "R9.1")
def test_a_paper_that_shows_an_old_hour_is_prepared_again(story: Story) -> None:
    case, prepared = prepared_permit(story)
    cms = signature(story, prepared)
    story.at("2023-09-12T10:40:00")
    with pytest.raises(CaseChanged):
        sign_document(story.program, prepared.id, story.officer("head"), cms)
    assert not story.program.queries.case(case.id).documents


@pytest.mark.law("A3.5")
def test_a_paper_names_the_certificate_with_which_it_is_signed(story: Story) -> None:
    with story.program.database.engine.begin() as connection:
        connection.execute(update(tables.officer).values(certificate_serial=""))
    case, prepared = prepared_permit(story)
    with pytest.raises(NotLawful) as refused:
        sign_document(story.program, prepared.id, story.officer("head"), signature(story, prepared))
    assert refused.value.code == "certificate_changed"
    again = prepare_document(story.program, story.open_task(case).id, story.officer("head"), SIGN)
    assert again.certificate_serial == f"{story.pki.certificate('ministry_head').serial_number:x}"
    sign_document(story.program, again.id, story.officer("head"), signature(story, again))
    assert story.now(case).outcome == "granted"


def test_an_officer_with_every_role_can_work(story: Story) -> None:
    roles = ("administrator", "chancellery", "head", "unit")
    officer = Officer("all", "", "Бәрі", "Бір", "", "900101300017", {"kk": "Маман"})
    add_officer(story.program, story.program.passwords, officer, PASSWORD, roles)
    actor = sign_in_officer(story.program, story.program.passwords, "all", PASSWORD)
    assert actor is not None
    assert actor.roles == set(roles)
    assert sign_in_officer(story.program, story.program.passwords, "all", "another password") is None


def warm(story: Story) -> Story:
    """The program has read the calendar and the edition before."""
    case = story.filed("entrepreneur")
    with story.program.unit_of_work() as uow:
        story.program.editions.of_case(uow, case)
    return story


FEW = 12
"""Of these one asks for the newest calendar and keeps it for the step (D28)."""


def test_a_step_is_one_transaction_of_few_statements(story: Story) -> None:
    case, engine = warm(story).assigned(), story.program.database.engine
    task, actor = story.open_task(case), story.officer("unit")
    with counted(engine) as step:
        complete_task(story.program, task.id, actor, COMPLETE)
    assert step.commits == 1
    assert step.statements <= FEW
    due = story.program.next_due()
    assert due is not None
    story.program.set_clock(due + timedelta(seconds=1))
    with counted(engine) as sweep:
        assert fire_deadlines(story.program).fired == 1
    assert sweep.commits == 1
    assert sweep.statements <= FEW


def statements(story: Story, case: Case, login: str, **answers: Any) -> int:
    """How many statements it takes to do the one open task of a case, its paper being ready where it is signed."""
    task, actor = story.open_task(case), story.officer(login)
    raw = {key: list(map(str, said if isinstance(said, list) else [said])) for key, said in answers.items()}
    if task.element not in SIGNED:
        with counted(story.program.database.engine) as step:
            complete_task(story.program, task.id, actor, raw)
        return step.statements
    prepared = prepare_document(story.program, task.id, actor, raw)
    cms = story.pki.sign_cms(SIGNED[task.element], bytes_to_sign(story.program, prepared))
    with counted(story.program.database.engine) as step:
        sign_document(story.program, prepared.id, actor, cms)
    assert step.commits == 1
    return step.statements


SIGNED = {
    "task_sign_permit": "ministry_head", "task_sign_refusal": "ministry_head", "task_invite_hearing": "ministry_unit",
}  # fmt: skip
"""Tasks that a signature completes, and whose key makes it."""


def test_what_each_step_of_an_application_says_to_the_database(story: Story) -> None:
    case, unit = warm(story).filed(), str(story.officer("unit").officer_id)
    assert statements(story, case, "chancellery", executor=unit) == 14  # who may be chosen, the files of the self-check
    assert statements(story, case, "unit", complete="yes") == FEW
    assert statements(story, case, "unit", **CONFORMS) == FEW
    # The paper, the role, the consent, the number of its series; signature, document, entry of the register and notice.
    assert statements(story, case, "head", decision="sign") == 18
    refused = story.complete("company_signer")
    assert statements(story, refused, "unit", **DOES_NOT) == FEW
    assert statements(story, refused, "unit", **HEARING, hearing_on="2023-09-14") == 21
    story.at("2023-09-15T10:00")
    held = {"hearing_result": "silent", "outcome": "refuse", "outcome_reasons": "Жоқ"}
    # The hearing and its outcome, what was said to it, and the notes that told of that.
    assert statements(story, refused, "unit", **held) == 15
    story.at("2023-09-18T10:00")
    assert statements(story, refused, "head", decision="sign") == 19


def test_the_statements_of_a_step_do_not_grow_with_the_history_of_the_case(story: Story) -> None:
    def steps(times: int) -> int:
        case = story.complete("company_head" if times else "company_signer")
        for _ in range(times):
            story.work("unit", case, "task_examine", **CONFORMS)
            story.work("head", case, "task_sign_permit", decision="return", return_reason="Нақтылаңыз")
        task, raw = story.open_task(case), {key: [str(said)] for key, said in CONFORMS.items()}
        with counted(story.program.database.engine) as step:
            complete_task(story.program, task.id, story.officer("unit"), raw)
        return step.statements

    assert steps(0) == steps(2)
