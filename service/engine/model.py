"""A diagram as we read it: processes, their nodes, flows and lanes, with the line each stands on.

This is the only reading of the XML; the catalogue, the check and what SpiffWorkflow is given are all made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from lxml import etree

from service.domain.languages import LANGUAGES

T = TypeVar("T")

LONGEST_TEXT = 500
"""Characters of a name or a property on a drawing."""
EVENTS = ("startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent")
ARTIFACTS = ("textAnnotation", "association", "group")
_KINDS = {
    "startEvent": "start_event",
    "endEvent": "end_event",
    "userTask": "user_task",
    "serviceTask": "service_task",
    "exclusiveGateway": "exclusive_gateway",
    "parallelGateway": "parallel_gateway",
    "eventBasedGateway": "event_based_gateway",
    "subProcess": "sub_process",
}


@dataclass(frozen=True)
class Flow:
    """A sequence flow: from, to, and its condition if it has one."""

    id: str
    source: str
    target: str
    condition: str | None
    line: int


@dataclass(frozen=True)
class Node:
    """A task, event, gateway or sub-process with all that stands on it; `xml` is where the check looks closer."""

    id: str
    tag: str
    line: int
    within: str
    xml: etree._Element = field(repr=False, compare=False)
    properties: Mapping[str, str]
    events: tuple[str, ...] = ()
    expression: str = ""
    message_ref: str = ""
    operation: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def attached_to(self) -> str:
        """The element on whose edge this event stands."""
        return self.xml.get("attachedToRef", "")

    @property
    def triggered(self) -> bool:
        """Whether this is an event sub-process."""
        return self.xml.get("triggeredByEvent", "false") == "true"

    @property
    def interrupting(self) -> bool:
        """Whether the event ends what it stands on or within."""
        name = "isInterrupting" if self.tag == "startEvent" else "cancelActivity"
        return self.xml.get(name, "true") == "true"

    @property
    def default_flow(self) -> str:
        """The flow taken when no condition holds."""
        return self.xml.get("default", "")

    @property
    def kind(self) -> str:
        """What it is in the words of the catalogue."""
        if self.tag in EVENTS and self.tag != "endEvent" and self.events in (("timer",), ("message",)):
            return self.events[0]
        if self.tag == "subProcess" and self.triggered:
            return "event_sub_process"
        return _KINDS.get(self.tag) or "".join(f"_{c.lower()}" if c.isupper() else c for c in self.tag)


@dataclass(frozen=True)
class Lane:
    """A lane: the role that may do its tasks, and the ids of what stands in it."""

    id: str
    line: int
    properties: Mapping[str, str]
    members: tuple[str, ...]
    name: str = ""

    @property
    def role(self) -> str:
        """The role named by the lane's property `role`."""
        return self.properties.get("role", "")


@dataclass(frozen=True)
class Sheet:
    """One process of one file."""

    file: str
    process: str
    line: int
    xml: etree._Element = field(repr=False, compare=False)
    properties: Mapping[str, str]
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]
    lanes: tuple[Lane, ...]
    messages: Mapping[str, str]
    shapes: frozenset[str]

    @property
    def executable(self) -> bool:
        """Whether the process is drawn to be walked."""
        return self.xml.get("isExecutable", "true") == "true"

    @cached_property
    def _nodes_by_id(self) -> Mapping[str, Node]:
        return {node.id: node for node in reversed(self.nodes)}

    @cached_property
    def _flows_by_end(self) -> tuple[Mapping[str, tuple[Flow, ...]], Mapping[str, tuple[Flow, ...]]]:
        return _grouped(self.flows, lambda flow: flow.source), _grouped(self.flows, lambda flow: flow.target)

    @cached_property
    def _nodes_by_scope(self) -> Mapping[str, tuple[Node, ...]]:
        return _grouped(self.nodes, lambda node: node.within)

    def node(self, node_id: str) -> Node | None:
        """The first node with this id."""
        return self._nodes_by_id.get(node_id)

    def outgoing(self, node_id: str) -> tuple[Flow, ...]:
        """The flows that leave this node, in the order of the file."""
        return self._flows_by_end[0].get(node_id, ())

    def incoming(self, node_id: str) -> tuple[Flow, ...]:
        """The flows that lead to this node."""
        return self._flows_by_end[1].get(node_id, ())

    def inside(self, node_id: str) -> tuple[Node, ...]:
        """The nodes that stand directly in this sub-process; those of the process itself for the empty id."""
        return self._nodes_by_scope.get(node_id, ())

    def lane_of(self, node: Node) -> Lane | None:
        """The lane in which the node, or the sub-process around it, stands."""
        for lane in reversed(self.lanes):
            if node.id in lane.members:
                return lane
        around = self.node(node.within) if node.within else None
        return self.lane_of(around) if around is not None and around is not node else None

    def message_of(self, node: Node) -> str:
        """The name of the message that the event waits for."""
        return self.messages.get(node.message_ref, "")


def _grouped(many: Iterable[T], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = {}
    for one in many:
        groups.setdefault(key(one), []).append(one)
    return {name: tuple(group) for name, group in groups.items()}


def names_of(properties: Mapping[str, str]) -> dict[str, str]:
    """The names in the three languages among these properties."""
    return {language: properties[language] for language in LANGUAGES if properties.get(language)}


def law_of(properties: Mapping[str, str]) -> tuple[str, ...]:
    """The points of the rules among these properties."""
    return tuple(point.strip() for point in properties.get("law", "").split(",") if point.strip())
