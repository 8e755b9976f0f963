"""What else may happen in a town: acts beside the drawings, other calendars, another edition of the rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from service.demo.people import pdf
from service.domain.appeal import WRITTEN_ACTS
from service.domain.case import PERMIT, Case, Task
from service.domain.claims import DEFENCE, POSITION, Claim, ClaimResult, CourtAct
from service.domain.corrections import CORRECTABLE
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, RegisterEntry
from service.domain.duties import Duty
from service.domain.errors import RuqsatError
from service.domain.file_access import FileAccess
from service.domain.messages import Edition
from service.domain.permit_life import PermitAct, possible_acts
from service.domain.rounds import of_this_round
from service.usecases.change_permit import change_permit
from service.usecases.claims import attach_claim_document, close_claim, record_claim
from service.usecases.consent import withdraw_consent
from service.usecases.correct_error import Correction, open_fields
from service.usecases.file_access import fetch_file, grant_access, request_access
from service.usecases.load_calendar import load_calendar
from service.usecases.people import ADMINISTRATOR
from service.usecases.report_error import no_error, report_error
from service.usecases.task_files import add_task_file
from tests.calendars import ACT, calendar_text, with_day
from tests.editions import deployed
from tests.soak.town import CONTESTED, Town
from tests.usecases.beside import signed

REQUEST = {"hearing": "exempt", "exemption": "applicant_request", "exemption_reason": "Өтініш берушінің хаты"}
RESULTS = (ClaimResult.ANNULLED, ClaimResult.ANNULLED, ClaimResult.DISMISSED, ClaimResult.WITHDRAWN)
NEW_ACT = "700/НҚ"
Found = TypeVar("Found")


class WideTown(Town):
    """A town with a court, an analyst and an administrator; each act does the next thing that its matter waits for."""

    def _exempt(self, chance: Random) -> None:
        """The applicant asks for no hearing; the officer keeps the request as its basis (L73.2)."""
        case, task = self._any(chance, [each for each in self.waiting() if each[1].element == "task_invite_hearing"])
        self._with_request(case, task)
        self.story.work("unit", case, task.element, **REQUEST)

    def _with_request(self, case: Case, task: Task) -> None:
        view = self.view(case)
        if any(file.kind == "exemption_document" and of_this_round(file, view.journal) for file in view.attachments):
            return
        unit = self.story.officer("unit")
        add_task_file(self.program, task.id, unit, "exemption_document", "өтініш.pdf", pdf("Өтініш", "12"))

    def _permit(self, chance: Random) -> None:
        """The head suspends, resumes or cancels a permit from today on (R11.2)."""
        entry = self._any(chance, self._all(RegisterEntry))
        with self.program.reading() as uow:
            possible = possible_acts(entry, uow.register.changes(entry.id), self.today)
        ends = chance.random() < 0.3
        act = self._any(chance, [each for each in possible if (each is PermitAct.CANCEL) is ends])
        head = self.story.officer("head")
        change_permit(self.program, entry.id, head, act, self.today, "№ 7 бұйрық", "Тексеру нәтижелері")

    def _sweep(self, chance: Random) -> None:
        """Every chore; the messages leave now and then, since each goes over a socket."""
        for chore in self.program.chores:
            if chore.name != "outbox" or chance.random() < 0.3:
                chore.act()

    def _court(self, chance: Random) -> None:
        """A claim is recorded with both of its papers, or ends with a court act in force (R15.1, R15.2)."""
        running = [claim for claim in self._all(Claim) if claim.is_open]
        if running:
            act = CourtAct(chance.choice(RESULTS), "7194-23/77", self.today, self.today)
            close_claim(self.program, chance.choice(running).id, self.story.officer("head"), act)
            return
        contested = self._any(chance, self._papers(CONTESTED))
        unit = self.story.officer("unit")
        claim = record_claim(self.program, unit, self._claim(contested))
        for kind in (DEFENCE, POSITION):
            attach_claim_document(self.program, claim.id, unit, kind, "пікір.pdf", pdf("Пікір", kind))

    def _claim(self, contested: IssuedDocument) -> dict[str, object]:
        with self.program.reading() as uow:
            case, number = uow.get(Case, contested.case_id), len(uow.list(Claim)) + 1
        return {
            "court": "Астана қаласының әкімшілік соты", "number": f"7194-23/{number}", "plaintiff": "Алтын ЖШС",
            "filed_on": self.today, "contests": WRITTEN_ACTS[contested.kind].value,
            "case_number": case.number, "document_number": contested.number,
        }  # fmt: skip

    def _error(self, chance: Random) -> None:
        """An error is reported in a document; who would correct it does so, or finds none (L82.1)."""
        reported = [duty for duty in self._all(Duty) if duty.kind == "correct_error" and duty.is_open]
        if not reported:
            document = self._any(chance, self._papers(CORRECTABLE))
            report_error(self.program, document.id, self.story.officer("unit"), "Атауы қате жазылған")
            return
        duty = chance.choice(reported)
        if chance.random() < 0.2:
            no_error(self.program, duty.id, self.story.officer(duty.role), "Қате жоқ")
            return
        with self.program.reading() as uow:
            case, document = uow.get(Case, duty.case_id), uow.get(IssuedDocument, duty.document_id)
            path, text = open_fields(uow, document)[0]
        told = {"document": document.id, "reason": "Атауы қате жазылған", "changes": {path: f"{text} түзетілді"}}
        signed(self.story, duty.role, Correction(), case, **told)

    def _access(self, chance: Random) -> None:
        """The applicant asks for the file of the case, the unit gives it, the applicant fetches it (L75.1)."""
        asked = [access for access in self._all(FileAccess) if access.waits]
        if asked:
            grant_access(self.program, chance.choice(asked).id, self.story.officer("unit"))
            return
        given = [access for access in self._all(FileAccess) if access.is_open(self.today)]
        case = self._case(chance)
        if given and chance.random() < 0.5:
            with self.program.reading() as uow:
                case = uow.get(Case, chance.choice(given).case_id)
            fetch_file(self.program, case.id, self.story.applicant(self.persona(case)))
        else:
            request_access(self.program, case.id, self.story.applicant(self.persona(case)))

    def _consent(self, chance: Random) -> None:
        """The applicant takes back the consent to the use of protected data (A1.10.5)."""
        case = self._any(chance, [case for case in self.cases() if case.procedure == PERMIT and not case.outcome])
        withdraw_consent(self.program, case.id, self.story.applicant(self.persona(case)), "Келіспеймін")

    def _calendar(self, chance: Random) -> None:
        """An act makes a working day of the next fortnight a day off, or a Saturday a working day (D28)."""
        day = self.today + timedelta(days=chance.randint(1, 14))
        if day in self.program.calendar.entries or day.isoweekday() == 7:
            raise RuqsatError(what="a day that stays")
        with self.program.reading() as uow:
            version = uow.dated.calendar()
        kind = "working_weekend" if day.isoweekday() == 6 else "day_off"
        changed = with_day(day.isoformat(), kind, version.content if version else calendar_text())
        load_calendar(self.program, changed, ACT, ADMINISTRATOR)

    def _edition(self, _chance: Random) -> None:
        """Another edition of the rules, in force from tomorrow (O1)."""
        if len(self._all(Edition)) > 1:
            raise RuqsatError(what="one more is enough")
        days = {"registered": f"registered_on = {self.today}\n", "start": f"in_force_from = {self.tomorrow} "}
        deployed(self.story, number=f'number = "{NEW_ACT}"', **days)

    @property
    def today(self) -> date:
        """The local day."""
        return local(self.program.clock.now()).date()

    @property
    def tomorrow(self) -> date:
        """The day after."""
        return self.today + timedelta(days=1)

    def _all(self, kind: type[Found]) -> Sequence[Found]:
        with self.program.reading() as uow:
            return list(uow.list(kind))

    def _papers(self, kinds: Collection[str]) -> Sequence[IssuedDocument]:
        """The issued documents of these kinds that are in force."""
        return [each for each in self._all(IssuedDocument) if each.kind in kinds and each.annulled_at is None]

    @staticmethod
    def _any(chance: Random, found: Sequence[Found]) -> Found:
        if not found:
            raise RuqsatError(what="nothing to do that with")
        return chance.choice(found)
