"""The program as the benchmarks use it: real tables, files and diagrams, made-up people, no two cases alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine, text

from service.bootstrap import build
from service.cli.serve import ensure_edition
from service.demo.accounts import add_accounts
from service.demo.people import Cast, pdf
from service.demo.seed import CONFORMS, LETTER, STARTS_AT, TITLE, TRADE
from service.demo.world import World
from service.domain.case import Case, Task
from service.domain.channels import REGISTERS, Message, NotDelivered, Trouble
from service.domain.decisions import PreparedDocument
from service.domain.people import Actor, Applicant
from service.domain.signatures import Evidence, Signer
from service.program import Program
from service.settings import Settings
from service.usecases.draft_files import attach
from service.usecases.drafts import open_draft, save_draft
from service.usecases.file_application import prepare_filing, take_application
from service.usecases.filed_paper import paper_of
from service.usecases.fire_deadlines import fire_deadlines
from service.usecases.send_outbox import send_at_once
from service.usecases.sign_document import bytes_to_sign, prepare_document, sign_document
from service.usecases.tasks import complete_task

CONTENT = b"remembered"
"""What the one real signature was made over."""

FIRST = 900_001
"""The number of the first applicant: always six digits, so that those of a copy take their place letter by letter."""

KEYS = {"head": "ministry_head", "unit": "ministry_unit"}
"""Whose key signs for an officer."""


class Remembered:
    """Answers with the facts of one real signature: what a step costs is told apart from what a signature costs."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.applicant = Applicant("", "", "")

    def verify_cms(self, cms: bytes, content: bytes, **_asked: Any) -> Evidence:
        """The remembered facts, of whoever files now."""
        known = cast(Signer, self._evidence.signer)
        return replace(self._evidence, signer=replace(known, iin=self.applicant.iin, bin=self.applicant.bin))

    def verify_pdf(self, pdf: bytes, **_asked: Any) -> Evidence:
        """A paper is signed by the real program."""
        raise NotImplementedError


OFFICE = {"region": "Астана қаласы", "street": "Мәңгілік Ел даңғылы", "house": "55/5"}
"""Where an applicant is registered, which in real life a state register fills in (R4.1)."""


class Silent:
    """A state register that does not answer: nobody's page waits for it in the benchmarks."""

    def send(self, message: Message) -> Mapping[str, Any]:
        """No answer."""
        raise NotDelivered(Trouble.NO_CONNECTION, "")


