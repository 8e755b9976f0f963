"""Twenty people at the pages at once, each at their own work, and a worker beside them: nobody meets a bare failure.

Applicants fill in drafts, file and withdraw; officers read, take and do tasks and sign; others search and read.
Hours pass, so that terms end under their hands.
"""

from __future__ import annotations

import base64
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from threading import Event, Lock

from werkzeug.test import TestResponse

from service.sandbox.personas import PERSONAS as KEYS
from service.web import create_app
from service.web.public import public
from tests.program import LETTER, TITLE, TRADE, Story
from tests.soak.sound import require_sound
from tests.soak.town import PERSONAS, Town
from tests.web.cabinet import ANSWERS, ASSET, CONSENTS, PDF, PLACE, Cabinet, Seat
from tests.web.ground_visitor import Visitor
from tests.web.office import Desk, Office, content_to_sign, hidden, text

OFFICERS = ("chancellery",) * 2 + ("unit",) * 4 + ("head",) * 2
APPLICANTS = (*PERSONAS * 3, PERSONAS[0])
PUBLIC = ("/", "/register", "/register?search=KZ", "/service", "/procedure")
"""What two more read, so that they are twenty."""
FILLED = {"applicant": ANSWERS, "asset": ASSET, "addresses": PLACE, "consents": CONSENTS}
"""What is filled in on the pages of an application."""
BEGUN = 8
"""Applications that wait for the officers when the day begins."""
TROUBLE = ("locked", "Traceback", "sqlite3", "psycopg")
"""What no page ever says."""


class Log(logging.Handler):
    """What the program has written into its log as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line with its cause."""
        self.lines.append(f"{record.name}: {record.getMessage()} {record.exc_info[1] if record.exc_info else ''}")


@dataclass
class Crowd:
    """Twenty people at one program; `answers` counts what the pages answered, by their statuses."""

    story: Story
    acts: int
    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)
    _ended: Event = field(default_factory=Event)

    def run(self) -> None:
        """Let everybody do so many acts; then look at everything they have read, at the log and at the database."""
        for _ in range(BEGUN):
            self.story.filed()
        office, cabinet = Office(self.story), Cabinet(self.story)
        site = create_app(self.story.program, [public])
        lives: list[Callable[[Random], None]] = [
            *(Worker(self, office.desk(login), login).live for login in OFFICERS),
            *(Applicant(self, cabinet.seat(persona), persona, self._drafted(persona)).live for persona in APPLICANTS),
            *(Reader(self, Visitor(site.test_client())).live for _ in range(2)),
        ]
        assert len(lives) == 20
        with _listening() as log, ThreadPoolExecutor(len(lives) + 1) as pool:
            worker = pool.submit(self._sweep)
            people = [pool.submit(self._live, life, number) for number, life in enumerate(lives)]
            try:
                for person in people:
                    person.result()
            finally:
                self._ended.set()
            worker.result()
        assert not self.wrong, self.wrong[:5]
        assert not log.lines, log.lines[:5]
        require_sound(self.story.program)

    def _drafted(self, persona: str) -> str:
        """A draft that only has to be signed: everybody sends one at first."""
        return f"/cabinet/drafts/{self.story.draft(persona, TRADE, [TITLE, LETTER])}"

    def read(self, answer: TestResponse) -> TestResponse:
        """What a person reads: never a failure of ours, whatever else it is."""
        told = f"{answer.status_code} at {answer.request.path}"
        with self._lock:
            self.answers[f"{answer.status_code}"] += 1
            if answer.status_code >= 500 or any(word in answer.text for word in TROUBLE):
                self.wrong.append(f"{told}: {text(answer)[:200]}")
        return answer

    def _live(self, life: Callable[[Random], None], number: int) -> None:
        chance = Random(number)
        for _ in range(self.acts):
            life(chance)

    def _sweep(self) -> None:
        """The worker: hours pass between its looks."""
        program = self.story.program
        while not self._ended.wait(0.2):
            program.set_clock(program.clock.now() + timedelta(minutes=20))
            program.sweep()


