"""One life of an office: its people and what waits for them, what it must keep to after each act, and its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from random import Random
from typing import Any, ClassVar, TypeVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from service.domain.case import APPEAL, Case, Task
from service.domain.claims import Claim
from service.domain.decisions import IssuedDocument, RegisterEntry
from service.domain.errors import RuqsatError
from service.program import Program
from service.usecases.audit import audit
from tests.complaints import Complaints
from tests.soak.lawful import require_lawful
from tests.soak.operations import BESIDE
from tests.soak.places import Begins, Place
from tests.soak.quick import hurry
from tests.soak.town import LOGINS, Dies
from tests.soak.wide_town import WideTown

Waiting = tuple[Case, Task]
Found = TypeVar("Found")
SIGNING = "task_sign"
UNSIGNED = ("task_assign", "task_check_completeness", "task_examine", "task_hold_hearing", "task_review_complaint",
            "task_register_complaint", "task_register_review", "task_consider_complaint")  # fmt: skip
"""Tasks whose form is sent without a signature."""
LATE = ("task_closed", "case_changed")
"""What the second of two who send the same is told."""


class Life(RuleBasedStateMachine):
    """What every life has: `held` says that all held after the last act, `begun` that something happened before."""

    place: ClassVar[Place]
    begins: ClassVar[Begins]

    def __init__(self) -> None:
        super().__init__()
        self._open, remembered = ExitStack(), self.place.remembered
        program = self._open.enter_context(self.place.fresh())
        story = Complaints(program, self.place.world)
        hurry(story, remembered)
        self.town, self.receipts = WideTown(story, self._hear), set[str]()
        self.waits: Mapping[str, Sequence[Waiting]] = {}
        self.cases: Sequence[Case] = ()
        self.there: frozenset[str] = frozenset()
        self.held = self.begun = self.moved = self.waited = False
        self._look()

    @property
    def story(self) -> Complaints:
        """The people."""
        return self.town.story

    @property
    def program(self) -> Program:
        """The program that all of this happens to."""
        return self.town.program

    @initialize(which=st.integers(0, 99))
    def begin(self, which: int) -> None:
        """What has happened before."""
        begun = sorted(self.begins)[which % len(self.begins)]
        self._do(begun, lambda: self.begins[begun](self.story))
        self.begun = True

    # --- what must hold --------------------------------------------------------

    @invariant()
    def everything_holds(self) -> None:
        """The journal's chains are whole, rows and engine agree, and nothing unlawful has come about."""
        if not self.begun:
            return
        wrong = [str(found) for found in audit(self.program)]
        assert wrong == []
        require_lawful(self.town)
        lost = self.receipts - {case.number for case in self.cases}
        assert not lost, f"receipts without a case: {lost}"
        self.held = True

    def teardown(self) -> None:
        """At the end everything that waits is sent, and the other side has it once."""
        try:
            if self.held and self.begun:
                self.place.end(self.town, self.receipts)
        finally:
            self._open.close()

    # --- how it is done --------------------------------------------------------

    def _do(self, name: str, act: Callable[[], object]) -> str:
        """Do something; what the procedure answers to it is no failure, everything else is."""
        self.held, self.moved, self.waited = False, True, False
        try:
            act()
            told = "done"
        except RuqsatError as answer:
            told = answer.code
        except Dies:
            told = "died"
        self._hear(f"{name}: {told}")
        self._look()
        return told

    def _beside(self, act: str, chance: Random) -> None:
        self.held, self.moved, self.waited = False, True, False
        self.town.act(act, chance)
        self._look()

    def _twice(self, name: str, act: Callable[[], object]) -> str:
        first = self._do(f"{name} it once", act)
        if first == "done":
            assert self._do(f"{name} it twice", act) in LATE
        return first

    def _hear(self, told: str) -> None:
        self.place.told[told] += 1
        note(told)

    def _look(self) -> None:
        """What waits now, and for whom; what else there is."""
        self.cases = self.town.cases()
        found: dict[str, list[Waiting]] = {}
        for case, task in self.town.waiting():
            found.setdefault(task.element, []).append((case, task))
        self.waits = found
        with self.program.reading() as uow:
            kinds = (RegisterEntry, IssuedDocument, Claim)
            self.there = frozenset(kind.__name__ for kind in kinds if uow.list(kind))

    def _work(self, element: str, which: int, how: int = 0) -> None:
        case, task = self._nth(self.waits[element], which)
        self._answer(case, task, how)

    def _answer(self, case: Case, task: Task, how: int, broken: str = "") -> str:
        """Do a task in one of the ways in which it can be done."""
        login, answers = self._answers(case, task, how)
        name = broken or task.element.removeprefix("task_")
        return self._do(name, lambda: self.story.work(login, case, task.element, **answers))

    def _answers(self, case: Case, task: Task, how: int) -> tuple[str, Mapping[str, Any]]:
        return LOGINS[task.role], self._nth(self.town.ways(case, task, 1 + how % 2), how)

    def _everything(self) -> Sequence[Waiting]:
        return [each for found in self.waits.values() for each in found]

    def _of_role(self, role: str) -> Sequence[Waiting]:
        return [each for each in self._everything() if role in ("", each[1].role)]

    def _signing(self) -> Sequence[Waiting]:
        return [each for each in self._everything() if each[1].element.startswith(SIGNING)]

    def _forms(self) -> Sequence[Waiting]:
        return [each for each in self._everything() if each[1].element in UNSIGNED]

    def _of_complaints(self) -> Sequence[Waiting]:
        appeals = [each for each in self._everything() if each[0].procedure == APPEAL]
        return [each for each in appeals if not each[1].element.startswith(SIGNING)]

    def _marks(self, case: Case) -> tuple[int, bytes, int]:
        """By what half a step would be seen."""
        view = self.town.view(case)
        lines = [line for line in view.journal if line.action not in BESIDE]
        return view.case.version, view.case.engine_state, len(lines)

    @staticmethod
    def _nth(found: Sequence[Found], which: int) -> Found:
        return found[which % len(found)]
