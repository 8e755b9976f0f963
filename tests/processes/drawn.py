"""One drawing of the folder as its file tells it: elements, properties, lines and where they stand."""

from __future__ import annotations

from functools import cached_property

from lxml import etree

from service.engine.catalogue import Catalogue
from tests.processes.drawing_geometry import Layout, read_layout
from tests.processes.walking import PROCESSES, procedure

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
NAMED = (
    "process", "participant", "lane", "message", "messageFlow", "userTask", "serviceTask", "exclusiveGateway",
    "startEvent", "endEvent", "boundaryEvent", "intermediateCatchEvent", "subProcess",
)  # fmt: skip
NODES = NAMED[5:]


class Drawn:
    """The drawing of one procedure."""

    def __init__(self, process: str) -> None:
        self.process = process
        self.root = etree.fromstring((PROCESSES / f"{process}.bpmn").read_bytes())
        self.layout: Layout = read_layout(self.root)

    @property
    def catalogue(self) -> Catalogue:
        """The drawing as the program reads it."""
        return procedure(self.process).catalogue

    @cached_property
    def elements(self) -> dict[str, etree._Element]:
        """Everything that has a name, by its id."""
        return {e.get("id", ""): e for tag in NAMED for e in self.root.iter(BPMN + tag)}

    @cached_property
    def gateways(self) -> set[str]:
        """The decisions."""
        return {e.get("id", "") for e in self.root.iter(BPMN + "exclusiveGateway")}

    @cached_property
    def flows(self) -> dict[str, etree._Element]:
        """The lines along which a case goes."""
        return {e.get("id", ""): e for e in self.root.iter(BPMN + "sequenceFlow")}

    @cached_property
    def answers(self) -> dict[str, etree._Element]:
        """The lines that leave a decision."""
        return {name: flow for name, flow in self.flows.items() if flow.get("sourceRef") in self.gateways}

    @cached_property
    def texts(self) -> dict[str, dict[str, str]]:
        """What is written at each element and line in each language."""
        return {name: properties(found) for name, found in (self.flows | self.elements).items()}

    @cached_property
    def parents(self) -> dict[str, str]:
        """In which process or sub-process each element stands."""
        return {
            inner.get("id", ""): outer.get("id", "")
            for tag in ("process", "subProcess")
            for outer in self.root.iter(BPMN + tag)
            for inner in outer
            if inner.tag in {BPMN + node for node in NODES}
        }

    @cached_property
    def leaves(self) -> list[str]:
        """Every element but those that hold others."""
        return [name for name in self.parents if self.elements[name].tag != BPMN + "subProcess"]

    @cached_property
    def steps(self) -> list[str]:
        """What is done, by people and by the program: its name stands within its box."""
        return [name for name in self.leaves if self.elements[name].tag in (BPMN + "userTask", BPMN + "serviceTask")]

    def ends(self, line: str) -> tuple[str, str]:
        """Which two elements a line joins."""
        found = self.flows[line] if line in self.flows else self.elements[line]
        return found.get("sourceRef", ""), found.get("targetRef", "")

    def attached(self, one: str, other: str) -> bool:
        """Whether one of the two stands on the edge of the other."""
        return other == self.elements[one].get("attachedToRef") or one == self.elements[other].get("attachedToRef")


def properties(element: etree._Element) -> dict[str, str]:
    """What the panel of properties shows."""
    path = f"{BPMN}extensionElements/{SPIFF}properties/{SPIFF}property"
    return {p.get("name", ""): p.get("value", "") for p in element.findall(path)}
