"""A town with permits for the tests of the public pages: the whole program, real signed papers, a full register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from service.bootstrap import build
from service.cli.serve import ensure_edition
from service.demo.accounts import add_accounts
from service.demo.world import World
from service.domain.case import ApplicantKind, Case
from service.domain.deadlines import ZONE
from service.domain.decisions import IssuedDocument, PermitStatus, RegisterChange, RegisterEntry
from service.domain.messages import Edition
from service.domain.ports import UnitOfWork
from service.program import Program
from service.sandbox.weather import Weather
from service.settings import Settings
from service.web import create_app
from service.web.security import limiter
from tests.databases import EMPTY, fresh_database
from tests.program import CONFORMS, QuickPasswords, Story
from tests.web.ground_visitor import Visitor

TUESDAY = datetime(2023, 9, 12, 10, 0, tzinfo=ZONE)
ENTREPRENEUR_IIN = "850615399019"
OLD_HOLDER_IIN = "900101350017"
MANY = 30


@dataclass
class Town:
    """The program with its pages. `permit` was issued to a company, `own` to a sole proprietor, on 12 September 2023.

    Beside them stand `MANY` entries of 2019 to companies called `Мұра 01` ..., expired, the first of them cancelled,
    and KZ-2023-100001, which is suspended.
    """

    program: Program
    world: World
    permit: IssuedDocument
    own: IssuedDocument

    def visitor(self, *, limited: bool = False) -> Visitor:
        """A browser of somebody who has not signed in."""
        app = create_app(self.program)
        app.config["RATELIMIT_ENABLED"] = limited
        if limited:
            limiter.reset()
        return Visitor(app.test_client())

    def file(self, document: IssuedDocument) -> bytes:
        """The document as the cabinet gives it out."""
        return self.program.files.read(document.sha256)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def town(request: pytest.FixtureRequest, world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One town for all tests, on SQLite and on PostgreSQL; they look and change nothing."""
    folder = tmp_path_factory.mktemp("town")
    with fresh_database(request.param, folder, request, EMPTY) as url, furnished(url, folder, world) as found:
        yield found


@contextmanager
def furnished(url: str, folder: Path, world: World) -> Iterator[Town]:
    """Build the town on an empty database."""
    settings = Settings(env="demo", instance=folder, database_url=url, secret="s" * 32, public_url="https://r.test")
    program = build(world.settings(settings))
    program.set_clock(TUESDAY)
    world.clock, world.shep.weather = program.clock.now, Weather.FINE
    ensure_edition(program)
    add_accounts(replace(program, passwords=QuickPasswords()), world.pki)
    story = Story(program, world)
    permit, own = (granted(story, persona) for persona in ("company_head", "entrepreneur"))
    fill_register(program)
    yield Town(program, world, permit, own)
    program.database.engine.dispose()


def granted(story: Story, persona: str) -> IssuedDocument:
    """Play a case to its permit."""
    case = story.work("unit", story.complete(persona), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    (document,) = story.program.queries.case(case.id).documents
    return document


def fill_register(program: Program) -> None:
    """Old entries, expired, cancelled and suspended, each with a case of its own."""
    with program.unit_of_work() as uow:
        (edition,) = uow.list(Edition)
        for number in range(1, MANY + 1):
            name = f"«Мұра {number:02}» ЖШС"
            entry = _entry(case_for(uow, edition, f"OLD-{number}"), f"KZ-2019-{number:06}", name, date(2019, 3, number))
            uow.add(entry)
            if number == 1:
                uow.flush()
                uow.add(_change(entry, PermitStatus.CANCELLED, date(2020, 5, 5), "Сот шешімі № 7"))
        name = "ӨЗГЕ <b>Ғылым</b> Үйі"
        entry = _entry(case_for(uow, edition, "OLD-own"), "KZ-2023-100001", name, date(2023, 8, 10))
        entry.bin, entry.iin, entry.holder_kind, entry.purpose = "", OLD_HOLDER_IIN, "entrepreneur", "=1+1"
        uow.add(entry)
        uow.flush()
        uow.add(_change(entry, PermitStatus.SUSPENDED, date(2023, 9, 1), "Бұйрық № 5"))
        uow.commit()


def case_for(uow: UnitOfWork, edition: Edition, number: str) -> Case:
    """A closed case for an entry of the register."""
    at = datetime(2019, 1, 10, 5, tzinfo=UTC)
    case = Case(
        number=number,
        procedure="permit",
        edition_id=edition.id,
        submission_id=number,
        applicant_kind=ApplicantKind.COMPANY,
        iin=OLD_HOLDER_IIN,
        bin="150340999016",
        applicant_name=number,
        language="kk",
        received_at=at,
        registered_on=at.date(),
    )
    case.close("granted", at)
    uow.add(case)
    uow.flush()
    return case


def _entry(case: Case, number: str, name: str, issued_on: date) -> RegisterEntry:
    return RegisterEntry(
        case_id=case.id,
        number=number,
        holder_name=name,
        holder_kind="company",
        iin="",
        bin="190940999015",
        platform="DalaChain",
        purpose="Астық қолхаттары",
        address="010000, Астана қаласы",
        issued_on=issued_on,
        valid_until=issued_on.replace(year=issued_on.year + 3),
        search_name=name.casefold(),
    )


def _change(entry: RegisterEntry, status: PermitStatus, from_on: date, basis: str) -> RegisterChange:
    return RegisterChange(entry.id, status, from_on, basis, datetime(2023, 9, 1, 5, tzinfo=UTC))


def text(answer: TestResponse) -> str:
    """What a person reads on the page, on one line."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.text, flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ").split())
