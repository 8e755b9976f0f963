"""The edition of the rules that the public pages show, and links to its points (O1, O2, O3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from service.domain.case import PERMIT
from service.usecases.editions import LoadedEdition
from service.web import law
from service.web.public.door import program, public, today

_POINT = re.compile(r"R?(\d+)(?:\.\d+)*")
_ROW = re.compile(r"A1\.(\d+)(?:\.\d+)*")


@dataclass(frozen=True)
class Shown:
    """An edition on the public pages; `is_open` says whether applications are taken under it today (O2)."""

    edition: LoadedEdition
    is_open: bool

    @property
    def act(self) -> Mapping[str, Any]:
        """What the edition says of its act: number, date, interval, title, what repealed it."""
        found: Mapping[str, Any] = self.edition.act["act"]
        return found

    def part(self, name: str) -> Mapping[str, Any]:
        """Another part of the edition's act, such as `provider`; empty where it has none."""
        found: Mapping[str, Any] = self.edition.act.get(name, {})
        return found

    def listed(self, name: str) -> Sequence[Mapping[str, Any]]:
        """A list of the edition; empty in editions that are older than the list."""
        if f"forms/lists/{name}.json" not in self.edition.files:
            return []
        found: Sequence[Mapping[str, Any]] = self.edition.listed(name)
        return found

    def list_address(self, name: str) -> str:
        """Where a list can be read: with the rules, or in the row of annex 1 that it belongs to; empty elsewhere."""
        if name == "glossary":
            return url_for("public.rules", _anchor=name)
        if name == "service_requirements":
            return url_for("public.service")
        rows = (row["row"] for row in self.listed("service_requirements") if row.get("list") == name)
        return next((url_for("public.service", _anchor=f"row-{row}") for row in rows), "")


def shown(process: str = PERMIT) -> Shown | None:
    """The edition in force today, else the newest, as a procedure sees it; None before the first is deployed.

    `NotFound` where the edition has no such procedure.
    """
    ready = program()
    in_force = ready.queries.edition_on(today())
    edition = in_force or ready.queries.newest_edition()
    if edition is None:
        return None
    with ready.reading() as uow:
        return Shown(ready.editions.of(uow, edition.id, process), in_force is not None)


@public.app_template_filter("law_links")
def law_links(codes: str | Iterable[str]) -> list[tuple[str, str]]:
    """Each point of the law as people cite it, with the address at which it can be read; "" where it is not here."""
    listed = codes.split(",") if isinstance(codes, str) else codes
    found = {text: _address(code) for code in listed if (text := law.cite(code))}
    return list(found.items())


def _address(code: str) -> str:
    if match := _POINT.fullmatch(code):
        return url_for("public.rules", _anchor=f"point-{match[1]}")
    if match := _ROW.fullmatch(code):
        return url_for("public.service", _anchor=f"row-{match[1]}")
    return ""
