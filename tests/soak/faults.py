"""What breaks under the program: a step at any point, a term that cannot be fired, a full disk, the clock, the server.

After each of them everything is as if the step had never been begun, the person is told in words, and can try again.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import event, update
from sqlalchemy.exc import DBAPIError

from service.adapters.database import tables
from service.demo.people import Cast, pdf
from service.domain.case import Case, Deadline
from service.domain.errors import OperationFailed, RuqsatError
from service.program import Program
from service.usecases.draft_files import attach
from service.usecases.file_application import file_application, prepare_filing
from service.usecases.fire_deadlines import fire_deadlines
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from service.usecases.tasks import complete_task
from tests.complaints import Complaints
from tests.full_disk import LONG, full_database, full_store
from tests.program import CONFORMS, LETTER, TITLE, TRADE, Story
from tests.soak.sound import require_sound
from tests.soak.town import Town

PERSONA, SIGNS = "company_head", {"decision": ["sign"]}
Act = Callable[[], Any]


class Broken(Exception):
    """Something of the program fails, for no fault of the person who acts."""


# --- an operation that raises at each point of a step ---------------------------


def raise_at_each_point(story: Story) -> int:
    """Let each step of a case fail at its every statement, then succeed; how many failures that were.

    The statements of a step are all that it says to the database, those of its operations included.
    """
    unit = str(story.officer("unit").officer_id)
    filing, points = prepared_filing(story), 0
    points += _until_done(story, filing, None)
    case = filing()
    for login, answers in (
        ("chancellery", {"executor": unit}),
        ("unit", {"complete": "yes"}),
        ("unit", CONFORMS),
    ):
        points += _until_done(story, prepared_step(story, case, login, answers), case)
    points += _until_done(story, prepared_signature(story, case), case)
    assert story.now(case).outcome == "granted"
    require_sound(story.program)
    return points


def _until_done(story: Story, act: Act, case: Case | None) -> int:
    """Fail at the first statement, the second, ... until the step has none left; how often it failed."""
    points = 0
    while True:
        before = story.now(case).version if case else None
        with failing_at(story.program, points + 1) as reached:
            try:
                act()
            except (Broken, RuqsatError):
                points += 1
        if not reached:
            return points
        assert case is None or story.now(case).version == before, f"half a step was saved at point {points}"


@contextmanager
def failing_at(program: Program, point: int) -> Iterator[list[int]]:
    """Let the statement of this number fail, once; the list is empty when there were fewer."""
    engine, passed, reached = program.database.engine, [0], []

    def statement(*_: object) -> None:
        passed[0] += 1
        if passed[0] == point:
            reached.append(point)
            raise Broken(f"statement {point}")

    event.listen(engine, "before_cursor_execute", statement)
    try:
        yield reached
    finally:
        event.remove(engine, "before_cursor_execute", statement)


# --- one poisoned case among many that are due -----------------------------------


def fire_beside_a_poisoned(story: Story, many: int) -> int:
    """Many terms are due and one case cannot be read: all others are fired; healed, it is fired an hour later.

    How many terms and reminders were fired.
    """
    program = story.program
    cases = [story.filed() for _ in range(many)]
    poisoned, states = cases[many // 2], tables.case.c
    with program.reading() as uow:
        state = uow.get(Case, poisoned.id).engine_state
        due = max(row.due_at for row in uow.list(Deadline, element="deadline_assignment"))

    def write(content: bytes) -> None:
        with program.database.engine.begin() as connection:
            connection.execute(update(tables.case).where(states.id == poisoned.id).values(engine_state=content))

    write(b"poison")
    program.set_clock(due + timedelta(seconds=1))
    fired = failed = 0
    while (swept := fire_deadlines(program)).fired or swept.failed:
        fired, failed = fired + swept.fired, failed + swept.failed
    assert failed >= 1
    assert "deadline_failed" in story.said(poisoned)
    write(state)
    program.set_clock(program.clock.now() + Deadline.PAUSE + timedelta(seconds=1))
    again = fire_deadlines(program)
    assert (again.fired, again.failed) == (failed, 0)
    with program.reading() as uow:
        left = [row.id for row in uow.list(Deadline) if row.waits and row.due_at <= uow.now]
    assert not left, left
    require_sound(program, failures=True)
    return fired + again.fired


# --- a disk that is full -----------------------------------------------------------


@dataclass(frozen=True)
class OnFullDisk:
    """What people were told while there was no room, and whether the same act went through when there was."""

    told: Mapping[str, str]
    afterwards: Mapping[str, str]


def fill_the_disk(story: Story) -> OnFullDisk:
    """Attach, file, complete and sign without room for files, then without room in the database, then with room.

    What is written into the database is long: it finds no place on the pages that the database has.
    """
    program = story.program
    one, two = story.complete(), story.work("unit", story.complete(), "task_examine", **CONFORMS)
    applicant, draft = story.applicant(PERSONA), story.draft(PERSONA, TRADE, [TITLE])
    signed, sent = prepared_signature(story, two), prepared_filing(story)
    done = prepared_step(story, one, "unit", {**CONFORMS, "conclusion": LONG})
    attached: Act = partial(
        attach, program, draft, applicant, kind="guarantee_letter", name="хат.pdf", content=pdf("Хат", "7"),
        media_type="application/pdf",
    )  # fmt: skip
    told: dict[str, str] = {}
    with full_store():
        told |= {"attach a file": _told(attached), "file": _told(sent), "sign": _told(signed)}
    acts: Mapping[str, Act] = {"file": sent, "complete": done, "sign": signed}
    with full_database(program.database.engine):
        told |= {f"{name}, the database full": _told(act) for name, act in acts.items()}
    afterwards = {name: _told(act) for name, act in {**acts, "attach a file": attached}.items()}
    require_sound(program, failures=True)
    return OnFullDisk(told, afterwards)


def _told(act: Act) -> str:
    """What a person is told; nothing when it is done."""
    try:
        act()
    except OperationFailed as failed:
        return str(failed.data["cause"])
    except RuqsatError as answer:
        return answer.code
    return ""


# --- the database server is restarted under load -------------------------------------


def restart_under_load(story: Complaints, restart: Callable[[], None], times: int) -> Counter[str]:
    """Restart the server while people work: each act is done or was never begun; what the acts came to."""
    told: Counter[str] = Counter()
    stopped, receipts = threading.Event(), []
    acts = ("task",) * 4 + ("file",)

    class Interrupted(Town):
        """A town whose people are told when the database is away."""

        def act(self, name: str, chance: Random) -> None:
            """Do one thing; a database that is away is told, too."""
            try:
                super().act(name, chance)
            except DBAPIError as away:
                assert away.connection_invalidated or "connect" in str(away), away
                told[f"{name}: away"] += 1

        def _file(self, chance: Random) -> None:
            receipts.append(self.story.file(chance.choice(PERSONAS), TRADE, [TITLE, LETTER]).number)

    def live(number: int) -> None:
        town, chance = Interrupted(story, lambda what: told.update([what])), Random(number)
        while not stopped.is_set():
            town.act(chance.choice(acts), chance)

    with ThreadPoolExecutor(PEOPLE) as pool:
        people = [pool.submit(live, number) for number in range(PEOPLE)]
        for number in range(times):
            stopped.wait(0.5 + Random(number).random())
            restart()
        stopped.wait(1)
        stopped.set()
        for person in people:
            person.result()
    require_sound(story.program, receipts, failures=True)
    assert receipts
    return told


PEOPLE = 3
PERSONAS: Sequence[str] = ("company_head", "entrepreneur", "company2_head")


# --- what only has to be done ---------------------------------------------------------


def prepared_filing(cast: Cast) -> Act:
    """An application that is signed and only has to be sent."""
    draft, applicant = cast.draft(PERSONA, TRADE, [TITLE, LETTER]), cast.applicant(PERSONA)
    cms = cast.pki.sign_cms(PERSONA, prepare_filing(cast.program, draft, applicant, "kk"))
    return lambda: file_application(cast.program, draft, applicant, cms)


def prepared_step(cast: Cast, case: Case, login: str, answers: Mapping[str, Any]) -> Act:
    """The case's one open task with its answers, which only have to be sent."""
    (task,) = cast.program.queries.case(case.id).open_tasks()
    actor, raw = cast.officer(login), {name: [str(said)] for name, said in answers.items()}
    return lambda: complete_task(cast.program, task.id, actor, raw)


def prepared_signature(cast: Cast, case: Case) -> Act:
    """The case's paper, signed by the head, which only has to be sent."""
    (task,) = cast.program.queries.case(case.id).open_tasks()
    head = cast.officer("head")
    prepared = prepare_document(cast.program, task.id, head, SIGNS)
    cms = cast.pki.sign_cms("ministry_head", bytes_to_sign(cast.program, prepared))
    return lambda: sign_document(cast.program, prepared.id, head, cms)
