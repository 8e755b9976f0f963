"""Every operation of a step raises once, in turn: nothing of the step is saved, the officer reads which one and why,
and the step is then taken as if nothing had been.

The paths are the permit, the refusal with its hearing, and a complaint against it; what officers do goes through the
pages of the office, what applicants do through the use cases, and what time does through a sweep.
"""

from __future__ import annotations

import base64
import errno
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from unittest.mock import patch

from sqlalchemy.exc import OperationalError

from service import operations
from service.domain.case import Attachment, Case, Deadline, JournalEntry, Task
from service.domain.deadlines import ZONE
from service.domain.decisions import IssuedDocument, RegisterEntry
from service.domain.duties import Duty
from service.domain.errors import RuqsatError, Unavailable
from service.domain.messages import Notice, OfficerNote, OutboxMessage
from service.operations import Work
from service.program import Program
from service.sandbox.personas import PERSONAS
from service.usecases.applicant_acts import submit_position
from service.usecases.file_application import file_application, prepare_filing
from service.usecases.file_complaint import file_complaint, prepare_complaint
from service.usecases.fire_deadlines import fire_deadlines
from tests.complaints import Complaints
from tests.program import CONFORMS, DOES_NOT, HEARING, LETTER, TITLE, TRADE
from tests.soak.sound import require_sound
from tests.web.office import Desk, Office, content_to_sign, hidden, text

