"""Whatever people do, in whatever order, at whatever time, and whatever breaks: the law's results stay lawful."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from service.adapters.press import EditionPress
from service.demo.seed import EXPIRED
from service.demo.world import World
from service.domain.case import Case, DeadlineKind, Task
from service.domain.deadlines import local
from service.domain.errors import RuqsatError
from service.domain.ports import UnitOfWork
from service.domain.views import CaseView
from service.sandbox.weather import Weather
from service.usecases.applicant_acts import submit_position, withdraw_case
from service.usecases.audit import audit
from service.usecases.extend_term import extend_term
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from tests.databases import SQLiteDatabases
from tests.effort import THOROUGH, examples
from tests.program import CONFORMS, DOES_NOT, HEARING, LETTER, TITLE, TRADE, Story, build_program

PERSONAS = ("company_head", "entrepreneur", "company2_head")
TASKS = ("task", "task", "task", "task", "task", "task", "time", "time")
"""Most of what happens in an office."""
RARE = ("file", "withdraw", "position", "extend", "weather", "two hands", "another's key", "dies")
ACTS = st.lists(st.tuples(st.sampled_from((*TASKS, *RARE)), st.integers(0, 47)), min_size=20, max_size=40)
HOURS = (1, 3, 24, 30, 72, 200)
GRANTED, REFUSED = "granted", "refused"


class Dies(Exception):
    """The machine loses its power before a transaction ends."""


class Town:
    """A program of its own, and everything that may be done to it; `chosen` decides between what is possible."""

    def __init__(self, story: Story) -> None:
        self.story, self.program = story, story.program
        self.cases: list[Case] = [story.filed()]

    def act(self, name: str, chosen: int) -> None:
        """Do one thing; what the procedure answers to it is no failure."""
        try:
            getattr(self, "_" + name.replace(" ", "_").replace("'", ""))(chosen)
            event(f"{name}: done")
        except RuqsatError as answer:
            event(f"{name}: {answer.code}")
        except Dies:
            event(f"{name}: died")

    def view(self, chosen: int) -> CaseView:
        return self.program.queries.case(self.cases[chosen % len(self.cases)].id)

    def _file(self, chosen: int) -> None:
        papers = ([TITLE, LETTER], [TITLE, LETTER], [EXPIRED], [TITLE])[chosen % 4]
        self.cases.append(self.story.file(PERSONAS[chosen % 3], TRADE, papers))

    def _time(self, chosen: int) -> None:
        self.program.move_clock(self.program.clock.now() + timedelta(hours=HOURS[chosen % len(HOURS)]))

    def _task(self, chosen: int) -> None:
        view = self.view(chosen)
        if not view.open_tasks():
            view = next((self.view(n) for n in range(len(self.cases)) if self.view(n).open_tasks()), view)
        for task in view.open_tasks()[:1]:
            login, answers = self.answers(task, chosen)
            self.story.work(login, view.case, task.element, **answers)

    def answers(self, task: Task, chosen: int) -> tuple[str, dict[str, Any]]:
        """Who does a task and what they answer: mostly what leads on, sometimes what leads back or is not lawful."""
        if task.element.startswith("task_sign"):
            back = {"decision": "return", "return_reason": "Толықтыру қажет"}
            return "head", back if chosen % 6 == 5 else {"decision": "sign"}
        today = local(self.program.clock.now()).date()
        hearing_on = self.program.calendar.after(today, 1 + chosen % 3).isoformat()
        invited = {**HEARING, "hearing_on": hearing_on}
        exempt = {"hearing": "exempt", "exemption": "court_act", "exemption_reason": "Сот актісі"}
        incomplete = {"complete": "no", "missing_items": ["guarantee_letter"], "missing_facts": "Хат жоқ"}
        told = {"hearing_result": ("written", "silent")[chosen % 2], "outcome_reasons": "Дәлелдер қаралды"}
        ways: dict[str, tuple[dict[str, Any], ...]] = {
            "task_assign": ({"executor": str(self.story.officer("unit").officer_id)},),
            "task_check_completeness": ({"complete": "yes"}, {"complete": "yes"}, incomplete),
            "task_examine": (CONFORMS, DOES_NOT, DOES_NOT, {**CONFORMS, "nodes_count": "0", "server_lease": "no"}),
            "task_invite_hearing": (invited, invited, exempt),
            "task_hold_hearing": tuple({**told, "outcome": outcome} for outcome in ("refuse", "grant", "refuse")),
        }
        found = ways[task.element]
        return "chancellery" if task.element == "task_assign" else "unit", found[chosen % len(found)]

    def _withdraw(self, chosen: int) -> None:
        if chosen % 16 == 0:
            case = self.view(chosen // 16).case
            withdraw_case(self.program, case.id, self.story.applicant(self.persona(case)), "Қайта толтырамын")

    def _position(self, chosen: int) -> None:
        case = self.view(chosen).case
        applicant = self.story.applicant(self.persona(case))
        submit_position(self.program, case.id, applicant, "Келіспеймін", wants_oral=chosen % 2 == 0)

    def _extend(self, chosen: int) -> None:
        case = self.view(chosen).case
        until = self.program.calendar.after(local(self.program.clock.now()).date(), chosen)
        extend_term(self.program, case.id, self.story.officer("head"), until, "Қосымша тексеру")

    def _weather(self, chosen: int) -> None:
        weathers = (Weather.FINE, Weather.DOWN, Weather.GARBAGE, Weather.FAULT)
        self.story.world.shep.weather = weathers[chosen % len(weathers)]

    def _two_hands(self, chosen: int) -> None:
        """The head signs a paper twice, or after some hours."""
        prepared, cms = self._prepared(chosen, "ministry_head")
        if chosen % 3 == 0:
            self._time(chosen)
        for _ in range(2):
            sign_document(self.program, prepared, self.story.officer("head"), cms)

    def _anothers_key(self, chosen: int) -> None:
        prepared, cms = self._prepared(chosen, PERSONAS[chosen % 3])
        sign_document(self.program, prepared, self.story.officer("head"), cms)

    def _prepared(self, chosen: int, key: str) -> tuple[str, bytes]:
        everything = [task for case in self.cases for task in self.program.queries.case(case.id).open_tasks()]
        waiting = [task for task in everything if task.element.startswith("task_sign")]
        if not waiting:
            raise RuqsatError(what="nothing to sign")
        head, task = self.story.officer("head"), waiting[chosen % len(waiting)]
        prepared = prepare_document(self.program, task.id, head, {"decision": ["sign"]})
        return prepared.id, self.story.pki.sign_cms(key, bytes_to_sign(self.program, prepared))

    def _dies(self, chosen: int) -> None:
        """A step is cut off before its transaction ends; the third transaction of a signing is the one that decides."""
        alive, left = self.story.program, [chosen % 3]

        @contextmanager
        def dying() -> Iterator[Any]:
            with alive.unit_of_work() as uow:
                yield uow if left[0] else Cut(uow)
                left[0] -= 1

        self.story.program = self.program = replace(alive, unit_of_work=cast(Any, dying))
        try:
            self._task(chosen)
        finally:
            self.story.program = self.program = alive

    def persona(self, case: Case) -> str:
        return next(name for name in PERSONAS if self.story.applicant(name).identifier == case.identifier)


class Cut:
    """A unit of work in which nothing can be confirmed any more."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def __getattr__(self, name: str) -> Any:
        return getattr(self._uow, name)

    def commit(self) -> None:
        raise Dies


