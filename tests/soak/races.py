"""Rounds of races: the life of a case in which several people, a worker, a deploy and a calendar come together.

Every act of a life is raced. Cases live in batches, because the clock has to pass through the end of a term for all of
them; what is raced touches one case at a time, or the counters and tables that all of them share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from service.domain.case import Breach, Case, Deadline, Task
from service.domain.deadlines import ZONE, local
from service.domain.errors import CaseChanged, NotLawful, RuqsatError, TaskClosed
from service.domain.messages import Edition
from service.usecases.applicant_acts import withdraw_case
from service.usecases.deploy_edition import deploy_edition
from service.usecases.editions import collect
from service.usecases.file_application import file_application, prepare_filing
from service.usecases.fire_deadlines import Swept, fire_deadlines, fire_one
from service.usecases.load_calendar import load_calendar
from service.usecases.people import ADMINISTRATOR
from service.usecases.record_reading import record_paper_reading
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from service.usecases.tasks import complete_task
from tests.calendars import ACT, calendar_text, with_day
from tests.program import CONFORMS, LETTER, TITLE, TRADE, Story
from tests.soak.sound import require_sound
from tests.soak.together import at_once, later

PERSONA, SIGNS = "company_head", {"decision": ["sign"]}
BATCH = 20
HANDS, CROWD = (2, 4), 20
TERM = "deadline_completeness"
"""What comes due under the officer's hands: the 2 working days of the check of completeness."""

Act = Callable[[], Any]


