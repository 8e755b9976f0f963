"""Gives SpiffWorkflow the control flow and nothing else, and fits what it makes of it to our rules.

It sees a small document of our own making: no scripts, no extensions, no names, no drawing. So whatever a diagram
holds besides, the library cannot run it. What the elements mean to people stands in the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.parser.task_spec import ServiceTaskParser
from SpiffWorkflow.spiff.specs.defaults import ServiceTask

from service.engine.errors import DiagramRefused
from service.engine.model import Flow, Node, Sheet
from service.engine.reading import BPMN, SPIFF
from service.engine.timers import DueDate

FIRST = "Start"


class Operation(ServiceTask):  # type: ignore[misc]  # SpiffWorkflow has no types
    """A service task that asks for its operation; an error of the operation comes out as it is."""

    def _execute(self, task: Any) -> bool:
        task.workflow.script_engine.call(task)
        return True


class _Parser(SpiffBpmnParser):  # type: ignore[misc]  # SpiffWorkflow has no types
    OVERRIDE_PARSER_CLASSES = {  # noqa: RUF012  # the library's own way of being extended
        **SpiffBpmnParser.OVERRIDE_PARSER_CLASSES,
        f"{{{BPMN}}}serviceTask": (ServiceTaskParser, Operation),
    }


@dataclass(frozen=True, eq=False)
class Woven:
    """The specs of a process and its sub-processes; nothing changes them once they are woven."""

    spec: BpmnProcessSpec
    parts: Mapping[str, BpmnProcessSpec] = field(default_factory=dict)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of all specs, those of the library's own included."""
        return frozenset(name for spec in (self.spec, *self.parts.values()) for name in spec.task_specs)


def weave(sheet: Sheet) -> Woven:
    """What SpiffWorkflow walks for this process. DiagramRefused if it cannot."""
    parser = _Parser()
    try:
        parser.add_bpmn_xml(_document(sheet))
        spec = parser.get_spec(sheet.process)
        parts = parser.get_subprocess_specs(sheet.process)
    except (ValidationException, SpiffWorkflowException) as wrong:
        element = getattr(wrong, "id", "")
        raise DiagramRefused(reason="not_walkable", element=element, detail=str(wrong)) from wrong
    for part in (spec, *parts.values()):
        for task_spec in part.task_specs.values():
            _fit(task_spec)
    _detach_event_sub_processes(sheet, spec)
    return Woven(spec, parts)


def _fit(task_spec: Any) -> None:
    if task_spec.name != FIRST:
        task_spec._predict = _do_not_predict
    definition = getattr(task_spec, "event_definition", None)
    if isinstance(definition, TimerEventDefinition):
        task_spec.event_definition = DueDate(task_spec.name)
    elif isinstance(definition, MultipleEventDefinition):
        definition.event_definitions = [
            DueDate(one.name) if isinstance(one, TimerEventDefinition) else one for one in definition.event_definitions
        ]


def _do_not_predict(*_: Any, **__: Any) -> None:
    """Possible futures are not drawn up beforehand: each task gets its successors when it runs (see walking.py)."""


def _detach_event_sub_processes(sheet: Sheet, spec: BpmnProcessSpec) -> None:
    """Event sub-processes start by our word: the library would start some at once and knows no interrupting ones."""
    for node in sheet.inside(""):
        if node.triggered:
            part = spec.task_specs[node.id]
            part._inputs = [FIRST]
            part._outputs = [spec.end.name]
            spec.start._outputs = [name for name in spec.start._outputs if name != node.id]
    spec.start.trigger_specs = []


def _document(sheet: Sheet) -> etree._Element:
    root = etree.Element(_bpmn("definitions"), nsmap={"bpmn": BPMN, "spiffworkflow": SPIFF})
    for ref, name in sheet.messages.items():
        etree.SubElement(root, _bpmn("message"), id=ref, name=name)
    process = etree.SubElement(root, _bpmn("process"), id=sheet.process, isExecutable="true")
    _fill(process, sheet, "")
    return root


def _bpmn(tag: str) -> str:
    return f"{{{BPMN}}}{tag}"


def _fill(around: etree._Element, sheet: Sheet, within: str) -> None:
    inside = sheet.inside(within)
    for node in inside:
        _add_node(around, sheet, node)
    ids = {node.id for node in inside}
    for flow in sheet.flows:
        if flow.source in ids:
            _add_flow(around, flow)


def _add_node(around: etree._Element, sheet: Sheet, node: Node) -> None:
    element = etree.SubElement(around, _bpmn(node.tag), id=node.id)
    if node.default_flow:
        element.set("default", node.default_flow)
    if node.tag == "boundaryEvent":
        element.set("attachedToRef", node.attached_to)
        element.set("cancelActivity", "true" if node.interrupting else "false")
    if node.tag == "subProcess":
        element.set("triggeredByEvent", "true" if node.triggered else "false")
        _fill(element, sheet, node.id)
    if node.tag == "serviceTask":
        extensions = etree.SubElement(element, _bpmn("extensionElements"))
        etree.SubElement(extensions, f"{{{SPIFF}}}serviceTaskOperator", id=node.operation)
    if node.tag != "startEvent":
        _add_event(element, node)


def _add_event(element: etree._Element, node: Node) -> None:
    if node.events == ("timer",):
        definition = etree.SubElement(element, _bpmn("timerEventDefinition"))
        etree.SubElement(definition, _bpmn("timeDate")).text = node.expression
    elif node.events == ("message",):
        etree.SubElement(element, _bpmn("messageEventDefinition"), messageRef=node.message_ref)
    elif node.events == ("terminate",):
        etree.SubElement(element, _bpmn("terminateEventDefinition"))


def _add_flow(around: etree._Element, flow: Flow) -> None:
    element = etree.SubElement(around, _bpmn("sequenceFlow"), id=flow.id, sourceRef=flow.source, targetRef=flow.target)
    if flow.condition is not None:
        etree.SubElement(element, _bpmn("conditionExpression")).text = flow.condition
