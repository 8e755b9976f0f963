"""A worker is killed in the middle of many terms that are due at once: each has its effects once, none is forgotten."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from sqlalchemy import func, select

from service.adapters.database import tables
from service.domain.case import Breach, Case, Deadline, JournalEntry, Task
from service.domain.messages import Notice, OfficerNote, OutboxMessage
from service.program import Program
from service.usecases.fire_deadlines import fire_one
from tests.program import Story
from tests.soak.processes import Mortal, run_worker
from tests.soak.quick import Remembered
from tests.soak.sound import require_delivered_once, require_sound

TERM, LOOK = "deadline_assignment", 0.005
"""The term that is due, of the chancellery; seconds between two looks at how many of them are fired."""
PATIENCE = 120
LATER = ("message_delayed", "case_read")
"""Lines that come of sending and reading, not of a term."""


@dataclass
class Sweeps:
    """So many terms of one program, due at once; `killed_after` how many were fired when the worker was killed."""

    story: Story
    remembered: Remembered
    many: int
    killed_after: list[int] = field(default_factory=list)
    seed: int = 20230912

    def run(self, kills: int) -> None:
        """Kill a worker so often before all terms are fired, let another finish, and compare case with case."""
        alone, *cases = [self.story.filed() for _ in range(self.many + 1)]
        self._let_all_be_due()
        self._fire(alone)
        chance = Random(self.seed)
        for left in range(kills, 0, -1):
            fired = self._fired()
            until = fired + chance.randint(1, max(1, (self.many - fired) // (left + 1)))
            self._work(until)
        self._work(self.many)
        assert all(0 < after < self.many for after in self.killed_after[:-1]), self.killed_after
        self.killed_after.pop()
        require_delivered_once(self.program, self.story.world)
        require_sound(self.program)
        self._require_all_like(alone, cases)

    @property
    def program(self) -> Program:
        """The program whose terms are due."""
        return self.story.program

    def _let_all_be_due(self) -> None:
        """The instant after the last of the terms; the messages of the filings have left before."""
        self.program.sweep()
        with self.program.reading() as uow:
            due = max(row.due_at for row in uow.list(Deadline, element=TERM))
        self.program.set_clock(due + timedelta(seconds=1))

    def _fire(self, case: Case) -> None:
        """What the end of the term comes to where nothing is killed: everything of this case that is due, in order."""
        with self.program.reading() as uow:
            rows = [row for row in uow.list(Deadline, case_id=case.id) if row.is_due(uow.now)]
        for row in sorted(rows, key=lambda row: row.due_at):
            assert fire_one(self.program, row.id, case.id)

    def _work(self, until: int) -> None:
        """A worker fires terms until so many are fired, and is killed."""
        worker = Mortal(run_worker, self.program.settings, self.remembered)
        try:
            ends = time.monotonic() + PATIENCE
            while self._fired() < until:
                assert time.monotonic() < ends, f"{self._fired()} of {until} terms were fired"
                time.sleep(LOOK)
        finally:
            worker.kill()
        self.killed_after.append(self._fired())

    def _fired(self) -> int:
        """How many of the terms are fired, but for the one that was fired alone."""
        row = tables.deadline.c
        asked = select(func.count()).where(row.element == TERM, row.kind == "term", row.fired_at.is_not(None))
        with self.program.database.engine.execution_options(reading=True).connect() as connection:
            return int(connection.scalar(asked) or 0) - 1

    def _require_all_like(self, alone: Case, cases: Sequence[Case]) -> None:
        """Every case has come to exactly what the one has come to whose term was fired where nothing was killed."""
        wanted = self._came_to(alone)
        assert wanted["term_missed deadline_assignment"] == 1
        for case in cases:
            found = self._came_to(case)
            assert found == wanted, f"{case.number}: {found - wanted} too many, {wanted - found} missing"

    def _came_to(self, case: Case) -> Counter[str]:
        with self.program.reading() as uow:
            lines = [each for each in uow.list(JournalEntry, case_id=case.id) if each.action not in LATER]
            found = Counter(f"{each.action} {each.element}" for each in lines)
            found += Counter(f"note {each.kind} {each.element}" for each in uow.list(OfficerNote, case_id=case.id))
            found += Counter(f"notice {each.kind}" for each in uow.list(Notice, case_id=case.id))
            found += Counter(f"message {each.channel}" for each in uow.list(OutboxMessage, case_id=case.id))
            found += Counter(f"breach {each.element}" for each in uow.list(Breach, case_id=case.id))
            found += Counter(f"task {each.element}" for each in uow.list(Task, case_id=case.id))
            fired = [each for each in uow.list(Deadline, case_id=case.id) if each.fired_at]
        return found + Counter(f"fired {each.kind} {each.element}" for each in fired)
