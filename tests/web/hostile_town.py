"""A town under attack: one case of every kind that belongs to somebody, and a browser for everybody who might try."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Table, select

from service.adapters.database import tables
from service.bootstrap import KEY_FILE
from service.demo.people import pdf
from service.demo.world import World
from service.domain.claims import DEFENCE
from service.domain.deadlines import local
from service.domain.duties import Duty
from service.domain.messages import OfficerNote
from service.domain.people import RoleAssignment
from service.program import Program
from service.sandbox.weather import Weather
from service.usecases.acts_beside import prepare_act
from service.usecases.claims import attach_claim_document, record_claim
from service.usecases.complaint_drafts import Contested, open_complaint
from service.usecases.dated_settings import announce_break
from service.usecases.extend_term import extend_term
from service.usecases.file_access import request_access
from service.usecases.file_application import prepare_filing
from service.usecases.minutes import add_remark
from service.usecases.notify_extension import ExtensionLetter
from service.usecases.people import appoint_acting
from service.usecases.send_outbox import send_outbox
from service.usecases.sign_document import prepare_document
from service.web import create_app
from tests.complaints import Complaints
from tests.one_page import OnePage
from tests.program import CONFORMS, LETTER, TITLE, TRADE, TUESDAY, build_program, furnished_database
from tests.snapshots import Snapshots
from tests.usecases.beside import heard, signed_minutes
from tests.usecases.by_post import invited_by_post
from tests.usecases.test_holder_heard import STRANGER
from tests.web.cabinet import Cabinet
from tests.web.ground_visitor import Visitor
from tests.web.office import Office

OFFICERS = ("chancellery", "unit", "head", "acting", "reviewer", "supervisor", "centre", "administrator")
EVERYBODY = ("nobody", "owner", "other", *OFFICERS)
"""Nobody, the applicant to whom everything belongs, another one, and every officer; the deputy's order is over."""
CHANGES_BY_LOOKING = {"journal", "journal_head", "case_reading", "challenge", "signature", "stash", "seal"}
"""Tables that a refused attempt, a reading or a sign-in may write to."""


@dataclass
class Besieged:
    """The program, its pages, and the numbers of what belongs to the owner, by the names that addresses use."""

    program: Program
    story: Complaints
    at: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Open every door of one application."""
        self.app = create_app(self.program)
        self.app.config["RATELIMIT_ENABLED"] = False
        self.office, self.cabinet = Office(self.story), Cabinet(self.story)
        self.office.app = self.cabinet.app = self.app

    def visitor(self) -> Visitor:
        """A browser in which nobody has signed in."""
        visitor = Visitor(self.app.test_client())
        visitor.get("/help?lang=en")
        return visitor

    def person(self, who: str) -> Visitor:
        """The browser of one of EVERYBODY."""
        if who == "nobody":
            return self.visitor()
        if who in OFFICERS:
            return self.office.desk(who)
        seat = self.cabinet.seat({"owner": "company_head", "other": "entrepreneur"}[who])
        seat.get("/cabinet/")
        return seat

    def rows(self) -> dict[str, list[Any]]:
        """Everything that no refused attempt may change."""
        with self.program.database.engine.connect() as connection:
            return {
                table.name: sorted(map(repr, connection.execute(select(*_said(table))).all()))
                for table in tables.metadata.sorted_tables
                if table.name not in CHANGES_BY_LOOKING
            }


def _said(table: Table) -> list[Column[Any]]:
    """Every column but when the owner has seen a notice."""
    return [column for column in table.c if (table.name, column.name) != ("notice", "read_at")]


_AT: dict[str, Mapping[str, Mapping[str, Any]]] = {}
"""The numbers in the town of each kind of database: it is built once by a worker, and put back for every module."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def besieged(
    request: pytest.FixtureRequest,
    world: World,
    snapshots: Snapshots,
    key_file: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Besieged]:
    """One town for all tests of a module."""
    world.shep.weather = Weather.FINE
    folder = tmp_path_factory.mktemp("besieged")
    shutil.copy2(key_file, folder / KEY_FILE)
    with furnished_database(request.param, folder, request) as url:
        town = _opened(url, folder, world)
        snapshots.watch(town.program)
        snapshots.reach(town.program, ("besieged",), lambda: _AT.update({request.param: furnished(town.story)}))
        town.at = _AT[request.param]
        yield town
        town.program.database.engine.dispose()


def _opened(url: str, folder: Path, world: World) -> Besieged:
    program = replace(build_program(url, world, folder), press=OnePage())
    program.set_clock(TUESDAY)
    world.clock = program.clock.now
    return Besieged(program, Complaints(program, world))


