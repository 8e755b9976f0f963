"""A town in which anything may be done at any time: applications, complaints, decisions, faults; chance decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, cast

from service.demo.seed import EXPIRED
from service.domain.case import APPEAL, PERMIT, Case, Task
from service.domain.deadlines import local
from service.domain.errors import CaseChanged, RuqsatError
from service.domain.ports import UnitOfWork
from service.domain.views import CaseView
from service.program import Program
from tests.complaints import INVITED, Complaints
from tests.program import CONFORMS, DOES_NOT, HEARING, LETTER, TITLE, TRADE

PERSONAS = ("company_head", "entrepreneur", "company2_head")
CONTESTED = {"refusal": "refusal", "permit": "permit", "notice_not_considered": "notice_not_considered"}
HOURS = (1, 3, 24, 30, 72)
BACK = {"decision": "return", "return_reason": "Толықтыру қажет"}
NOTHING: Callable[[str], None] = lambda _told: None  # noqa: E731


class Dies(BaseException):
    """The machine loses its power before a transaction ends: nothing of the program comes to its senses afterwards."""


class Town:
    """Everything that may be done to one program; `told` hears what each act came to."""

    def __init__(self, story: Complaints, told: Callable[[str], None] = NOTHING) -> None:
        self.story, self.told = story, told

    @property
    def program(self) -> Program:
        """The program that all of this happens to."""
        return self.story.program

    def act(self, name: str, chance: Random) -> None:
        """Do one thing; what the procedure answers to it is no failure."""
        try:
            getattr(self, "_" + name.replace(" ", "_").replace("'", ""))(chance)
            self.told(f"{name}: done")
        except RuqsatError as answer:
            self.told(f"{name}: {answer.code}")
        except Dies:
            self.told(f"{name}: died")

    def cases(self) -> Sequence[Case]:
        """Every case, permits and complaints alike, in their order."""
        with self.program.reading() as uow:
            return list(uow.list(Case))

    def waiting(self) -> Sequence[tuple[Case, Task]]:
        """Every open task with its case."""
        with self.program.reading() as uow:
            cases = {case.id: case for case in uow.list(Case)}
            tasks = [task for task in uow.list(Task) if task.is_open and task.case_id in cases]
            return [(cases[task.case_id], task) for task in tasks]

    def persona(self, case: Case) -> str:
        """Whose case it is."""
        return next(name for name in PERSONAS if self.story.applicant(name).identifier == case.identifier)

    def answers(self, case: Case, task: Task, chance: Random) -> tuple[str, Mapping[str, Any]]:
        """Who does a task and what they answer: mostly what leads on, sometimes what leads back or is not lawful."""
        return LOGINS[task.role], chance.choice(self.ways(case, task, chance.randint(1, 2)))

    def ways(self, case: Case, task: Task, days: int) -> Sequence[Mapping[str, Any]]:
        """What may be answered to a task; a hearing is held after so many days."""
        day = self.program.calendar.after(local(self.program.clock.now()).date(), days).isoformat()
        executor = {"executor": str(self.story.officer("unit").officer_id)}
        ways = complaint_ways(executor, day) if case.procedure == APPEAL else permit_ways(executor, day)
        return ways[task.element]

    def _file(self, chance: Random) -> None:
        papers = chance.choice(([TITLE, LETTER], [TITLE, LETTER], [EXPIRED], [TITLE]))
        self.story.file(chance.choice(PERSONAS), TRADE, papers)

    def _complain(self, chance: Random) -> None:
        """Against an act of a case that is decided, or against what is not done in one that is not."""
        case = self._case(chance, PERMIT)
        kinds = [paper.kind for paper in self.program.queries.case(case.id).documents if paper.kind in CONTESTED]
        against = {} if kinds else {"contests": chance.choice(("inaction", "service")), "official": "Бас сарапшы"}
        kind = kinds[-1] if kinds else ""
        draft = self.story.drafted(case, kind, self.persona(case), **against)
        self.story.sent(draft, self.persona(case))

    def _time(self, chance: Random) -> None:
        """Some hours pass, or all the time until the next thing is due."""
        now, due = self.program.clock.now(), self.program.next_due()
        later = now + timedelta(hours=chance.choice(HOURS))
        self.move(later if due is None or chance.random() < 0.3 else max(later, due + timedelta(minutes=1)))

    def move(self, to: datetime) -> None:
        """Let time pass; what comes due happens on the way."""
        self.program.move_clock(to, send=False)

    def _task(self, chance: Random) -> None:
        """Somebody does what waits; the newest cases do not keep the older ones from being finished."""
        waiting = self.waiting()
        if waiting:
            case, task = chance.choice(waiting)
            login, answers = self.answers(case, task, chance)
            try:
                self.story.work(login, case, task.element, **answers)
            except StopIteration as gone:
                raise CaseChanged(case=case.number) from gone

    def _case(self, chance: Random, procedure: str = "") -> Case:
        found = [case for case in self.cases() if procedure in ("", case.procedure)]
        if not found:
            raise RuqsatError(what="no case yet")
        return chance.choice(found)

    def view(self, case: Case) -> CaseView:
        """The case with all that belongs to it."""
        found: CaseView = self.program.queries.case(case.id)
        return found


@contextmanager
def dying(story: Complaints, transaction: int) -> Iterator[None]:
    """Let the power go in the transaction of this number, before it is confirmed."""
    alive, left = story.program, [transaction]

    @contextmanager
    def unit_of_work() -> Iterator[Any]:
        with alive.unit_of_work() as uow:
            yield uow if left[0] else Cut(uow)
            left[0] -= 1

    story.program = replace(alive, unit_of_work=cast(Any, unit_of_work))
    try:
        yield
    finally:
        story.program = alive


class Cut:
    """A unit of work in which nothing can be confirmed any more."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def __getattr__(self, name: str) -> Any:
        return getattr(self._uow, name)

    def commit(self) -> None:
        """The power goes."""
        raise Dies


