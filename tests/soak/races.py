"""Rounds of races: the life of a case in which several people, a worker, a deploy and a calendar come together.

Every act of a life is raced. Cases live in batches, because the clock has to pass through the end of a term for all of
them; what is raced touches one case at a time, or the counters and tables that all of them share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from service.domain.case import Breach, Case, Deadline, Task
from service.domain.deadlines import ZONE, local
from service.domain.errors import CaseChanged, NotLawful, TaskClosed
from service.domain.messages import Edition
from service.usecases.applicant_acts import withdraw_case
from service.usecases.deploy_edition import deploy_edition
from service.usecases.editions import collect
from service.usecases.file_application import file_application, prepare_filing
from service.usecases.fire_deadlines import fire_one
from service.usecases.load_calendar import load_calendar
from service.usecases.people import ADMINISTRATOR
from service.usecases.record_reading import record_paper_reading
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from service.usecases.tasks import complete_task
from tests.calendars import ACT, calendar_text, with_day
from tests.program import CONFORMS, LETTER, TITLE, TRADE
from tests.soak.contest import Act, Contest, require_one, require_told
from tests.soak.sound import require_sound
from tests.soak.together import later

PERSONA, SIGNS = "company_head", {"decision": ["sign"]}
BATCH = 20
HANDS = (2, 4)
TERM = "deadline_completeness"
"""What comes due under the officer's hands: the 2 working days of the check of completeness."""

ORDERS = ("the term", "the officer", "the withdrawal", "the signature", "the deploy", "the filing")
"""Who may be the first of two, in the races in which either may be."""