@dataclass
class Races:
    """The rounds on one program, and what came of them: `told` counts each race by its outcome."""

    story: Story
    told: Counter[str] = field(default_factory=Counter)
    rounds: Counter[str] = field(default_factory=Counter)
    _editions: int = 0
    _calendars: int = 0
    _chance: Random = field(default_factory=lambda: Random(20230912))

    def run(self, rounds: int) -> None:
        """So many lives that end with the signature, and so many that a withdrawal may end; then look at everything."""
        for live in (self._signed_lives, self._withdrawn_lives):
            left = rounds
            while left:
                size = min(BATCH, left)
                live(size)
                left -= size
        self._morning()
        for _ in range(-(-rounds // CROWD)):
            self._crowd()
        require_sound(self.story.program)

    # --- two kinds of lives ----------------------------------------------------

    def _signed_lives(self, size: int) -> None:
        """Filing, assignment, examination and signature by 2 or 4 hands; a term that ends under the officer's hands."""
        self._morning()
        cases = [self._one_filing(HANDS[number % 2]) for number in range(size)]
        for number, case in enumerate(cases):
            self._one_step(case, HANDS[number % 2], "chancellery", executor=self._unit())
        self._until_due()
        for case in cases:
            self._timer_against_officer(case)
        for number, case in enumerate(cases):
            self._one_step(case, HANDS[number % 2], "unit", **CONFORMS)
            self._one_signature(case, HANDS[number % 2])

    def _withdrawn_lives(self, size: int) -> None:
        """A deploy beside a filing, a calendar or a reader beside a step, two workers, a withdrawal beside the pen."""
        self._morning()
        cases = [self._deploy_against_filing() for _ in range(size)]
        for case in cases:
            self._calendar_against_step(case)
        self._until_due()
        self._two_workers(len(cases))
        for case in cases:
            self._paper_against_step(case)
            self.story.work("unit", case, "task_examine", **CONFORMS)
            self._withdrawal_against_signature(case)

    # --- the races -------------------------------------------------------------

    def _one_filing(self, hands: int) -> Case:
        """One signed application, sent by several windows: the same case for all of them."""
        filed = self._race("one application sent at once", [self._filing()] * hands)
        (number,) = {case.number for case in filed if isinstance(case, Case)}
        _only(filed, CaseChanged)
        return next(case for case in filed if isinstance(case, Case) and case.number == number)

    def _one_step(self, case: Case, hands: int, login: str, **answers: Any) -> None:
        """One task, completed by several people: one has done it, the others read who was faster."""
        task, actor = self.story.open_task(case), self.story.officer(login)
        raw = _raw(answers)
        done = self._race("one task completed at once",
                          [lambda: complete_task(self.story.program, task.id, actor, raw)] * hands)  # fmt: skip
        _one(done, TaskClosed, CaseChanged)

    def _one_signature(self, case: Case, hands: int) -> None:
        """The head's signature, sent by several windows: one permit, one entry."""
        _one(self._race("one signature sent at once", [self._signature(case)] * hands), TaskClosed, CaseChanged)
        assert self.story.now(case).outcome == "granted"

    def _timer_against_officer(self, case: Case) -> None:
        """The term ends while the officer presses the button: one breach, one step, in whichever order."""
        term, task, unit = self._term(case), self.story.open_task(case), self.story.officer("unit")
        program, raw, version = self.story.program, {"complete": ["yes"]}, self.story.now(case).version
        fired, done = self._race(
            "a term ends while the officer completes the task",
            [
                later(lambda: fire_one(program, term.id, case.id), self._moment()),
                later(lambda: complete_task(program, task.id, unit, raw, version), self._moment()),
            ],
        )
        assert isinstance(fired, bool), fired
        if isinstance(done, CaseChanged):
            complete_task(program, task.id, unit, raw)
        else:
            assert isinstance(done, Case), done
        self._breached_once(case)

    def _two_workers(self, due: int) -> None:
        """Two workers sweep the same terms: each is fired by one of them."""
        swept = self._race("two workers on the same terms", [lambda: fire_deadlines(self.story.program)] * 2, due)
        assert sum(each.fired for each in swept if isinstance(each, Swept)) == due, swept
        assert all(isinstance(each, Swept) and not each.failed for each in swept), swept

    def _withdrawal_against_signature(self, case: Case) -> None:
        """The applicant withdraws while the head signs: one ending, and the other reads it."""
        program, applicant = self.story.program, self.story.applicant(PERSONA)
        signed, withdrawn = self._race("a withdrawal beside the signature",
                                       [self._signature(case),
                                        later(lambda: withdraw_case(program, case.id, applicant, ""),
                                              self._moment(0.05))])  # fmt: skip
        assert isinstance(signed, Case) != isinstance(withdrawn, Case), (signed, withdrawn)
        assert isinstance(signed, Case | TaskClosed | CaseChanged), signed
        assert isinstance(withdrawn, Case | NotLawful | CaseChanged), withdrawn
        assert self.story.now(case).outcome == ("granted" if isinstance(signed, Case) else "withdrawn")

    def _deploy_against_filing(self) -> Case:
        """A new edition comes while an application is sent: the case is of the edition that its paper names."""
        self._editions += 1
        program, files, draft = self.story.program, collect(*self._folders()), self._draft()
        files["edition.toml"] += f"\n# change {self._editions}\n".encode()
        deployed, filed = self._race("a deploy beside the filing",
                                     [lambda: deploy_edition(program, files, ADMINISTRATOR), self._sending(draft)],
                                     )  # fmt: skip
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
        loaded, done = self._race("a calendar beside a step",
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
        noted, done = self._race(
            "a paper is read beside a step",
            [
                later(lambda: record_paper_reading(program, head, case.id, case.number), self._moment()),
                lambda: complete_task(program, task.id, unit, raw),
            ],
        )
        assert noted is True
        assert isinstance(done, Case), done
        assert self.story.said(case).count("paper_read") == 1

    def _crowd(self) -> None:
        """Twenty applicants send in the same moment: nobody is turned away, each has a number of its own."""
        acts = [self._filing() for _ in range(CROWD)]
        filed = self._race("20 people at once, each with an application", acts, CROWD)
        assert all(isinstance(each, Case) for each in filed), filed
        assert len({case.number for case in filed}) == CROWD

    # --- ways there ------------------------------------------------------------

    def _race(self, name: str, acts: Sequence[Act], rounds: int = 1) -> Sequence[Any]:
        found = at_once(*acts)
        self.rounds[name] += rounds
        lost = Counter(type(each).__name__ for each in found if isinstance(each, RuqsatError))
        told = " and ".join(f"{times} x {kind}" for kind, times in sorted(lost.items()))
        self.told[f"{name}: {told or 'nobody turned away'}"] += rounds
        return found

    def _moment(self, longest: float = 0.02) -> float:
        """A few milliseconds, as long as the other act takes: either of two may be the first."""
        return self._chance.uniform(0, longest)

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


def _one(found: Sequence[Any], *answers: type[RuqsatError]) -> None:
    """One has done it, all others were told one of these."""
    assert sum(isinstance(each, Case) for each in found) == 1, found
    _only(found, *answers)


def _only(found: Sequence[Any], *answers: type[RuqsatError]) -> None:
    assert all(isinstance(each, (Case, *answers)) for each in found), found