def furnished(story: Complaints) -> Mapping[str, Mapping[str, Any]]:
    """Everything of the company: where it stands, for the pages that want more than its open case."""
    program, owner, head = story.program, story.applicant("company_head"), story.officer("head")
    spoken = heard(story)
    minutes = signed_minutes(story, spoken)
    add_remark(program, minutes.id, owner, "Хаттамада шарт аталмаған.")
    granted = story.granted()
    waiting = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    opened = story.assigned()
    complaint = story.forwarded(granted, "permit")
    send_outbox(program)
    paper = prepare_document(program, story.open_task(waiting).id, head, {"decision": ["sign"]})
    request_access(program, opened.id, owner, "Танысу үшін")
    extend_term(program, opened.id, head, date(2023, 10, 20), "Тексеру ұзаққа созылды")
    letter = prepare_act(program, ExtensionLetter(), opened.id, head, {"duty": _duty(story, "notify_extension").id})
    permit, files = story.document(granted, "permit"), program.queries.case(opened.id).attachments
    draft = story.draft("company_head", TRADE, [TITLE, LETTER])
    prepare_filing(program, draft, owner, "kk")
    complaining = open_complaint(program, owner, Contested(granted.id, permit.id))
    story.draft("company_signer", TRADE, [])
    announced = announce_break(
        program, program.clock.now() + timedelta(days=2), program.clock.now() + timedelta(days=3),
        {"kk": "Жөндеу", "ru": "Ремонт", "en": "Repair"}, story.officer("administrator"),
    )  # fmt: skip
    claim = _claim(story, granted.number, permit.number)
    with program.unit_of_work() as uow:
        acting = story.officer("acting").officer_id
        (order,) = [held for held in uow.list(RoleAssignment, role="head") if held.officer_id == acting]
        order.valid_until = program.clock.now().date() - timedelta(days=1)
        uow.commit()
    posted = invited_by_post(story, hearing_on="2023-09-18", **STRANGER)
    later = appoint_acting(program, "unit", date(2030, 1, 8), date(2030, 1, 9), "62-Ж")
    entry = program.queries.case(granted.id).entry
    assert entry is not None
    everywhere = {
        "case_id": opened.id, "task_id": story.open_task(opened).id, "attachment_id": files[0].id,
        "document_id": permit.id, "draft_id": draft, "minutes_id": minutes.id, "claim_id": claim, "kind": DEFENCE,
        "duty_id": _duty(story, "give_case_file").id, "break_id": announced.id, "order_id": later.id,
        "note_id": _unread(story, "unit"), "message_id": _first(story, "outbox"), "prepared_id": paper.id,
        "name": "paper", "number": entry.number, "month": "2023-09", "page": "asset", "reason": "no_edition",
        "change_id": _first(story, "register_change"),
        "complaint_id": complaint.id, "notice_id": program.queries.case(opened.id).notices[0].id,
        "process": "permit", "code": "AAAA-BBBB-CCCC-DDDD", "filename": "mark.svg",
    }  # fmt: skip
    of_draft = {"attachment_id": program.queries.draft(draft)[1][0].id}
    return {
        "": everywhere,
        **{f"cabinet.{name}": of_draft for name in ("file", "file_content", "remove_file")},
        **{f"cabinet.{name}": {"case_id": complaint.id} for name in ("complaint", "complaint_receipt")},
        "officer.sent_package": {"case_id": complaint.id},
        "cabinet.complaint_review": {"draft_id": complaining.id},
        "cabinet.document": {"case_id": granted.id},
        "cabinet.document_error": {"case_id": granted.id},
        "cabinet.minutes_remark": {"case_id": spoken.id},
        "cabinet.position": {"case_id": spoken.id},
        "officer.answer_on_paper": {"case_id": posted.id},
        "officer.document": {"case_id": granted.id},
        "officer.error_in_document": {"case_id": granted.id},
        "officer.package": {"case_id": complaint.id},
        **{f"officer.{name}": {"prepared_id": letter.id}
           for name in ("act_paper", "sign_act_paper", "act_file", "prepare_act_again")},
        "officer.setting": {"name": "working_hours"},
        "public.entry": {"number": entry.number},
        "public.verified_file": {"name": "unknown"},
    }  # fmt: skip


def _duty(story: Complaints, kind: str) -> Duty:
    with story.program.reading() as uow:
        return next(duty for duty in uow.list(Duty) if duty.kind == kind and duty.is_open)


def _first(story: Complaints, table: str) -> int:
    found = tables.metadata.tables[table]
    with story.program.database.engine.connect() as connection:
        return int(connection.execute(select(found.c.id).order_by(found.c.id)).scalars().first() or 0)


def _unread(story: Complaints, login: str) -> int:
    """The first note of an officer that is not put away."""
    who = story.officer(login)
    with story.program.reading() as uow:
        notes = uow.list(OfficerNote, read_at=None)
    return next(note.id for note in notes if note.officer_id == who.officer_id or note.role in who.roles)


def _claim(story: Complaints, case_number: str, document_number: str) -> int:
    told = {
        "court": "Астана қаласының мамандандырылған әкімшілік соты", "number": "7194-23-00-4/12",
        "plaintiff": "«Үлгі Активтер» ЖШС", "filed_on": local(story.program.clock.now()).date(), "contests": "permit",
        "case_number": case_number, "document_number": document_number,
    }  # fmt: skip
    claim = record_claim(story.program, story.officer("unit"), told)
    attach_claim_document(story.program, claim.id, story.officer("unit"), DEFENCE, "a.pdf", pdf("Пікір", "1"))
    return claim.id
