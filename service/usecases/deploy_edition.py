"""Freezes the diagrams, forms and documents with their act as a new edition (O1, O2, U5)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from service.domain.act_check import ACT, check_act
from service.domain.calendar import WorkCalendar
from service.domain.duties import Duty
from service.domain.errors import RuqsatError
from service.domain.forms_values import read_text
from service.domain.messages import Edition
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.rules_change import PUBLISH, changes_between, with_start
from service.domain.terms import EDITION_TERMS
from service.operations.duties import open_duty
from service.usecases.editions import act_of, pack
from service.usecases.file_advice import advice
from service.usecases.recount import Recount
from service.usecases.services import Services
from service.usecases.times import read_times, with_schedule

LONGEST_REASON = 300
"""Characters of what a file says that the journal keeps."""


class EditionRefused(RuqsatError):
    """The files cannot become an edition; `findings` says why."""

    code = "edition_refused"


def deploy_edition(services: Services, files: Mapping[str, bytes], actor: Actor) -> Edition:
    """Insert edition n+1, in force by its act; equal files are not deployed twice. New cases use it from its date.

    Where its act changes the rules, the duties that follow from that arise with it (R12.1, O4); where it brings other
    working hours, the open ends of the days they hold on move, and no step of any case runs meanwhile (A1.8.1, D28).

    Raises `DiagramRefused` or `XmlRefused` when the engine cannot walk it, `EditionRefused` when its act has no dates
    or a document could not be printed; the journal of the office keeps that it was tried.
    """
    try:
        act = _require_deployable(services, files)
    except RuqsatError as refused:
        refuse_edition(services, files, actor, _first(refused))
        raise
    bundle, sha256 = pack(files)
    with services.alone() as uow:
        newest = uow.editions.newest()
        if newest is not None and newest.sha256 == sha256:
            return newest
        edition = Edition(
            number=newest.number + 1 if newest else 1,
            act=str(act["number"]),
            in_force_from=act["in_force_from"],
            in_force_until=act.get("in_force_until"),
            sha256=sha256,
            bundle=bundle,
            deployed_at=uow.now,
        )
        held = read_times(uow)
        uow.add(edition)
        uow.flush()
        counted = with_schedule(held.calendar, held.settings, (*held.editions, edition))
        moved = Recount(services, uow, held.calendar, counted, actor, edition.act).run()
        _open_duties(uow, counted, newest, edition, actor)
        told: dict[str, Any] = {"number": edition.number, "before": newest.number if newest else 0, "sha256": sha256}
        uow.note(None, actor, "edition_deployed", moved=len(moved), **told)
        uow.commit()
    services.times.look_again()
    return edition


@dataclass(frozen=True)
class Refusal:
    """The first fault of files that cannot become an edition: its code, where it stands, and what it is in words.

    The words are by language; under the empty one where they are known in no other.
    """

    code: str
    file: str = ""
    line: int = 0
    told: Mapping[str, str] = field(default_factory=dict)


def refuse_edition(
    services: Services, files: Mapping[str, bytes], actor: Actor, first: Refusal, found: int = 1
) -> None:
    """Keep in the journal of the office who wanted which files to be an edition, and why they were refused (L69.1)."""
    why = {language: read_text(text, lines=False)[:LONGEST_REASON] for language, text in first.told.items()}
    where, (_bundle, sha256) = f"{first.file}:{first.line}" if first.line else first.file, pack(files)
    with services.unit_of_work() as uow:
        told = {"file": where[:LONGEST_REASON], "code": first.code, "why": why}
        uow.note(None, actor, "edition_refused", sha256=sha256, found=found, **told)
        uow.commit()


def _first(refused: RuqsatError) -> Refusal:
    data = refused.data
    words = data.get("detail") or next(iter(data.get("findings", ())), "")
    code = str(data.get("reason") or refused.code)
    return Refusal(code, str(data.get("file", "")), int(data.get("line") or 0), {"": str(words)})


def _require_deployable(services: Services, files: Mapping[str, bytes]) -> Mapping[str, Any]:
    """The act of files that can become an edition."""
    services.editions.require_readable(files)
    if problem := services.press.problem(files):
        raise EditionRefused(
            file=problem.file, line=problem.line, findings=[f"{problem.file}:{problem.line}: {problem.what}"]
        )
    return _act(files, services.calendar)


def _act(files: Mapping[str, bytes], calendar: WorkCalendar) -> Mapping[str, Any]:
    """The act of `edition.toml`; `EditionRefused` names what is missing in it or cannot be read."""
    if wrong := check_act(files, calendar):
        raise EditionRefused(file=ACT, findings=[f"{ACT}: {advice(found.code, found.data)['en']}" for found in wrong])
    return with_start(tomllib.loads(files[ACT].decode())["act"])


def _open_duties(
    uow: UnitOfWork, calendar: WorkCalendar, newest: Edition | None, edition: Edition, actor: Actor
) -> None:
    """What a change of the rules asks of the ministry, each with its term (R12.1, O4); a first edition changes none.

    An act is published and reported once, however often it is deployed.
    """
    if newest is None:
        return
    before, after = (act_of(each.bundle) for each in (newest, edition))
    periods = {**EDITION_TERMS, **after.get("terms", {})}
    for change in changes_between(with_start(before["act"]), with_start(after["act"])):
        for kind, day in change.days.items():
            if kind not in PUBLISH or not _was_laid(uow, kind, change.number):
                open_duty(
                    uow,
                    calendar,
                    kind,
                    counted_from=day,
                    edition_id=edition.id,
                    actor=actor,
                    periods=periods,
                    act=change.number,
                )


def _was_laid(uow: UnitOfWork, kind: str, act: str) -> bool:
    of_editions = uow.list(Duty, case_id=None)
    return any((duty.kind, duty.details.get("act")) == (kind, act) for duty in of_editions)
