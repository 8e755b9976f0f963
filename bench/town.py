"""The program as the benchmarks use it: real tables, files and diagrams, made-up people, no two cases alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, cast

from sqlalchemy import event

from service.bootstrap import build
from service.cli.serve import ensure_edition
from service.demo.accounts import add_accounts
from service.demo.people import Cast, pdf
from service.demo.seed import LETTER, STARTS_AT, TITLE, TRADE
from service.demo.world import World
from service.domain.case import Case, Task
from service.domain.channels import REGISTERS, Message, NotDelivered, Trouble
from service.domain.people import Actor, Applicant
from service.domain.signatures import Evidence, Signer
from service.program import Program
from service.settings import Settings
from service.usecases.draft_files import attach
from service.usecases.drafts import open_draft, save_draft
from service.usecases.file_application import prepare_filing, take_application
from service.usecases.tasks import complete_task

CONTENT = b"remembered"
"""What the one real signature was made over."""


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
        """No paper is signed in the benchmarks."""
        raise NotImplementedError


class Silent:
    """A state register that does not answer: nobody's page waits for it in the benchmarks."""

    def send(self, message: Message) -> Mapping[str, Any]:
        """No answer."""
        raise NotDelivered(Trouble.NO_CONNECTION, "")


@dataclass
class Counted:
    """The statements of the last transaction of a block of work, without BEGIN and COMMIT, and the commits of all."""

    statements: int = 0
    commits: int = 0


@dataclass
class Town:
    """A program with its officers, and applicants without end."""

    program: Program
    engine: Remembered
    cms: bytes
    officers: dict[str, Actor]
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def ready_draft(self) -> tuple[str, Applicant]:
        """An application that only has to be sent, of an applicant whom nobody has seen before."""
        number = next(self._numbers)
        applicant = Applicant(
            f"850615{number:06d}", f"200140{number:06d}", f"ҮЛГІ {number}", f"Үлгі Серіктестік {number}"
        )
        draft = open_draft(self.program, applicant)
        told = {
            **TRADE,
            "platform": f"Платформа {number}",
            "purpose": f"Мақсат {number}. " * 10,
            "name": applicant.name,
        }
        save_draft(self.program, draft.id, applicant, told)
        for paper in (TITLE, LETTER):
            content = pdf(paper.title, paper.number)
            attach(
                self.program, draft.id, applicant, kind=paper.kind, name=f"{paper.title} {number}.pdf", content=content,
                media_type="application/pdf", number=paper.number, dated=paper.dated, valid_until=paper.valid_until,
            )  # fmt: skip
        prepare_filing(self.program, draft.id, applicant, "kk")
        return draft.id, applicant

    def file(self, draft_id: str, applicant: Applicant) -> Case:
        """Send it: the case stands at its first user task afterwards. It is printed when the outbox is sent."""
        self.engine.applicant = applicant
        return take_application(self.program, draft_id, applicant, self.cms)

    def filed(self) -> Case:
        """A case at its first user task."""
        return self.file(*self.ready_draft())

    def open_task(self, case: Case) -> Task:
        """The one task of a case that waits for somebody."""
        with self.program.reading() as uow:
            return next(task for task in uow.cases.tasks(case.id) if task.is_open)

    def complete(self, task: Task, **answers: Any) -> Case:
        """The officer of its lane does it."""
        raw = {name: [str(answer)] for name, answer in answers.items()}
        return complete_task(self.program, task.id, self.officers[task.role], raw)

    @contextmanager
    def counted(self) -> Iterator[Counted]:
        """Count what is said to the database meanwhile."""
        engine, told = self.program.database.engine, Counted()

        def begin(*_: object) -> None:
            told.statements = 0

        def statement(_connection: object, _cursor: object, text: str, *_more: object) -> None:
            told.statements += not text.startswith("BEGIN")

        def commit(*_: object) -> None:
            told.commits += 1

        heard = (("begin", begin), ("before_cursor_execute", statement), ("commit", commit))
        for name, hear in heard:
            event.listen(engine, name, hear)
        try:
            yield told
        finally:
            for name, hear in heard:
                event.remove(engine, name, hear)


@contextmanager
def opened(url: str, folder: Path, world: World) -> Iterator[Town]:
    """A fresh town on this empty database, on a working morning."""
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
    try:
        yield Town(
            replace(program, signatures=remembered, registers=dict.fromkeys(REGISTERS, Silent())),
            remembered,
            cms,
            officers,
        )
    finally:
        program.database.engine.dispose()
