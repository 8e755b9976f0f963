"""A model of the office as a state machine: anybody acts at any time while anything breaks, and what must hold holds.

Hypothesis chooses the acts; where something does not hold it looks for the shortest way that leads there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from service.demo.seed import EXPIRED
from service.domain.deadlines import local
from service.domain.errors import RuqsatError
from service.sandbox.personas import PERSONAS as KEYS
from service.sandbox.weather import Weather
from service.usecases.applicant_acts import submit_position, withdraw_case
from service.usecases.extend_term import extend_term
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from service.usecases.tasks import complete_task
from tests.program import LETTER, TITLE, TRADE
from tests.soak.life import Life
from tests.soak.operations import FAULTS, Fault, raising
from tests.soak.places import BEGINNINGS
from tests.soak.town import BACK, LOGINS, PERSONAS, dying

WHICH, HOW = st.integers(0, 7), st.integers(0, 11)
"""Of several cases or answers the one in this place, counted round."""
PAPERS = ([TITLE, LETTER], [TITLE, LETTER], [EXPIRED], [TITLE])
HOURS = (1, 3, 24, 30, 72)
MOST_CASES = 5


def beside(act: str, told: str, where: Callable[[Any], bool] = lambda self: bool(self.cases)) -> Any:
    """A rule for something that is done beside the drawings, where there is something to do it with."""

    def happen(self: Life, chance: Random) -> None:
        self._beside(act, chance)

    happen.__name__, happen.__doc__ = act, told
    return precondition(where)(rule(chance=st.randoms(use_true_random=False))(happen))


def going_on(role: str) -> Any:
    """A rule for whatever waits, in the lane of this role or in any: most of what happens in an office."""

    def go_on(self: Life, which: int, how: int) -> None:
        case, task = self._nth(self._of_role(role), which)
        self._answer(case, task, how)

    go_on.__name__ = f"{role or 'anybody'}_goes_on"
    return precondition(lambda self: bool(self._of_role(role)))(rule(which=WHICH, how=HOW)(go_on))


class Lives(Life):
    """Who acts next, with what answer, and what breaks, is chosen anew at each step."""

    # --- what people do --------------------------------------------------------

    begins = BEGINNINGS

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
    @rule(which=WHICH, how=HOW, days=st.integers(0, 4))
    def hear(self, which: int, how: int, days: int) -> None:
        """The unit records the hearing, some days later."""
        self.town.move(self.program.clock.now() + timedelta(days=days))
        self._look()
        if "task_hold_hearing" in self.waits:
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

    unit_goes_on = going_on("unit")
    chancellery_goes_on = going_on("chancellery")
    head_goes_on = going_on("head")
    reviewer_goes_on = going_on("reviewer")
    anybody_goes_on = going_on("")

    @precondition(lambda self: self.cases)
    @rule(which=WHICH, oral=st.booleans())
    def position(self, which: int, oral: bool) -> None:
        """The applicant answers a preliminary decision, also where there is none."""
        case = self._nth(self.cases, which)
        applicant = self.story.applicant(self.town.persona(case))
        self._do("position", lambda: submit_position(self.program, case.id, applicant, "Келіспеймін", wants_oral=oral))

    @precondition(lambda self: len(self.waits) > 1)
    @rule(which=WHICH)
    def withdraw(self, which: int) -> None:
        """The applicant withdraws something while something else goes on."""
        case, _task = self._nth(self._everything(), which)
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

    exempt = beside(
        "exempt", "The applicant asks for no hearing, and the officer keeps the request.",
        lambda self: "task_invite_hearing" in self.waits,
    )  # fmt: skip
    permit = beside(
        "permit", "The head suspends, resumes or cancels a permit.", lambda self: "RegisterEntry" in self.there
    )
    court = beside(
        "court", "A claim is recorded, or ends with a court act.", lambda self: "IssuedDocument" in self.there
    )
    error = beside(
        "error", "A clerical error is reported, corrected, or found to be none.",
        lambda self: "IssuedDocument" in self.there,
    )  # fmt: skip
    access = beside("access", "The file of a case is asked for, given, or fetched.")
    consent = beside("consent", "A consent is taken back.")
    calendar = beside("calendar", "Another calendar is loaded.")
    edition = beside("edition", "Another edition is deployed.")

    # --- time ------------------------------------------------------------------

    @precondition(lambda self: self.cases and not self.waited)
    @rule(hours=st.sampled_from(HOURS))
    def let_hours_pass(self, hours: int) -> None:
        """Terms that end on the way are missed, what waits for a day goes on."""
        self._do("time", lambda: self.town.move(self.program.clock.now() + timedelta(hours=hours)))
        self.waited = True

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