@dataclass
class Races(Contest):
    """The rounds on one program."""

    _editions: int = 0
    _calendars: int = 0

    def run(self, rounds: int, *, steered: bool = False) -> None:
        """Each race so many times, those of several hands as often with two as with four; then look at everything.

        `steered` lets each of two be the first by turns; else chance decides.
        """
        self.steered = steered
        for hands in HANDS:
            self._in_batches(rounds, partial(self._signed_lives, hands))
        self._in_batches(rounds, self._withdrawn_lives)
        require_sound(self.story.program)

    @staticmethod
    def _in_batches(rounds: int, live: Callable[[int], None]) -> None:
        while rounds > 0:
            live(min(BATCH, rounds))
            rounds -= BATCH

    # --- two kinds of lives ----------------------------------------------------

    def _signed_lives(self, hands: int, size: int) -> None:
        """Filing, assignment and signature by so many hands; a term that ends under the officer's."""
        self._morning()
        cases = [self._one_filing(hands) for _ in range(size)]
        for case in cases:
            self._one_step(case, hands, "chancellery", executor=self._unit())
        self._until_due()
        for number, case in enumerate(cases):
            self._timer_against_officer(case, officer_first=number % 2 == hands // 4)
        for case in cases:
            self.story.work("unit", case, "task_examine", **CONFORMS)
            self._one_signature(case, hands)

    def _withdrawn_lives(self, size: int) -> None:
        """A deploy beside a filing, a calendar or a reader beside a step, two workers, a withdrawal beside the pen."""
        self._morning()
        cases = [self._deploy_against_filing(filed_first=number % 2 == 0) for number in range(size)]
        for case in cases:
            self._calendar_against_step(case)
        self._until_due()
        for number, case in enumerate(cases):
            self._two_workers(case)
            self._paper_against_step(case)
            self.story.work("unit", case, "task_examine", **CONFORMS)
            self._withdrawal_against_signature(case, signed_first=number % 2 == 0)

    # --- the races -------------------------------------------------------------

    def _one_filing(self, hands: int) -> Case:
        """One signed application, sent by several windows: the same case for all of them."""
        filed = self.race(f"one application sent by {hands} at once", [self._filing()] * hands)
        (number,) = {case.number for case in filed if isinstance(case, Case)}
        require_told(filed, CaseChanged)
        return next(case for case in filed if isinstance(case, Case) and case.number == number)

    def _one_step(self, case: Case, hands: int, login: str, **answers: Any) -> None:
        """One task, completed by several people: one has done it, the others read who was faster."""
        task, actor = self.story.open_task(case), self.story.officer(login)
        raw = _raw(answers)
        done = self.race(f"one task completed by {hands} at once",
                          [lambda: complete_task(self.story.program, task.id, actor, raw)] * hands)  # fmt: skip
        require_one(done, TaskClosed, CaseChanged)

    def _one_signature(self, case: Case, hands: int) -> None:
        """The head's signature, sent by several windows: one permit, one entry."""
        name = f"one signature of the head sent by {hands} at once"
        require_one(self.race(name, [self._signature(case)] * hands), TaskClosed, CaseChanged)
        assert self.story.now(case).outcome == "granted"

    def _timer_against_officer(self, case: Case, *, officer_first: bool) -> None:
        """The term ends while the officer presses the button: one breach, one step, in whichever order."""
        term, task, unit = self._term(case), self.story.open_task(case), self.story.officer("unit")
        program, raw, version = self.story.program, {"complete": ["yes"]}, self.story.now(case).version
        fired, done = self.ordered(
            "a term ends while the officer completes the task",
            lambda: fire_one(program, term.id, case.id),
            lambda: complete_task(program, task.id, unit, raw, version),
            second_first=officer_first,
            who=("the term", "the officer"),
            was=lambda found: found[0] is not True,
            apart=0.008,
        )
        assert isinstance(fired, bool), fired
        if fired:
            assert isinstance(done, CaseChanged), done
            complete_task(program, task.id, unit, raw)
        else:
            assert isinstance(done, Case), done
        self._breached_once(case)

    def _two_workers(self, case: Case) -> None:
        """Two workers have found the same term due: one of them fires it."""
        program, term = self.story.program, self._term(case)
        found = self.race("two workers fire one term", [lambda: fire_one(program, term.id, case.id)] * 2)
        assert sorted(found) == [False, True], found
        self._breached_once(case)

    def _withdrawal_against_signature(self, case: Case, *, signed_first: bool) -> None:
        """The applicant withdraws while the head signs: one ending, and the other reads it."""
        program, applicant = self.story.program, self.story.applicant(PERSONA)
        withdrawn, signed = self.ordered(
            "a withdrawal beside the signature",
            lambda: withdraw_case(program, case.id, applicant, ""),
            self._signature(case),
            second_first=signed_first,
            who=("the withdrawal", "the signature"),
            was=lambda found: isinstance(found[1], Case),
        )
        assert isinstance(signed, Case) != isinstance(withdrawn, Case), (signed, withdrawn)
        assert isinstance(signed, Case | TaskClosed | CaseChanged), signed
        assert isinstance(withdrawn, Case | NotLawful | CaseChanged), withdrawn
        assert self.story.now(case).outcome == ("granted" if isinstance(signed, Case) else "withdrawn")

    def _deploy_against_filing(self, *, filed_first: bool) -> Case:
        """A new edition comes while an application is sent: the case is of the edition that its paper names."""
        self._editions += 1
        program, files, draft = self.story.program, collect(*self._folders()), self._draft()
        files["edition.toml"] += f"\n# change {self._editions}\n".encode()
        deployed, filed = self.ordered(
            "a deploy beside the filing",
            lambda: deploy_edition(program, files, ADMINISTRATOR),
            self._sending(draft),
            second_first=filed_first,
            who=("the deploy", "the filing"),
            was=lambda found: isinstance(found[1], Case),
        )
        assert isinstance(deployed, Edition), deployed
        if isinstance(filed, CaseChanged):
            filed = self._sending(draft)()
        assert isinstance(filed, Case), filed
        return filed

    def _calendar_against_step(self, case: Case) -> None:
        """A new calendar moves the ends of terms while a step is taken: every end is counted by the newest one."""
        program, text = self.story.program, self._another_calendar()
        task, actor = self.story.open_task(case), self.story.officer("chancellery")
        raw = _raw({"executor": self._unit()})
        loaded, done = self.race("a calendar beside a step",
                                  [lambda: load_calendar(program, text, ACT, ADMINISTRATOR),
                                   lambda: complete_task(program, task.id, actor, raw)])  # fmt: skip
        assert isinstance(loaded, Sequence), loaded
        if isinstance(done, CaseChanged):
            done = complete_task(program, task.id, actor, raw)
        assert isinstance(done, Case), done

    def _paper_against_step(self, case: Case) -> None:
        """An officer takes a paper of the case to read while a step is taken: it waits for nobody and leaves a line."""
        program, raw = self.story.program, {"complete": ["yes"]}
        task, unit, head = self.story.open_task(case), self.story.officer("unit"), self.story.officer("head")
        noted, done = self.race(
            "a paper is read beside a step",
            [
                later(lambda: record_paper_reading(program, head, case.id, case.number), self.moment()),
                lambda: complete_task(program, task.id, unit, raw),
            ],
        )
        assert noted is True
        assert isinstance(done, Case), done
        assert self.story.said(case).count("paper_read") == 1

    # --- ways there ------------------------------------------------------------

    def _filing(self) -> Act:
        """An application of its own that is signed and only has to be sent."""
        return self._sending(self._draft())

    def _draft(self) -> str:
        return self.story.draft(PERSONA, TRADE, [TITLE, LETTER])

    def _sending(self, draft: str) -> Act:
        """A draft signed as its paper is printed now; it only has to be sent."""
        story, applicant = self.story, self.story.applicant(PERSONA)
        cms = story.pki.sign_cms(PERSONA, prepare_filing(story.program, draft, applicant, "kk"))
        return lambda: file_application(story.program, draft, applicant, cms)

    def _signature(self, case: Case) -> Act:
        """A permit that the head has before them with the pen in the hand."""
        story, head = self.story, self.story.officer("head")
        prepared = prepare_document(story.program, story.open_task(case).id, head, SIGNS)
        cms = story.pki.sign_cms("ministry_head", bytes_to_sign(story.program, prepared))
        return lambda: sign_document(story.program, prepared.id, head, cms)

    def _morning(self) -> None:
        """Ten o'clock of the next working day; what came due by then has happened."""
        program = self.story.program
        day = program.calendar.next_working(local(program.clock.now()).date() + timedelta(days=1))
        program.move_clock(datetime.combine(day, time(10), ZONE), send=False)

    def _until_due(self) -> None:
        """The end of the term for the check of completeness, while no worker has looked yet."""
        with self.story.program.reading() as uow:
            waiting = [row.due_at for row in uow.list(Deadline, element=TERM) if row.waits and row.kind == "term"]
        self.story.program.move_clock(min(waiting) - timedelta(seconds=1), send=False)
        self.story.program.set_clock(max(waiting) + timedelta(seconds=1))

    def _term(self, case: Case) -> Deadline:
        rows = self.story.program.queries.case(case.id).running_deadlines()
        return next(row for row in rows if row.element == TERM and row.kind == "term")

    def _breached_once(self, case: Case) -> None:
        with self.story.program.reading() as uow:
            (breach,) = uow.list(Breach, case_id=case.id)
            assert breach.element == TERM
            assert not [task for task in uow.list(Task, case_id=case.id) if task.failure]

    def _another_calendar(self) -> str:
        """By turns with a day off soon, and without it."""
        self._calendars += 1
        program = self.story.program
        today = local(program.clock.now()).date()
        days = (program.calendar.after(today, number).isoformat() for number in (1, 2, 3))
        free = next(day for day in days if f"\n{day}," not in calendar_text())
        return with_day(free, "day_off") if self._calendars % 2 else calendar_text()

    def _unit(self) -> str:
        return str(self.story.officer("unit").officer_id)

    def _folders(self) -> tuple[Any, Any]:
        settings = self.story.program.settings
        return settings.processes, settings.forms


def _raw(answers: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: [str(said)] for name, said in answers.items()}