LOGINS = {name: name for name in ("chancellery", "unit", "head", "reviewer")}
"""Who works in a lane."""

Ways = Mapping[str, Sequence[Mapping[str, Any]]]
SIGNS = ({"decision": "sign"},) * 5 + (BACK,)


def permit_ways(executor: Mapping[str, Any], day: str) -> Ways:
    """What may be answered to each task of the permit; a hearing is held on this day."""
    invited = {**HEARING, "hearing_on": day}
    exempt = {"hearing": "exempt", "exemption": "court_act", "exemption_reason": "Сот актісі"}
    incomplete = {"complete": "no", "missing_items": ["guarantee_letter"], "missing_facts": "Хат жоқ"}
    heard = {"outcome_reasons": "Дәлелдер қаралды"}
    return {
        "task_assign": (executor,),
        "task_check_completeness": ({"complete": "yes"},) * 4 + (incomplete,),
        "task_examine": (CONFORMS, DOES_NOT, DOES_NOT, {**CONFORMS, "nodes_count": "0", "server_lease": "no"}),
        "task_invite_hearing": (invited, invited, invited, exempt),
        "task_hold_hearing": tuple(
            {**heard, "hearing_result": result, "outcome": outcome}
            for result in ("written", "silent")
            for outcome in ("refuse", "refuse", "grant")
        ),
        "task_sign_permit": SIGNS,
        "task_sign_refusal": SIGNS,
        "task_sign_not_considered": SIGNS,
    }


def complaint_ways(executor: Mapping[str, Any], day: str) -> Ways:
    """What may be answered to each task of the complaint."""
    done = {"action_done": "Құжаттар тексерілді", "action_on": "2023-09-12"}
    satisfied = tuple({"proposal": "satisfy", "remedy": each, "opinion": "Қате болды", **done} for each in REMEDIES)
    forwards = {"proposal": "forward", "opinion": "Акт заңды"}
    answer = {"answer_result": "unjustified", "answer": "Дәлелдер қаралды"}
    found = {"reasons": "Материалдар зерттелді"}
    more: Mapping[str, Mapping[str, Any]] = {
        "adopt": {"action": "Рұқсат беру", "new_permit": "true"},
        "order": {"action": "Мекенжайды түзету"},
        "send_back": {"violations": "Кепілдік хат қаралмаған"},
        "unconsidered": {"unconsidered_reason": "returned"},
    }
    outcomes = ("cancel", "adopt", "order", "unsatisfied", "send_back", "unconsidered")
    return {
        "task_register_complaint": ({"track": "act", **executor},) * 4 + ({"track": "service", **executor},),
        "task_review_complaint": (*satisfied, forwards, forwards, forwards),
        "task_answer_complaint": (answer,),
        "task_register_review": ({"review_number": "Ш-77"},),
        "task_consider_complaint": tuple({**found, "outcome": each, **more.get(each, {})} for each in outcomes),
        "task_invite_review_hearing": ({**INVITED, "hearing_on": day},),
        "task_hold_review_hearing": tuple(
            {"hearing_result": result, "outcome_reasons": "Дәлелдер қаралды"} for result in ("written", "silent")
        ),
        **dict.fromkeys(SIGNED_PAPERS, SIGNS),
    }


REMEDIES = ("permit", "cancel", "reconsider", "action")
SIGNED_PAPERS = ("task_sign_new_permit", "task_sign_satisfaction", "task_sign_answer", "task_sign_review",
                 "task_sign_new_act")  # fmt: skip
