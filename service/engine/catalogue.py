"""The diagram as rows: element, role, form, operation, term, point of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from service.domain.steps import Element
from service.engine.model import Flow, Node, Sheet, law_of, names_of


@dataclass(frozen=True)
class Catalogue:
    """Everything a diagram says about its elements, in the order of its flow; the same for every reader."""

    process: str
    names: Mapping[str, str]
    elements: tuple[Element, ...]
    lanes: Mapping[str, Mapping[str, str]]
    law: tuple[str, ...] = ()
    _by_id: Mapping[str, Element] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {element.id: element for element in self.elements})

    def element(self, element_id: str) -> Element:
        """The element with this id; KeyError if the diagram has none."""
        return self._by_id[element_id]

    def __contains__(self, element_id: object) -> bool:
        return element_id in self._by_id

    def user_tasks(self) -> tuple[Element, ...]:
        """The tasks that a person does, in the order of the flow."""
        return tuple(element for element in self.elements if element.kind == "user_task")

    def timers(self) -> tuple[Element, ...]:
        """The events that wait for a date, in the order of the flow."""
        return tuple(element for element in self.elements if element.kind == "timer")

    def listeners(self) -> tuple[Element, ...]:
        """The starts of event sub-processes: what may come at any time while the case is open."""
        return tuple(
            element
            for element in self.elements
            if element.kind in ("timer", "message")
            and element.within
            and self.element(element.within).kind == "event_sub_process"
            and not any(element.id in other.flows_to for other in self.elements)
            and not element.attached_to
        )

    def catches(self, message: str) -> bool:
        """Whether the diagram waits anywhere for a message of this name."""
        return any(element.kind == "message" and element.message == message for element in self.elements)

    def edges_of(self, element_id: str) -> tuple[Element, ...]:
        """The events on the edge of this element."""
        return tuple(element for element in self.elements if element.attached_to == element_id)


def catalogue_of(sheet: Sheet) -> Catalogue:
    """What the catalogue says about this process."""
    nodes = {node.id: node for node in reversed(sheet.nodes)}
    order = list(dict.fromkeys([*_walk(sheet), *(node.id for node in sheet.nodes)]))
    return Catalogue(
        process=sheet.process,
        names=names_of(sheet.properties),
        elements=tuple(_element(sheet, nodes[node_id]) for node_id in order),
        lanes={lane.role: names_of(lane.properties) for lane in sheet.lanes if lane.role},
        law=law_of(sheet.properties),
    )


def _walk(sheet: Sheet, within: str = "") -> list[str]:
    """Ids in the order in which a case meets them: what follows a task before what follows from its edge."""
    found: dict[str, None] = {}
    inside = sheet.inside(within)
    for start in (node for node in inside if node.tag == "startEvent"):
        _follow(sheet, start.id, found)
    for node in inside:
        if node.triggered:
            found.update(dict.fromkeys([node.id, *_walk(sheet, node.id)]))
    return list(found)


def _follow(sheet: Sheet, start: str, found: dict[str, None]) -> None:
    waiting = [start]
    while waiting:
        node_id = waiting.pop()
        node = sheet.node(node_id)
        if node is None or node_id in found:
            continue
        found[node_id] = None
        edges = [edge.id for edge in sheet.nodes if edge.attached_to == node_id]
        if node.tag == "subProcess":
            found.update(dict.fromkeys(_walk(sheet, node_id)))
        for edge in edges:
            found[edge] = None
        later = [flow.target for edge in edges for flow in sheet.outgoing(edge)]
        waiting += [*reversed(later), *(flow.target for flow in reversed(sheet.outgoing(node_id)))]


def _element(sheet: Sheet, node: Node) -> Element:
    lane = sheet.lane_of(node)
    outgoing = sheet.outgoing(node.id)
    return Element(
        id=node.id,
        kind=node.kind,
        names=names_of(node.properties),
        law=law_of(node.properties),
        lane=lane.role if lane else "",
        form=node.properties.get("form", ""),
        document=node.properties.get("document", ""),
        operation=node.operation,
        parameters=dict(node.parameters),
        expression=node.expression,
        attached_to=node.attached_to,
        interrupting=_interrupts(sheet, node),
        message=sheet.message_of(node),
        flows_to=tuple(dict.fromkeys(flow.target for flow in outgoing)),
        conditions=_conditions(outgoing),
        properties=dict(node.properties),
        within=node.within,
    )


def _interrupts(sheet: Sheet, node: Node) -> bool:
    """An event sub-process interrupts as its start does."""
    starts = (inner for inner in sheet.inside(node.id) if inner.tag == "startEvent") if node.triggered else iter(())
    return next(starts, node).interrupting


def _conditions(flows: tuple[Flow, ...]) -> dict[str, str]:
    """When the way to each target is taken; two flows to one target are one way with either condition."""
    found: dict[str, str] = {}
    for flow in flows:
        if flow.condition:
            known = found.get(flow.target)
            found[flow.target] = f"({known}) or ({flow.condition})" if known else flow.condition
    return found
