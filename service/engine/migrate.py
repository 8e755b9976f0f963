"""May this running case move to that version?

A case may move when everything it waits for is there in the new version, of the same kind, for the same role and in
the same place. Its due times stay as they are: a change of the diagram does not give anybody more or less time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from service.domain.steps import Data, Element
from service.engine.definition import Procedure
from service.engine.errors import NotMovable
from service.engine.rest import listener_id, waiting
from service.engine.state import Mark, Snapshot, pack, unpack
from service.engine.tree import require_known


@dataclass(frozen=True)
class Obstacle:
    """Why a case cannot move: a code, the element and what differs.

    Codes: `gone`, `other_kind`, `other_lane`, `elsewhere`, `other_surroundings`, `other_event`,
    `other_structure`, `ended`, `other_process`.
    """

    code: str
    element: str
    data: dict[str, Any] = field(default_factory=dict)


def obstacles(state: bytes, old: Procedure, new: Procedure) -> list[Obstacle]:
    """Why this case may not move from the old to the new version; empty if it may."""
    snapshot = unpack(state)
    require_known(old.woven, snapshot)
    if snapshot.ended:
        return [Obstacle("ended", "")]
    if old.process != new.process:
        return [Obstacle("other_process", new.process, {"old": old.process, "new": new.process})]
    found = [one for element in _waited_for(snapshot, old) for one in _differences(element, old, new)]
    told = {one.element for one in found}
    for mark in _all(snapshot.marks):
        owner = mark.spec.partition(".")[0]
        if mark.spec not in new.woven.names and owner not in told:
            found.append(Obstacle("other_structure", owner))
    return list({(one.code, one.element): one for one in found}.values())


def migrate(state: bytes, old: Procedure, new: Procedure, said: Data) -> bytes:
    """The state of the case under the new version, its due times unchanged. NotMovable with the obstacles otherwise.

    Events of the whole case that only the new version has begin to listen; those that it no longer has are silent.
    `said` are earlier answers that only the new version reads; what the case's data holds already stays.
    """
    found = obstacles(state, old, new)
    if found:
        raise NotMovable(obstacles=found)
    snapshot = unpack(state)
    before = {element.id for element in old.listeners}
    kept = {
        element.id: snapshot.listeners.get(element.id, "")
        for element in new.listeners
        if element.id in snapshot.listeners or element.id not in before
    }
    return pack(replace(snapshot, listeners=kept, data={**said, **snapshot.data}))


def dropped_timers(state: bytes, new: Procedure) -> tuple[str, ...]:
    """The ids of running terms of the whole case that the new version no longer has; their rows are to be closed."""
    snapshot = unpack(state)
    still = {element.id for element in new.listeners}
    return tuple(listener_id(snapshot, one) for one, due in snapshot.listeners.items() if due and one not in still)


def _waited_for(snapshot: Snapshot, old: Procedure) -> list[Element]:
    catalogue = old.catalogue
    stages = [catalogue.element(mark.spec) for mark in _all(snapshot.marks) if mark.spec in catalogue]
    return list({one.id: one for one in (*stages, *(found.element for found in waiting(catalogue, snapshot)))}.values())


def _all(marks: tuple[Mark, ...]) -> Iterator[Mark]:
    for mark in marks:
        yield mark
        yield from _all(mark.below)
        if mark.inside is not None:
            yield from _all(mark.inside.below)


def _differences(element: Element, old: Procedure, new: Procedure) -> Iterator[Obstacle]:
    if element.id not in new.catalogue:
        yield Obstacle("gone", element.id)
        return
    other = new.catalogue.element(element.id)
    compared = {
        "other_kind": (element.kind, other.kind),
        "other_lane": (element.lane, other.lane),
        "elsewhere": ((element.within, element.attached_to), (other.within, other.attached_to)),
        "other_event": ((element.message, element.interrupting), (other.message, other.interrupting)),
        "other_surroundings": (_around(old, element), _around(new, other)),
    }
    for code, (before, after) in compared.items():
        if before != after:
            yield Obstacle(code, element.id, {"old": before, "new": after})


def _around(procedure: Procedure, element: Element) -> tuple[str, ...]:
    """What a waiting element cannot do without: events on its edge or after it, branches that it waits for."""
    catalogue = procedure.catalogue
    around = [edge.id for edge in catalogue.edges_of(element.id)]
    if element.kind == "event_based_gateway":
        around += element.flows_to
    if element.kind == "parallel_gateway":
        around += [other.id for other in catalogue.elements if element.id in other.flows_to]
    return tuple(sorted(around))
