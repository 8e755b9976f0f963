"""The deployed editions, each read once: its files, its procedures and its forms (O1, U5)."""

from __future__ import annotations

import hashlib
import io
import json
import tomllib
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from service.domain.calendar import WorkCalendar
from service.domain.case import PERMIT, Case
from service.domain.errors import NotFound
from service.domain.forms import Form
from service.domain.messages import Edition
from service.domain.ports import UnitOfWork
from service.domain.rules_change import with_start
from service.domain.steps import Element
from service.domain.terms import EDITION_TERMS, TERMS
from service.domain.timers import diagram_functions, drawn_days
from service.engine.catalogue import Catalogue
from service.engine.definition import Procedure
from service.engine.expressions import Expression
from service.engine.runner import Runner

DRAWING = ".bpmn"
FIXED_DATE = (2023, 1, 1, 0, 0, 0)
"""Every file of a bundle bears this date, so that equal files give equal bytes."""


def pack(files: Mapping[str, bytes]) -> tuple[bytes, str]:
    """The files of an edition as one ZIP, and the hash that freezes them."""
    digest, buffer = hashlib.sha256(), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, FIXED_DATE), files[name], zipfile.ZIP_DEFLATED)
            digest.update(name.encode() + b"\0" + hashlib.sha256(files[name]).digest())
    return buffer.getvalue(), digest.hexdigest()


def unpack(bundle: bytes) -> dict[str, bytes]:
    """The files of an edition."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def act_of(bundle: bytes) -> Mapping[str, Any]:
    """What the `edition.toml` of an edition says; its other files are not unpacked for it."""
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return tomllib.loads(archive.read("edition.toml").decode())


def collect(processes: Path, forms: Path) -> dict[str, bytes]:
    """The files that an edition freezes: diagrams and the act from one folder, forms and documents from the other."""
    found = {path.name: path.read_bytes() for path in processes.glob("*.bpmn")}
    found["edition.toml"] = (processes / "edition.toml").read_bytes()
    for path in sorted(forms.rglob("*")):
        if path.is_file() and path.suffix in {".form", ".json", ".html", ".css", ".toml"}:
            found[f"forms/{path.relative_to(forms).as_posix()}"] = path.read_bytes()
    return found


def processes_of(files: Mapping[str, bytes]) -> list[str]:
    """The procedures that an edition holds: `permit.bpmn` draws the procedure `permit`."""
    return sorted(name.removesuffix(DRAWING) for name in files if name.endswith(DRAWING))


@dataclass(frozen=True, eq=False)
class LoadedEdition:
    """One edition as one of its procedures sees it, ready to use by any number of threads.

    The files, the act and the lists are the edition's; the catalogue and the runner are the procedure's. `others` are
    the elements of the edition's other drawings: what they count is a term of this edition, too.
    """

    id: int
    number: int
    sha256: str
    files: Mapping[str, bytes]
    procedure: Procedure
    runner: Runner
    _forms: dict[str, Form] = field(default_factory=dict)
    others: Sequence[Element] = ()

    @property
    def catalogue(self) -> Catalogue:
        """The diagram as rows."""
        return self.procedure.catalogue

    @property
    def drawing(self) -> bytes:
        """The diagram as it was frozen."""
        return self.files[self.procedure.process + DRAWING]

    @property
    def processes(self) -> list[str]:
        """Every procedure of the edition."""
        return processes_of(self.files)

    @cached_property
    def named(self) -> frozenset[str]:
        """Every name that the diagram reads: only these answers enter the process data."""
        elements = self.catalogue.elements
        texts = [
            text
            for e in elements
            for text in (e.expression, e.kept_when, *e.parameters.values(), *e.conditions.values())
        ]
        return frozenset(name for text in texts if text for name in Expression.parse(text).names)

    @cached_property
    def endings(self) -> frozenset[str]:
        """The endings that tell how a case ended; those of paths beside the case's own do not."""
        catalogue = self.catalogue
        own = [element for element in catalogue.elements if element.kind == "start_event" and not element.within]
        reached: dict[str, Element] = {}
        while own:
            element = own.pop()
            if element.id not in reached:
                reached[element.id] = element
                own += [catalogue.element(name) for name in element.flows_to]
                own += [edge for edge in catalogue.edges_of(element.id) if edge.interrupting]
        stopping = {e.id for e in catalogue.elements if e.kind == "event_sub_process" and e.interrupting}
        inside = [element for element in catalogue.elements if element.within in stopping]
        return frozenset(e.id for e in (*reached.values(), *inside) if e.kind == "end_event")

    def form(self, name: str) -> Form:
        """A form by its name, for example `check_completeness`."""
        if name not in self._forms:
            self._forms[name] = Form.parse(self.files, name)
        return self._forms[name]

    @cached_property
    def act(self) -> Mapping[str, Any]:
        """What `edition.toml` says: the act, its interval, the provider's name and details."""
        told = tomllib.loads(self.files["edition.toml"].decode())
        return {**told, "act": with_start(told["act"])}

    @cached_property
    def terms(self) -> Mapping[str, int]:
        """The terms by this edition: those that its drawings count, by the keys of `TERMS`, and its `[terms]` (O1)."""
        lawful = {key: term.days for key, term in TERMS.items()}
        drawn = {**drawn_days(self.others), **drawn_days(self.catalogue.elements)}
        return {**lawful, **drawn, **EDITION_TERMS, **self.act.get("terms", {})}

    def listed(self, name: str) -> Any:
        """A list such as `refusal_grounds`, each value with its article and its texts."""
        return json.loads(self.files[f"forms/lists/{name}.json"])


