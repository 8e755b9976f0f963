"""The machine's clock steps back an hour behind the end of a term: what has happened stays, and happens no second time.

Each term is passed, the clock steps back behind it, workers look and people act in that hour, and it is passed again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from service.domain.case import Breach, Case, Deadline, DeadlineKind, JournalEntry
from service.domain.messages import OfficerNote, OutboxMessage
from service.program import Program
from service.usecases.fire_deadlines import Swept, fire_deadlines
from service.usecases.send_outbox import CLAIMED_FOR
from tests.program import CONFORMS, Story
from tests.soak.operations import FAULTS, raising
from tests.soak.sound import require_delivered_once, require_sound

BACK, MOMENT = timedelta(hours=1), timedelta(seconds=1)
NOTHING = Swept(0, 0)
ONCE = {"fired": 1, "breaches": 1, "missed": 1, "told": 1}
"""What the end of a term comes to."""


@dataclass
class Backward:
    """One program whose clock steps back; `counted` says how often it did, and behind what."""

    story: Story
    counted: Counter[str] = field(default_factory=Counter)
    passed: list[Deadline] = field(default_factory=list)

    def run(self, cases: int) -> None:
        """Let so many cases go to their end with every term missed; one message and one term fail on the way."""
        unit = str(self.story.officer("unit").officer_id)
        for _ in range(cases):
            # Three hours after the opening: no filing is of the evening before.
            opening = self.program.next_opening(self.program.clock.now())
            self.program.move_clock(opening + timedelta(hours=3), send=False)
            case = self.story.filed()
            self._claimed(case)
            for login, element, answers, late in (
                ("chancellery", "task_assign", {"executor": unit}, self._crossed),
                ("unit", "task_check_completeness", {"complete": "yes"}, self._failed),
                ("unit", "task_examine", CONFORMS, self._crossed),
            ):
                late(case)
                self.story.work(login, case, element, **answers)
                self._passed_again(case)
            # The permit is late from the moment at which its task opens.
            self.story.work("head", case, "task_sign_permit", decision="sign")
            assert self.story.now(case).outcome == "granted"
        require_delivered_once(self.program, self.story.world)
        world = self.story.world
        assert world.portal.repeats == world.monitoring.repeats == world.mail.repeats == 0
        require_sound(self.program, failures=True)

    @property
    def program(self) -> Program:
        """The program whose clock it is."""
        return self.story.program

    def _crossed(self, case: Case) -> None:
        """The end of the open task's term passes, and the clock steps back behind it."""
        term = self._next(case)
        self.program.move_clock(term.due_at - MOMENT, send=False)
        self.program.set_clock(term.due_at + MOMENT)
        assert fire_deadlines(self.program).fired >= 1
        assert self._effects(case, term) == ONCE
        self._step_back(term)
        self.passed.append(term)

    def _passed_again(self, case: Case) -> None:
        """Behind the step that was taken in the hour that came twice, the ends of terms pass once more."""
        for term in self.passed:
            self.program.set_clock(max(term.due_at + MOMENT, self.program.clock.now()))
            fire_deadlines(self.program)
            assert self._effects(case, term) == ONCE
            self.counted["terms passed twice"] += 1
        self.passed.clear()

    def _failed(self, case: Case) -> None:
        """A term that could not be carried out waits for its next try, an hour longer where the clock steps back."""
        term = self._next(case)
        self.program.move_clock(term.due_at - MOMENT, send=False)
        self.program.set_clock(term.due_at + MOMENT)
        with raising(1, FAULTS[0]):
            assert fire_deadlines(self.program) == Swept(0, 1)
        self._step_back(term)
        self.program.set_clock(term.due_at + 60 * MOMENT)  # a slow machine has failed some seconds after its end
        assert fire_deadlines(self.program) == NOTHING
        assert self._effects(case, term)["fired"] == 0
        self.program.set_clock(term.due_at + Deadline.PAUSE + 60 * MOMENT)
        assert fire_deadlines(self.program).fired >= 1
        assert self._effects(case, term) == ONCE
        self.counted["failed terms tried again"] += 1

    def _claimed(self, case: Case) -> None:
        """A message that a worker had claimed when it died is sent once, when its claim is over by the clock."""
        with self.program.unit_of_work() as uow:
            (row, *_others) = uow.list(OutboxMessage, case_id=case.id, sent_at=None)
            assert uow.outbox.claim(row.id, uow.now, uow.now + CLAIMED_FOR) is not None
            uow.commit()
        began = self.program.clock.now()
        self.program.set_clock(began - BACK)
        self.program.sweep()
        with self.program.reading() as uow:
            assert uow.get(OutboxMessage, row.id).sent_at is None
        self.program.set_clock(began + CLAIMED_FOR + MOMENT)
        self.program.sweep()
        with self.program.reading() as uow:
            assert uow.get(OutboxMessage, row.id).sent_at is not None
        self.counted["claims of a dead worker outlived"] += 1

    def _step_back(self, term: Deadline) -> None:
        """The end of the term lies ahead again; whoever looks now finds nothing to do."""
        self.program.set_clock(self.program.clock.now() - BACK)
        assert term.due_at > self.program.clock.now()
        assert fire_deadlines(self.program) == NOTHING
        self.program.sweep()
        self.counted["steps back of an hour"] += 1

    def _next(self, case: Case) -> Deadline:
        """The term of the open task that ends next."""
        task, rows = self.story.open_task(case), self.program.queries.case(case.id).running_deadlines()
        terms = [row for row in rows if row.kind is DeadlineKind.TERM and row.task_id == task.id]
        return min(terms, key=lambda row: row.due_at)

    def _effects(self, case: Case, term: Deadline) -> dict[str, int]:
        """What the end of a term has come to."""
        with self.program.reading() as uow:
            row = uow.get(Deadline, term.id)
            lines = [each for each in uow.list(JournalEntry, case_id=case.id) if each.element == term.element]
            notes = [each for each in uow.list(OfficerNote, case_id=case.id) if each.kind == "escalation"]
            return {
                "fired": int(row.fired_at is not None),
                "breaches": len(uow.list(Breach, case_id=case.id, element=term.element)),
                "missed": sum(each.action == "term_missed" for each in lines),
                "told": sum(term.element in (each.element, each.details.get("term")) for each in notes),
            }
