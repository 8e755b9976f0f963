"""A model of the office as a state machine: anybody acts at any time while anything breaks, and what must hold holds.

Hypothesis chooses the acts; where something does not hold it looks for the shortest way that leads there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from random import Random
from typing import Any, ClassVar, TypeVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from service.demo.seed import EXPIRED
from service.domain.case import APPEAL, Case, Task
from service.domain.deadlines import local
from service.domain.errors import RuqsatError
from service.program import Program
from service.sandbox.personas import PERSONAS as KEYS
from service.sandbox.weather import Weather
from service.usecases.applicant_acts import submit_position, withdraw_case
from service.usecases.audit import audit
from service.usecases.extend_term import extend_term
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from service.usecases.tasks import complete_task
from tests.complaints import Complaints
from tests.program import LETTER, TITLE, TRADE
from tests.soak.lawful import require_lawful
from tests.soak.operations import BESIDE, FAULTS, Fault, raising
from tests.soak.places import BEGINNINGS, Place
from tests.soak.quick import hurry
from tests.soak.town import BACK, LOGINS, PERSONAS, Dies, dying
from tests.soak.wide_town import WideTown

Waiting = tuple[Case, Task]
Found = TypeVar("Found")
WHICH, HOW = st.integers(0, 7), st.integers(0, 11)
"""Of several cases or answers the one in this place, counted round."""
PAPERS = ([TITLE, LETTER], [TITLE, LETTER], [EXPIRED], [TITLE])
HOURS = (1, 3, 24, 30, 72)
MOST_CASES = 5
SIGNING = "task_sign"
UNSIGNED = ("task_assign", "task_check_completeness", "task_examine", "task_hold_hearing", "task_review_complaint",
            "task_register_complaint", "task_register_review", "task_consider_complaint")  # fmt: skip
"""Tasks whose form is sent without a signature."""
LATE = ("task_closed", "case_changed")
"""What the second of two who send the same is told."""


class Lives(RuleBasedStateMachine):
    """One life of an office: who acts next, with what answer, and what breaks, is chosen anew at each step."""

    place: ClassVar[Place]

    def __init__(self) -> None:
        super().__init__()
        self._open, remembered = ExitStack(), self.place.remembered
        program = self._open.enter_context(self.place.fresh())
        story = Complaints(program, self.place.world)
        hurry(story, remembered)
        self.town, self.receipts = WideTown(story, self._hear), set[str]()
        self.waits: Mapping[str, Sequence[Waiting]] = {}
        self.cases: Sequence[Case] = ()
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

    # --- what people do --------------------------------------------------------

    @initialize(begun=st.sampled_from(sorted(BEGINNINGS)))
    def begin(self, begun: str) -> None:
        """What has happened before."""
        self._do(begun, lambda: BEGINNINGS[begun](self.story))
        self.begun = True

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule(who=st.sampled_from(PERSONAS), papers=st.sampled_from(PAPERS))
    def file(self, who: str, papers: Sequence[Any]) -> None:
        """An application, with all papers or without some; its number is the applicant's receipt."""
        self._do("file", lambda: self.receipts.add(self.story.file(who, TRADE, list(papers)).number))

    @precondition(lambda self: "task_assign" in self.waits)
    @rule(which=WHICH)
    def assign(self, which: int) -> None:
        """The chancellery names the executor."""
        self._work("task_assign", which)

    @precondition(lambda self: "task_check_completeness" in self.waits)
    @rule(which=WHICH, how=HOW)
    def check_completeness(self, which: int, how: int) -> None:
        """The unit finds the documents complete, or not."""
        self._work("task_check_completeness", which, how)

    @precondition(lambda self: "task_examine" in self.waits)
    @rule(which=WHICH, how=HOW)
    def examine(self, which: int, how: int) -> None:
        """The unit finds grounds for a refusal, or none."""
        self._work("task_examine", which, how)

    @precondition(lambda self: "task_invite_hearing" in self.waits)
    @rule(which=WHICH, how=HOW)
    def invite(self, which: int, how: int) -> None:
        """The unit invites to a hearing, or says why there is none."""
        self._work("task_invite_hearing", which, how)

    @precondition(lambda self: "task_hold_hearing" in self.waits)
    @rule(which=WHICH, how=HOW)
    def hear(self, which: int, how: int) -> None:
        """The unit records the hearing."""
        self._work("task_hold_hearing", which, how)

    @precondition(lambda self: self._signing())
    @rule(which=WHICH)
    def sign(self, which: int) -> None:
        """Whoever has to signs the paper that waits."""
        case, task = self._nth(self._signing(), which)
        self._do("sign", lambda: self.story.work(LOGINS[task.role], case, task.element, decision="sign"))

    @precondition(lambda self: self._signing())
    @rule(which=WHICH)
    def send_back(self, which: int) -> None:
        """Whoever has to sign sends the paper back with a reason."""
        case, task = self._nth(self._signing(), which)
        self._do("send back", lambda: self.story.work(LOGINS[task.role], case, task.element, **BACK))

    @precondition(lambda self: self._of_complaints())
    @rule(which=WHICH, how=HOW)
    def consider_complaint(self, which: int, how: int) -> None:
        """The next step of a complaint, but for a signature."""
        case, task = self._nth(self._of_complaints(), which)
        self._answer(case, task, how)

    @precondition(lambda self: self.waits)
    @rule(which=WHICH, how=HOW)
    def go_on(self, which: int, how: int) -> None:
        """Somebody does whatever waits: most of what happens in an office."""
        case, task = self._nth(self._everything(), which)
        self._answer(case, task, how)

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, oral=st.booleans())
    def position(self, which: int, oral: bool) -> None:
        """The applicant answers a preliminary decision, also where there is none."""
        case = self._nth(self.cases, which)
        applicant = self.story.applicant(self.town.persona(case))
        self._do("position", lambda: submit_position(self.program, case.id, applicant, "Келіспеймін", wants_oral=oral))

    @precondition(lambda self: len(self.cases) > 1)
    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        """The applicant withdraws, also what is over."""
        case = self._nth(self.cases, which)
        applicant = self.story.applicant(self.town.persona(case))
        self._do("withdraw", lambda: withdraw_case(self.program, case.id, applicant, "Қайта толтырамын"))

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, days=st.integers(0, 50))
    def extend(self, which: int, days: int) -> None:
        """The head gives the terms of a case a later end: also one that is past, or that the law does not allow."""
        case, head = self._nth(self.cases, which), self.story.officer("head")
        until = local(self.program.clock.now()).date() + timedelta(days=days - 2)
        self._do("extend", lambda: extend_term(self.program, case.id, head, until, "Қосымша тексеру"))

    @precondition(lambda self: self.cases and len(self.cases) < MOST_CASES)
    @rule(chance=st.randoms(use_true_random=False))
    def complain(self, chance: Random) -> None:
        """Somebody complains against the newest act of a case, or against what is not done in it."""
        self._beside("complain", chance)

    @precondition(lambda self: self.cases)
    @rule(
        act=st.sampled_from(("exempt", "permit", "court", "error", "access", "consent", "calendar", "edition")),
        chance=st.randoms(use_true_random=False),
    )
    def act_beside(self, act: str, chance: Random) -> None:
        """What is done beside the drawings: a court, a clerical error, a calendar, another edition ..."""
        self._beside(act, chance)

    # --- time ------------------------------------------------------------------

    @precondition(lambda self: self.cases)
    @rule(hours=st.sampled_from(HOURS))
    def let_hours_pass(self, hours: int) -> None:
        """Terms that end on the way are missed, what waits for a day goes on."""
        self._do("time", lambda: self.town.move(self.program.clock.now() + timedelta(hours=hours)))

    @precondition(lambda self: self.cases and not self.waited)
    @rule()
    def wait_for_what_is_due(self) -> None:
        """The clock passes the next end of a term, and nobody has looked yet."""
        due = self.program.next_due()
        if due is not None:
            self.program.set_clock(max(due, self.program.clock.now()) + timedelta(minutes=1))
        self._do("due", lambda: None)
        self.waited = True

    @precondition(lambda self: self.moved)
    @rule(weather=st.sampled_from((Weather.FINE, Weather.FINE, Weather.DOWN, Weather.GARBAGE, Weather.FAULT)))
    def sweep(self, weather: Weather) -> None:
        """The worker looks at everything and sends what waits; the gateway and the mail server take it, or refuse."""
        self.place.world.shep.weather = self.place.world.mail.weather = weather
        self._do(f"sweep, {weather.value}", self.program.sweep)
        self.moved = False

    # --- what breaks -----------------------------------------------------------

    @precondition(lambda self: self.waits)
    @rule(which=WHICH, how=HOW, point=st.integers(1, 3), fault=st.sampled_from(FAULTS))
    def let_an_operation_fail(self, which: int, how: int, point: int, fault: Fault) -> None:
        """An operation of a step raises: nothing of the step is saved."""
        case, task = self._nth(self._everything(), which)
        before = self._marks(case)
        with raising(point, fault) as raised:
            self._answer(case, task, how, "operation fails")
        if raised.element:
            assert self._marks(case) == before, f"half a step was saved when {raised.element} had failed"

    @precondition(lambda self: self.waits)
    @rule(which=WHICH, how=HOW, transaction=st.integers(0, 2))
    def let_the_power_go(self, which: int, how: int, transaction: int) -> None:
        """A transaction of a step is cut off before its commit; the third one of a signing is that which decides."""
        case, task = self._nth(self._everything(), which)
        with dying(self.story, transaction):
            self._answer(case, task, how, "commit dies")

    @precondition(lambda self: self._forms())
    @rule(which=WHICH, how=HOW)
    def send_twice(self, which: int, how: int) -> None:
        """One form is sent twice: what the first has done, the second reads."""
        case, task = self._nth(self._forms(), which)
        login, answers = self._answers(case, task, how)
        raw = {name: list(map(str, said if isinstance(said, list) else [said])) for name, said in answers.items()}
        actor, version = self.story.officer(login), case.version
        self._twice("send", lambda: complete_task(self.program, task.id, actor, raw, version))

    @precondition(lambda self: self._signing())
    @rule(which=WHICH, hours=st.sampled_from((0, 0, 2)), key=st.sampled_from(("", "", *PERSONAS)))
    def sign_twice(self, which: int, hours: int, key: str) -> None:
        """One signature is sent twice: also from a page of two hours ago, and with the key of somebody else."""
        _case, task = self._nth(self._signing(), which)
        officer = self.story.officer(LOGINS[task.role])
        own = next(name for name, found in KEYS.items() if found.iin == officer.iin)
        try:
            prepared = prepare_document(self.program, task.id, officer, {"decision": ["sign"]})
        except RuqsatError as answer:
            self._hear(f"prepare: {answer.code}")
            return
        cms = self.story.pki.sign_cms(key or own, bytes_to_sign(self.program, prepared))
        self.town.move(self.program.clock.now() + timedelta(hours=hours))
        told = self._twice("sign", lambda: sign_document(self.program, prepared.id, officer, cms))
        assert told != "done" or not (key or hours), "another's key, or an old paper"

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
        """What waits now, and for whom."""
        self.cases = self.town.cases()
        found: dict[str, list[Waiting]] = {}
        for case, task in self.town.waiting():
            found.setdefault(task.element, []).append((case, task))
        self.waits = found

    def _work(self, element: str, which: int, how: int = 0) -> None:
        case, task = self._nth(self.waits[element], which)
        self._answer(case, task, how)

    def _answer(self, case: Case, task: Task, how: int, broken: str = "") -> None:
        """Do a task in one of the ways in which it can be done."""
        login, answers = self._answers(case, task, how)
        name = broken or task.element.removeprefix("task_")
        self._do(name, lambda: self.story.work(login, case, task.element, **answers))

    def _answers(self, case: Case, task: Task, how: int) -> tuple[str, Mapping[str, Any]]:
        return LOGINS[task.role], self._nth(self.town.ways(case, task, 1 + how % 2), how)

    def _everything(self) -> Sequence[Waiting]:
        return [each for found in self.waits.values() for each in found]

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