PERSONA, SECRET = "company_head", "at address 0x7f3a"


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong within an operation, and what the officer reads of it."""

    what: Callable[[], Exception]
    status: int
    told: str
    kept: bool = True


FAULTS = (
    Fault(lambda: ZeroDivisionError(SECRET), 500, "The program has an error here. The administrator finds it by the"),
    Fault(lambda: OSError(errno.ENOSPC, SECRET), 503, "Our storage is full."),
    Fault(lambda: Unavailable(what="shep.company"), 503,
          "Another system does not answer just now: State database of legal entities."),
    Fault(lambda: OperationalError(SECRET, {}, Exception("server closed the connection")), 503,
          "Our database does not answer just now.", kept=False),
)  # fmt: skip
"""One of each kind; a database that is away can be told nothing, so nothing of it is kept on the task."""


@dataclass
class Raised:
    """The operation that was to raise in a step; both are empty when the step has not that many.

    `step` is what the drawing of the case calls: within it another case may have been moved, which has `element`.
    """

    element: str = ""
    step: str = ""


@contextmanager
def raising(point: int, fault: Fault) -> Iterator[Raised]:
    """Let the operation of this number raise within the step that is taken now, when it has done its work."""
    operations.catalogue()
    raised, numbers, within = Raised(), count(1), list[str]()

    def watched(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(work: Work, case: Case, **parameters: Any) -> Any:
            number = next(numbers)
            within.append(work.element)
            done = function(work, case, **parameters)
            if number == point:
                raised.element, raised.step = work.element, within[0]
                raise fault.what()
            within.pop()
            return done

        return call

    known = {name: (watched(found), signature) for name, (found, signature) in operations._operations.items()}
    with patch.object(operations, "_operations", known):
        yield raised


@dataclass
class Operations:
    """One program in which every operation of a path raises once; `points` names each of them by its element."""

    story: Complaints
    points: list[str] = field(default_factory=list)
    _desks: dict[str, Desk] = field(default_factory=dict)

    def permit(self) -> None:
        """From the filing to the permit in the register."""
        applicant, draft = self.story.applicant(PERSONA), self.story.draft(PERSONA, TRADE, [TITLE, LETTER])
        cms = self.story.pki.sign_cms(PERSONA, prepare_filing(self.program, draft, applicant, "kk"))
        self._applicant(lambda: file_application(self.program, draft, applicant, cms))
        case = self._newest()
        self._completed("chancellery", case, executor=self._unit())
        self._completed("unit", case, complete="yes")
        self._completed("unit", case, **CONFORMS)
        self._signed("head", case, decision="sign")
        assert self.story.now(case).outcome == "granted"
        self._end()

    def refusal(self) -> Case:
        """From the examination over a hearing, at which the applicant answers, to the refusal."""
        case = self.story.complete()
        self._completed("unit", case, **DOES_NOT)
        self._signed("unit", case, **HEARING, hearing_on="2023-09-14")
        applicant = self.story.applicant(PERSONA)
        self._applicant(lambda: submit_position(self.program, case.id, applicant, "Келіспеймін", wants_oral=False))
        self._until("2023-09-14T16:00")
        heard = {"hearing_result": "written", "outcome": "refuse", "outcome_reasons": "Дәлелдер қаралды"}
        self._completed("unit", case, **heard)
        self._until("2023-09-18T10:00")
        self._signed("head", case, decision="sign")
        assert self.story.now(case).outcome == "refused"
        self._end()
        return case

    def complaint(self, refused: Case) -> None:
        """From the complaint against a refusal, over the provider, to the reviewing body that cancels it."""
        applicant, draft = self.story.applicant(PERSONA), self.story.drafted(refused, "refusal")
        cms = self.story.pki.sign_cms(PERSONA, prepare_complaint(self.program, draft, applicant, "kk"))
        self._applicant(lambda: file_complaint(self.program, draft, applicant, cms))
        case = self._newest()
        self._completed("chancellery", case, track="act", executor=self._unit())
        self._completed("unit", case, proposal="forward", opinion="Акт заңды")
        self._completed("reviewer", case, review_number="Ш-77")
        self._completed("reviewer", case, outcome="cancel", reasons="Материалдар зерттелді")
        self._signed("reviewer", case, decision="sign")
        assert self.story.now(case).outcome == "cancelled"
        self._end()

    @property
    def program(self) -> Program:
        """The program in which all of this happens."""
        return self.story.program

    # --- steps -------------------------------------------------------------------

    def _applicant(self, act: Callable[[], Any]) -> None:
        """What an applicant does is not done when an operation behind it fails, and done when it is tried again."""
        for point, fault in self._in_turn():
            before = self._saved()
            with raising(point, fault) as raised:
                try:
                    act()
                except RuqsatError as told:
                    assert raised.element, told
            if not raised.element:
                return
            self._undone(raised, before)

    def _completed(self, login: str, case: Case, **answers: Any) -> None:
        """An officer's step that needs no signature."""
        desk, address = self._at_task(login, case)
        self._officer(desk, case, address, {**hidden(desk.get(address)), "page": address, **answers})

    def _signed(self, login: str, case: Case, **answers: Any) -> None:
        """An officer's step with which a paper is signed."""
        desk, address = self._at_task(login, case)
        prepared = desk.post(address, {**hidden(desk.get(address)), "page": address, **answers})
        assert prepared.status_code == 303, text(prepared)
        persona = next(key for key, found in PERSONAS.items() if found.iin == self.story.officer(login).iin)
        cms = self.story.pki.sign_cms(persona, content_to_sign(desk.get(prepared.location)))
        self._officer(desk, case, prepared.location, {"signature": base64.b64encode(cms).decode()})

    def _officer(self, desk: Desk, case: Case, address: str, sent: Mapping[str, object]) -> None:
        """Send a form until every operation behind it has failed once; each time the officer reads which, and why."""
        task, kept = desk.address(case), False
        for point, fault in self._in_turn():
            before = self._saved()
            with raising(point, fault) as raised:
                answer = desk.post(address, sent)
            if not raised.element:
                assert answer.status_code == 303, text(answer)
                return
            self._undone(raised, before)
            said, told = text(answer), f"This step failed: {self._name(case, raised.step)}. {fault.told}"
            assert (answer.status_code, told in said) == (fault.status, True), said
            assert "Nothing of it was saved, and nothing you entered is lost. Try again." in said
            later, kept = text(desk.get(task)), kept or fault.kept
            assert ("The last attempt failed: " in later) == kept
            assert (told in later) == fault.kept
            assert SECRET not in said + later

    def _until(self, moment: str) -> None:
        """Let time pass up to this local time; each operation of a term that ends on the way fails once."""
        to = datetime.fromisoformat(moment).replace(tzinfo=ZONE)
        while (due := self.program.next_due()) is not None and due <= to:
            self.program.set_clock(max(due, self.program.clock.now()) + timedelta(seconds=1))
            for point, fault in self._in_turn():
                with raising(point, fault) as raised:
                    failed = fire_deadlines(self.program).failed
                assert failed == bool(raised.element)
                if not raised.element:
                    break
                self.points.append(raised.element)
                self.program.set_clock(self.program.clock.now() + Deadline.PAUSE + timedelta(seconds=1))
        self.program.set_clock(max(to, self.program.clock.now()))

    # --- what is looked at --------------------------------------------------------

    def _in_turn(self) -> Iterator[tuple[int, Fault]]:
        """The operations of a step by their numbers, and the faults, of which each operation meets the next."""
        for point in count(1):
            yield point, FAULTS[len(self.points) % len(FAULTS)]

    def _undone(self, raised: Raised, before: Counter[str]) -> None:
        self.points.append(raised.element)
        assert self._saved() == before, f"half a step was saved when {raised.element} had failed"

    def _saved(self) -> Counter[str]:
        """How much there is of everything that a step may leave."""
        with self.program.reading() as uow:
            lines = [line.action for line in uow.list(JournalEntry) if line.action not in BESIDE]
            rows = {kind.__name__: len(uow.list(kind)) for kind in LEFT}
            versions = sum(case.version for case in uow.list(Case))
        return Counter({**rows, "versions": versions, "lines": len(lines)})

    def _end(self) -> None:
        """After all of it nothing is twice and nothing is missing, and no attempt that failed stays on a task."""
        require_sound(self.program, failures=True)
        with self.program.reading() as uow:
            assert not [task for task in uow.list(Task) if task.failure and task.completed_at]

    def _at_task(self, login: str, case: Case) -> tuple[Desk, str]:
        if login not in self._desks:
            self._desks[login] = Office(self.story).desk(login)
        return self._desks[login], self._desks[login].address(case)

    def _name(self, case: Case, element: str) -> str:
        with self.program.reading() as uow:
            return self.program.editions.of_case(uow, case).catalogue.element(element).names["en"]

    def _newest(self) -> Case:
        with self.program.reading() as uow:
            return uow.list(Case)[-1]

    def _unit(self) -> str:
        return str(self.story.officer("unit").officer_id)


LEFT = (Case, Task, Deadline, OutboxMessage, Notice, OfficerNote, IssuedDocument, RegisterEntry, Attachment, Duty)
BESIDE = ("step_failed", "case_read", "signed_in")
"""Lines of a failure itself, and of looking at pages."""
