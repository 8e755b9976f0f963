"""Draws small diagrams for the tests: BPMN text with lanes, properties and shapes, as an analyst would save it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import quoteattr

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
 xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" id="definitions" targetNamespace="test">
"""


@dataclass
class Node:
    """One node as text: its tag, attributes, what stands inside, and where it stands."""

    id: str
    tag: str
    attributes: dict[str, str]
    properties: dict[str, str]
    content: str = ""
    lane: str = "unit"
    within: str = ""
    extension: str = ""


@dataclass
class Drawing:
    """A diagram under construction; every call adds something, `xml()` gives the file."""

    process: str = "test"
    nodes: list[Node] = field(default_factory=list)
    flows: list[dict[str, str]] = field(default_factory=list)
    messages: dict[str, str] = field(default_factory=dict)
    within: str = ""

    def add(
        self, node_id: str, tag: str, content: str = "", lane: str = "unit", extension: str = "", **attributes: str
    ) -> Node:
        names = {language: f"{node_id} {language}" for language in ("kk", "ru", "en")}
        node = Node(node_id, tag, attributes, {**names, "law": "6"}, content, lane, self.within, extension)
        self.nodes.append(node)
        return node

    def start(self, node_id: str = "start_filed") -> Node:
        return self.add(node_id, "startEvent")

    def end(self, node_id: str = "end_done") -> Node:
        return self.add(node_id, "endEvent")

    def terminate(self, node_id: str) -> Node:
        return self.add(node_id, "endEvent", "<bpmn:terminateEventDefinition/>")

    def user(self, node_id: str, lane: str = "unit", form: str = "any") -> Node:
        node = self.add(node_id, "userTask", lane=lane)
        node.properties["form"] = form
        return node

    def operation(self, node_id: str, operation: str, **parameters: str) -> Node:
        lines = "".join(f"<spiffworkflow:parameter id={q(k)} value={q(v)}/>" for k, v in parameters.items())
        inside = f"<spiffworkflow:parameters>{lines}</spiffworkflow:parameters>" if parameters else ""
        operator = f"<spiffworkflow:serviceTaskOperator id={q(operation)}>{inside}</spiffworkflow:serviceTaskOperator>"
        return self.add(node_id, "serviceTask", extension=operator)

    def exclusive(self, node_id: str, default: str = "") -> Node:
        return self.add(node_id, "exclusiveGateway", **({"default": default} if default else {}))

    def parallel(self, node_id: str) -> Node:
        return self.add(node_id, "parallelGateway")

    def first_event(self, node_id: str) -> Node:
        return self.add(node_id, "eventBasedGateway")

    def timer(self, node_id: str, expression: str) -> Node:
        return self.add(node_id, "intermediateCatchEvent", timer(expression))

    def message(self, node_id: str, name: str) -> Node:
        return self.add(node_id, "intermediateCatchEvent", self.about(name))

    def timer_on(self, task: str, node_id: str, expression: str, interrupting: bool = True) -> Node:
        return self._edge(task, node_id, timer(expression), interrupting)

    def message_on(self, task: str, node_id: str, name: str, interrupting: bool = True) -> Node:
        return self._edge(task, node_id, self.about(name), interrupting)

    def _edge(self, task: str, node_id: str, content: str, interrupting: bool) -> Node:
        edge = {"attachedToRef": task, "cancelActivity": "true" if interrupting else "false"}
        return self.add(node_id, "boundaryEvent", content, **edge)

    def start_by(self, node_id: str, content: str, interrupting: bool = True) -> Node:
        return self.add(node_id, "startEvent", content, isInterrupting="true" if interrupting else "false")

    @contextmanager
    def event_sub(self, node_id: str) -> Iterator[None]:
        self.add(node_id, "subProcess", triggeredByEvent="true")
        with self._inside(node_id):
            yield

    @contextmanager
    def sub(self, node_id: str) -> Iterator[None]:
        self.add(node_id, "subProcess")
        with self._inside(node_id):
            yield

    @contextmanager
    def _inside(self, node_id: str) -> Iterator[None]:
        outer, self.within = self.within, node_id
        yield
        self.within = outer

    def about(self, name: str) -> str:
        self.messages[f"message_ref_{name}"] = name
        return f'<bpmn:messageEventDefinition messageRef="message_ref_{name}"/>'

    def flow(self, *ids: str) -> None:
        for source, target in pairwise(ids):
            self.flows.append({"id": f"flow_{source}_{target}", "sourceRef": source, "targetRef": target})

    def flow_if(self, condition: str, source: str, target: str) -> None:
        self.flow(source, target)
        self.flows[-1]["condition"] = condition

    def node(self, node_id: str) -> Node:
        return next(node for node in self.nodes if node.id == node_id)

    def files(self) -> dict[str, bytes]:
        return {f"{self.process}.bpmn": self.xml(), "forms/any.form": b'{"type": "default", "components": []}'}

    def xml(self) -> bytes:
        messages = "".join(f"<bpmn:message id={q(ref)} name={q(name)}/>\n" for ref, name in self.messages.items())
        body = "".join(self._node(node) for node in self.nodes if not node.within)
        return "".join(
            [
                HEAD,
                messages,
                f'<bpmn:collaboration id="pools"><bpmn:participant id="pool" processRef="{self.process}"/>'
                '<bpmn:participant id="pool_applicant" name="Өтініш беруші">'
                f"{extensions({'kk': 'Өтініш беруші', 'ru': 'Заявитель', 'en': 'Applicant'})}"
                "</bpmn:participant></bpmn:collaboration>\n",
                f'<bpmn:process id="{self.process}" isExecutable="true">\n',
                extensions({"kk": "Рәсім", "ru": "Процедура", "en": "Procedure", "law": "1"}),
                self._lanes(),
                body,
                self._flows(""),
                "</bpmn:process>\n",
                self._shapes(),
                "</bpmn:definitions>\n",
            ]
        ).encode()

    def _node(self, node: Node) -> str:
        attributes = "".join(f" {name}={q(value)}" for name, value in node.attributes.items())
        inside = "".join(self._node(inner) for inner in self.nodes if inner.within == node.id)
        return (
            f"<bpmn:{node.tag} id={q(node.id)}{attributes}>\n{extensions(node.properties, node.extension)}"
            f"{node.content}{inside}{self._flows(node.id) if inside else ''}</bpmn:{node.tag}>\n"
        )

    def _flows(self, within: str) -> str:
        ids = {node.id for node in self.nodes if node.within == within}
        return "".join(flow_text(flow) for flow in self.flows if flow["sourceRef"] in ids)

    def _lanes(self) -> str:
        roles = dict.fromkeys(node.lane for node in self.nodes if node.lane)
        lanes = "".join(self._lane(role) for role in roles)
        return f'<bpmn:laneSet id="lanes">{lanes}</bpmn:laneSet>\n'

    def _lane(self, role: str) -> str:
        members = "".join(
            f"<bpmn:flowNodeRef>{node.id}</bpmn:flowNodeRef>"
            for node in self.nodes
            if node.lane == role and not node.within
        )
        names = {"role": role, "kk": f"{role} kk", "ru": f"{role} ru", "en": f"{role} en"}
        return f'<bpmn:lane id="lane_{role}" name={q(names["kk"])}>\n{extensions(names)}{members}</bpmn:lane>\n'

    def _shapes(self) -> str:
        drawn = [*(node.id for node in self.nodes), "pool", "pool_applicant"]
        drawn += [f"lane_{role}" for role in dict.fromkeys(node.lane for node in self.nodes if node.lane)]
        shapes = "".join(
            f'<bpmndi:BPMNShape id="shape_{one}" bpmnElement="{one}"><dc:Bounds x="{100 * place}" y="80" width="36" '
            f'height="36"/></bpmndi:BPMNShape>\n'
            for place, one in enumerate(drawn)
        )
        edges = "".join(
            f'<bpmndi:BPMNEdge id="edge_{flow["id"]}" bpmnElement="{flow["id"]}"><di:waypoint x="1" y="2"/>'
            f'<di:waypoint x="3" y="4"/></bpmndi:BPMNEdge>\n'
            for flow in self.flows
        )
        plane = f'<bpmndi:BPMNPlane id="plane" bpmnElement="pools">\n{shapes}{edges}</bpmndi:BPMNPlane>'
        return f'<bpmndi:BPMNDiagram id="diagram">{plane}</bpmndi:BPMNDiagram>\n'


def q(text: str) -> str:
    return quoteattr(text)


def timer(expression: str) -> str:
    inner = expression.replace("&", "&amp;").replace("<", "&lt;")
    return f"<bpmn:timerEventDefinition><bpmn:timeDate>{inner}</bpmn:timeDate></bpmn:timerEventDefinition>"


def extensions(properties: dict[str, str], more: str = "") -> str:
    lines = "".join(f"<spiffworkflow:property name={q(k)} value={q(v)}/>" for k, v in properties.items())
    inner = f"<spiffworkflow:properties>{lines}</spiffworkflow:properties>"
    return f"<bpmn:extensionElements>{inner}{more}</bpmn:extensionElements>\n"


def flow_text(flow: dict[str, str]) -> str:
    condition = flow.get("condition", "").replace("&", "&amp;").replace("<", "&lt;")
    inside = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if "condition" in flow else ""
    ends = f"sourceRef={q(flow['sourceRef'])} targetRef={q(flow['targetRef'])}"
    return f"<bpmn:sequenceFlow id={q(flow['id'])} {ends}>{inside}</bpmn:sequenceFlow>\n"