def require_lawful(town: Town) -> None:
    """What no order of acts may break."""
    today, numbers = local(town.program.clock.now()).date(), []
    for case in town.cases:
        view = town.program.queries.case(case.id)
        by_kind = {document.kind: document for document in view.documents}
        assert (view.entry is None) == ("permit" not in by_kind) == (view.case.outcome != GRANTED), "R11.1"
        assert ("refusal" in by_kind) == (view.case.outcome == REFUSED), "R7.3"
        assert not {"permit", "refusal"} <= set(by_kind), "A1.6"
        if view.entry is not None:
            numbers.append(view.entry.number)
            assert view.entry.number == by_kind["permit"].number
        if "refusal" in by_kind:
            require_heard(town, view, local(by_kind["refusal"].signed_at).date())
        for row in view.deadlines:
            if row.kind is DeadlineKind.TERM:
                assert row.due_at >= view.case.received_at, f"{row.element} ends before the case began"
                assert row.due_at >= row.first_due_at, "no term is made shorter"
                assert row.fired_at is None or row.fired_at >= row.due_at, f"{row.element} was missed before its end"
    issued = sorted(numbers)
    assert issued == [f"KZ-{today:%Y}-{n:06d}" for n in range(1, len(issued) + 1)], "A3.3"


def require_heard(town: Town, view: CaseView, signed_on: date) -> None:
    """The refusal rests on a hearing or a basis for none, and came no earlier than the law lets it (R8.4, L73.1)."""
    hearing = view.hearing
    assert hearing is not None
    assert hearing.settled_at is not None
    grounds = next(task.answers for task in reversed(view.tasks) if task.element == "task_examine" and task.answers)
    assert grounds["grounds"], "A1.10.6"
    assert set(grounds["grounds"]) <= set(hearing.grounds), "R8.1"
    if not hearing.exemption:
        assert view.case.notified_on is not None
        assert hearing.result in ("held", "written", "silent")
        assert signed_on >= town.program.calendar.after(view.case.notified_on, 3), "L73.1"


@pytest.mark.law("R11.1", "R8.4", "L73.1", "R8.1", "A1.10.6", "A3.3", "L69.1")
@settings(
    max_examples=examples(9), phases=[Phase.generate], derandomize=not THOROUGH, database=None, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(acts=ACTS)
def test_no_order_of_acts_times_and_faults_leads_to_an_unlawful_result(
    acts: list[tuple[str, int]],
    furnished_sqlite: SQLiteDatabases,
    world: World,
    press: EditionPress,
) -> None:
    with TemporaryDirectory() as folder:
        program = replace(build_program(furnished_sqlite.create(Path(folder)), world, Path(folder)), press=press)
        world.clock, world.shep.weather = program.clock.now, Weather.FINE
        world.forget()
        try:
            town = Town(Story(program, world))
            for name, chosen in acts:
                town.act(name, chosen)
                require_lawful(town)
            assert list(audit(program)) == []
            for case in town.cases:
                event(f"a case ended: {town.story.now(case).outcome or 'not yet'}")
        finally:
            world.shep.weather = Weather.FINE
            program.database.engine.dispose()