@dataclass
class Town:
    """A program with its officers, and applicants without end.

    `real` is the same program with the signatures of real life; `program` remembers one.
    """

    program: Program
    real: Program
    world: World
    engine: Remembered
    cms: bytes
    officers: dict[str, Actor]
    _numbers: Iterator[int] = field(default_factory=lambda: count(FIRST))

    def ready_draft(self, who: Applicant | None = None) -> tuple[str, Applicant]:
        """An application that only has to be sent, of `who` files here or of somebody whom nobody has seen before."""
        number = next(self._numbers)
        applicant = who or Applicant(
            f"850615{number:06d}", f"200140{number:06d}", f"ҮЛГІ {number}", f"Үлгі Серіктестік {number}"
        )
        draft = open_draft(self.program, applicant)
        told = {
            **TRADE,
            **OFFICE,
            "platform": f"Платформа {number}",
            "purpose": f"Мақсат {number}. " * 10,
            "name": applicant.organisation,
        }
        save_draft(self.program, draft.id, applicant, told)
        for paper in (TITLE, LETTER):
            attach(
                self.program, draft.id, applicant, kind=paper.kind, name=f"{paper.title} {number}.pdf",
                content=pdf(paper.title, paper.number) + f"\n% {number}\n".encode(),
                media_type="application/pdf", number=paper.number, dated=paper.dated, valid_until=paper.valid_until,
            )  # fmt: skip
        prepare_filing(self.program, draft.id, applicant, "kk")
        return draft.id, applicant

    def file(self, draft_id: str, applicant: Applicant) -> Case:
        """Send it: the case stands at its first user task afterwards. It is printed when the outbox is sent."""
        self.engine.applicant = applicant
        return take_application(self.program, draft_id, applicant, self.cms)

    def filed(self, who: Applicant | None = None) -> Case:
        """A case at its first user task."""
        return self.file(*self.ready_draft(who))

    def assigned(self, who: Applicant | None = None) -> Case:
        """A case with the unit."""
        return self.do(self.filed(who), executor=self.officers["unit"].officer_id)

    def examined(self, who: Applicant | None = None) -> Case:
        """A case whose documents are complete: its examination is open."""
        return self.do(self.assigned(who), complete="yes")

    def pass_days(self, days: int) -> None:
        """Let so many days pass; what comes due meanwhile is fired."""
        self.program.set_clock(self.program.clock.now() + timedelta(days=days))
        while fire_deadlines(self.program).fired:
            pass

    def open_task(self, case: Case) -> Task:
        """The one task of a case that waits for somebody."""
        with self.program.reading() as uow:
            return next(task for task in uow.cases.tasks(case.id) if task.is_open)

    def complete(self, task: Task, **answers: Any) -> Case:
        """The officer of its lane does it."""
        return complete_task(self.program, task.id, self.officers[task.role], _raw(answers))

    def do(self, case: Case, **answers: Any) -> Case:
        """The same with the one task of a case that waits."""
        return self.complete(self.open_task(case), **answers)

    def ready(self, task: Task, **answers: Any) -> PreparedDocument:
        """The paper of a task, printed and ready to be signed."""
        return prepare_document(self.real, task.id, self.officers[task.role], _raw(answers))

    def sign(self, task: Task, paper: PreparedDocument, cms: bytes) -> Case:
        """The officer has signed it: the task is done."""
        return sign_document(self.real, paper.id, self.officers[task.role], cms)

    def cms_of(self, task: Task, paper: PreparedDocument) -> bytes:
        """The signature of the officer of its lane."""
        return self.world.pki.sign_cms(KEYS[task.role], bytes_to_sign(self.real, paper))

    def granted(self) -> Case:
        """A case from its filing to the permit, with all that belongs to it: files, notices, messages, papers."""
        case = self.examined()
        send_at_once(self.real, paper_of(case))
        self.do(case, **CONFORMS)
        task = self.open_task(case)
        paper = self.ready(task, decision="sign")
        return self.sign(task, paper, self.cms_of(task, paper))


def _raw(answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Answers as a form sends them."""
    return {name: list(map(str, said if isinstance(said, list) else [said])) for name, said in answers.items()}


@contextmanager
def opened(url: str, folder: Path, world: World) -> Iterator[Town]:
    """A fresh town on this empty database, on a working morning.

    Its store of files has all its shelves, as it has after the first days.
    """
    for number in range(256):
        (folder / "files" / "kept" / f"{number:02x}").mkdir(parents=True)
    settings = world.settings(Settings(env="demo", instance=folder, database_url=url, secret="s" * 32))
    program = build(settings)
    program.set_clock(STARTS_AT)
    world.clock = program.clock.now
    ensure_edition(program)
    add_accounts(program, world.pki)
    cast = Cast(program, world.pki)
    cms = world.pki.sign_cms("company_head", CONTENT)
    remembered = Remembered(program.signatures.verify_cms(cms, CONTENT))
    officers = {lane: cast.officer(lane) for lane in ("chancellery", "unit", "head")}
    quiet = replace(program, registers=dict.fromkeys(REGISTERS, Silent()))
    try:
        yield Town(replace(quiet, signatures=remembered), quiet, world, remembered, cms, officers)
    finally:
        program.database.engine.dispose()


def look_through(engine: Engine) -> None:
    """Let the database learn how much there is, as it does by itself sooner or later."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE" if connection.dialect.name == "postgresql" else "ANALYZE"))
