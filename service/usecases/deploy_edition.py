"""Freezes the diagrams, forms and documents with their act as a new edition (O1, O2, U5)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.duties import Duty
from service.domain.errors import RuqsatError
from service.domain.messages import Edition
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.rules_change import (
    PUBLISH,
    acts_of,
    changes_between,
    proposed_start,
    start_without_basis,
    with_start,
)
from service.domain.terms import EDITION_TERMS
from service.operations.duties import open_duty
from service.usecases.editions import act_of, pack
from service.usecases.recount import Recount
from service.usecases.services import Services
from service.usecases.times import read_times, with_schedule


class EditionRefused(RuqsatError):
    """The files cannot become an edition; `findings` says why."""

    code = "edition_refused"


def deploy_edition(services: Services, files: Mapping[str, bytes], actor: Actor) -> Edition:
    """Insert edition n+1, in force by its act; equal files are not deployed twice. New cases use it from its date.

    Where its act changes the rules, the duties that follow from that arise with it (R12.1, O4); where it brings other
    working hours, the open ends of the days they hold on move, and no step of any case runs meanwhile (A1.8.1, D28).

    Raises `DiagramRefused` or `XmlRefused` when the engine cannot walk it, `EditionRefused` when its act has no dates
    or a document could not be printed.
    """
    services.editions.require_readable(files)
    if problem := services.press.problem(files):
        raise EditionRefused(findings=[f"{problem.file}:{problem.line}: {problem.what}"])
    bundle, sha256 = pack(files)
    act = _act(files)
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


def _act(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    """The act of `edition.toml`; `EditionRefused` names what is missing in it or cannot be read."""
    try:
        act: Mapping[str, Any] = with_start(tomllib.loads(files["edition.toml"].decode())["act"])
    except (KeyError, ValueError) as wrong:
        raise EditionRefused(findings=[f"edition.toml: {wrong}"]) from wrong
    findings = list(_misses(act))
    if start_without_basis(act):
        proposed = proposed_start(act["published_on"])
        findings.append(f"edition.toml: act.in_force_from is not {proposed}: act.in_force_basis must say why (O6)")
    if findings:
        raise EditionRefused(findings=findings)
    return act


def _misses(act: Mapping[str, Any]) -> Iterator[str]:
    """What the act, or one that amended it, does not say of itself, and what should be a day and is none."""
    for number, told in enumerate(acts_of(act)):
        name = f"act.amended_by[{number}]" if number else "act"
        for key in ("number", "in_force_from"):
            if not told.get(key):
                yield f"edition.toml: {name}.{key} is missing"
        for key in ("in_force_from", "in_force_until", "registered_on"):
            if told.get(key) and not isinstance(told[key], date):
                yield f"edition.toml: {name}.{key} is not a day"


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