@contextmanager
def _listening() -> Iterator[Log]:
    log = Log()
    logging.getLogger().addHandler(log)
    try:
        yield log
    finally:
        logging.getLogger().removeHandler(log)


@dataclass
class Worker:
    """An officer: reads the worklist, opens what waits for the own lane and does it."""

    crowd: Crowd
    desk: Desk
    login: str

    def live(self, chance: Random) -> None:
        """One act."""
        read, town = self.crowd.read, Town(self.crowd.story)  # type: ignore[arg-type]  # it only looks
        read(self.desk.get("/office/"))
        waiting = [each for each in town.waiting() if each[1].role == self.login]
        if not waiting:
            read(self.desk.get("/office/cases?search=P-2023"))
            return
        case, task = chance.choice(waiting)
        address = f"/office/tasks/{task.id}"
        page = read(self.desk.get(address))
        if page.status_code != 200:
            return
        if chance.random() < 0.2:
            read(self.desk.post(f"{address}/claim", {"page": address}))
            return
        answers = chance.choice(town.ways(case, task, 1))
        sent = read(self.desk.post(address, {**hidden(page), "page": address, **answers}))
        if sent.status_code == 303 and "/papers/" in sent.location:
            paper = read(self.desk.get(sent.location))
            if "data-sign-content" in paper.text:
                persona = next(
                    key for key, found in KEYS.items() if found.iin == self.desk.story.officer(self.login).iin
                )
                cms = self.desk.story.pki.sign_cms(persona, content_to_sign(paper))
                read(self.desk.post(sent.location, {"signature": base64.b64encode(cms).decode()}))


@dataclass
class Applicant:
    """An applicant: goes on with a draft, page by page, files it, reads the own cases, withdraws now and then."""

    crowd: Crowd
    seat: Seat
    persona: str
    draft: str = ""
    pages: list[str] = field(default_factory=list)

    def live(self, chance: Random) -> None:
        """One act."""
        home = self.crowd.read(self.seat.get("/cabinet/"))
        if self.draft:
            self._go_on()
        elif (cases := re.findall(r'href="(/cabinet/cases/\d+)"', home.text)) and chance.random() < 0.4:
            self._look_after(chance.choice(cases), chance)
        else:
            begun = self.crowd.read(self.seat.post("/cabinet/drafts", {}))
            if begun.status_code == 303 and "/drafts/" in begun.location:
                self.draft, self.pages = begun.location, ["applicant", "asset", "addresses", "consents", "files"]

    def _go_on(self) -> None:
        """The next page of the draft, or its signature."""
        read, draft = self.crowd.read, self.draft
        if not self.pages:
            review = read(self.seat.get(f"{draft}/review"))
            if review.status_code == 200:
                read(self.seat.post(f"{draft}/review", self.seat.signed(review, self.persona)))
            self.draft = ""
            return
        page = self.pages.pop(0)
        if page == "files":
            read(self.seat.attach(draft, "үзінді.pdf", PDF))
            read(self.seat.attach(draft, "кепілдік.pdf", PDF, kind="guarantee_letter"))
        else:
            read(self.seat.save(draft, page, **FILLED[page]))

    def _look_after(self, case: str, chance: Random) -> None:
        self.crowd.read(self.seat.get(case))
        if chance.random() < 0.2:
            self.crowd.read(self.seat.get(f"{case}/withdraw"))
            self.crowd.read(self.seat.post(f"{case}/withdraw", {"page": f"{case}/withdraw", "reason": "Өзгертемін"}))


@dataclass
class Reader:
    """Somebody who reads in public."""

    crowd: Crowd
    visitor: Visitor

    def live(self, chance: Random) -> None:
        """One page."""
        self.crowd.read(
            self.visitor.get(chance.choice(("/", "/register", "/register?search=KZ", "/service", "/health")))
        )
