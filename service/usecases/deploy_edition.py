"""Freezes the diagrams, forms and documents with their act as a new edition (O1, O2, U5)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from service.domain.errors import RuqsatError
from service.domain.messages import Edition
from service.domain.people import Actor
from service.usecases.editions import pack
from service.usecases.services import Services


class EditionRefused(RuqsatError):
    """The files cannot become an edition; `findings` says why."""

    code = "edition_refused"


def deploy_edition(services: Services, files: Mapping[str, bytes], actor: Actor) -> Edition:
    """Insert edition n+1, in force by its act; equal files are not deployed twice. New cases use it from its date.

    Raises `DiagramRefused` or `XmlRefused` when the engine cannot walk it, `EditionRefused` when its act has no dates
    or a document could not be printed.
    """
    services.editions.require_readable(files)
    if problem := services.press.problem(files):
        raise EditionRefused(findings=[f"{problem.file}:{problem.line}: {problem.what}"])
    bundle, sha256 = pack(files)
    act = _act(files)
    with services.unit_of_work() as uow:
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
        uow.add(edition)
        uow.note(None, actor, "edition_deployed", number=edition.number, sha256=sha256)
        uow.commit()
        return edition


def _act(files: Mapping[str, bytes]) -> Mapping[str, Any]:
    """The act of `edition.toml`; `EditionRefused` names what is missing in it or cannot be read."""
    try:
        act: Mapping[str, Any] = tomllib.loads(files["edition.toml"].decode())["act"]
    except (KeyError, ValueError) as wrong:
        raise EditionRefused(findings=[f"edition.toml: {wrong}"]) from wrong
    findings = [f"edition.toml: act.{name} is missing" for name in ("number", "in_force_from") if not act.get(name)]
    days = (name for name in ("in_force_from", "in_force_until") if name in act)
    findings += [f"edition.toml: act.{name} is not a day" for name in days if not isinstance(act[name], date)]
    if findings:
        raise EditionRefused(findings=findings)
    return act