class EditionShelf:
    """Editions by their id; each is read from the database and parsed once."""

    def __init__(self, calendar: WorkCalendar | Callable[[], WorkCalendar], now: Callable[[], datetime]) -> None:
        self.functions = diagram_functions(calendar)
        self._now = now
        self._loaded: dict[int, dict[str, LoadedEdition]] = {}
        self._lock = Lock()

    def of(self, uow: UnitOfWork, edition_id: int, process: str) -> LoadedEdition:
        """An edition as one of its procedures sees it; `NotFound` where it has no such edition or procedure."""
        with self._lock:
            if edition_id not in self._loaded:
                self._loaded[edition_id] = self._load(uow.get(Edition, edition_id))
            views = self._loaded[edition_id]
        if process not in views:
            raise NotFound(what="procedure", process=process)
        return views[process]

    def of_case(self, uow: UnitOfWork, case: Case) -> LoadedEdition:
        """The edition under which a case runs, as the case's own procedure sees it (O1)."""
        return self.of(uow, case.edition_id, case.procedure)

    def with_words(self, uow: UnitOfWork, case: Case, kind: str) -> LoadedEdition:
        """The edition of the case; the newest for a notice that is younger than that edition, as of a permit's end."""
        edition, newest = self.of_case(uow, case), uow.editions.newest()
        if newest is None or kind in edition.listed("notices"):
            return edition
        return self.of(uow, newest.id, case.procedure)

    def require_readable(self, files: Mapping[str, bytes]) -> None:
        """Refuse files that could not be loaded again once they are frozen."""
        for process in processes_of(files) or [PERMIT]:
            self._procedure(files, process)

    def _load(self, edition: Edition) -> dict[str, LoadedEdition]:
        files, forms = unpack(edition.bundle), dict[str, Form]()
        drawn = {process: self._procedure(files, process) for process in processes_of(files)}
        told = (edition.id, edition.number, edition.sha256, files)
        return {
            process: LoadedEdition(*told, one, Runner(one), forms, _beside(process, drawn))
            for process, one in drawn.items()
        }

    def _procedure(self, files: Mapping[str, bytes], process: str) -> Procedure:
        return Procedure.load(files, process, functions=self.functions, clock=self._now)


def _beside(process: str, drawn: Mapping[str, Procedure]) -> tuple[Element, ...]:
    return tuple(each for name, one in drawn.items() if name != process for each in one.catalogue.elements)
