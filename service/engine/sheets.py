"""Reads the processes of a .bpmn file into sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from service.engine.model import ARTIFACTS, Flow, Lane, Node, Sheet
from service.engine.reading import BPMNDI, SPIFF, children, is_bpmn, line_of, namespace_of, read_xml, tag_of

_NOT_NODES = ("laneSet", "sequenceFlow", "extensionElements", "documentation", *ARTIFACTS)


def read_sheets(file: str, content: bytes) -> list[Sheet]:
    """Every process of a .bpmn file. XmlRefused if it cannot be read as XML."""
    return sheets_of(file, read_xml(content))


def sheets_of(file: str, root: etree._Element) -> list[Sheet]:
    """Every process under this root."""
    messages = {m.get("id", ""): m.get("name", "") for m in root.iter() if is_bpmn(m, "message")}
    shapes = frozenset(
        shape.get("bpmnElement", "") for shape in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")
    )
    return [_sheet(file, process, messages, shapes) for process in root.iter() if is_bpmn(process, "process")]


def _sheet(file: str, process: etree._Element, messages: Mapping[str, str], shapes: frozenset[str]) -> Sheet:
    return Sheet(
        file=file,
        process=process.get("id", ""),
        line=line_of(process),
        xml=process,
        properties=properties_of(process),
        nodes=tuple(_nodes(process, "")),
        flows=tuple(_flow(element) for element in process.iter() if is_bpmn(element, "sequenceFlow")),
        lanes=tuple(_lane(element) for element in process.iter() if is_bpmn(element, "lane")),
        messages=messages,
        shapes=shapes,
    )


def _nodes(around: etree._Element, within: str) -> Iterator[Node]:
    for element in around:
        if not is_bpmn(element) or tag_of(element) in _NOT_NODES:
            continue
        yield _node(element, within)
        if tag_of(element) in ("subProcess", "transaction", "adHocSubProcess"):
            yield from _nodes(element, element.get("id", ""))


def _node(element: etree._Element, within: str) -> Node:
    definitions = [child for child in element if is_bpmn(child) and tag_of(child).endswith("EventDefinition")]
    dates = [date for definition in definitions for date in children(definition, "timeDate")]
    refs = [definition.get("messageRef", "") for definition in definitions if tag_of(definition) == _MESSAGE]
    operators = list(spiff_children(element, "serviceTaskOperator"))
    return Node(
        id=element.get("id", ""),
        tag=tag_of(element),
        line=line_of(element),
        within=within,
        xml=element,
        properties=properties_of(element),
        events=tuple(tag_of(definition).removesuffix("EventDefinition") for definition in definitions),
        expression=text_of(dates[0]) if dates else "",
        message_ref=refs[0] if refs else "",
        operation=operators[0].get("id", "") if operators else "",
        parameters=_parameters(operators[0]) if operators else {},
    )


_MESSAGE = "messageEventDefinition"


def _parameters(operator: etree._Element) -> dict[str, str]:
    found = operator.iter(f"{{{SPIFF}}}parameter")
    return {parameter.get("id", ""): parameter.get("value", "") for parameter in found}


def _flow(element: etree._Element) -> Flow:
    conditions = children(element, "conditionExpression")
    return Flow(
        id=element.get("id", ""),
        source=element.get("sourceRef", ""),
        target=element.get("targetRef", ""),
        condition=text_of(conditions[0]) if conditions else None,
        line=line_of(element),
    )


def _lane(element: etree._Element) -> Lane:
    return Lane(
        id=element.get("id", ""),
        line=line_of(element),
        properties=properties_of(element),
        members=tuple(text_of(reference) for reference in children(element, "flowNodeRef")),
        name=element.get("name", ""),
    )


def text_of(element: etree._Element) -> str:
    """The text of the element without the white space around it."""
    return (element.text or "").strip()


def spiff_children(element: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """The extension elements of SpiffWorkflow's namespace that stand directly on this element."""
    for extensions in children(element, "extensionElements"):
        for child in extensions:
            if namespace_of(child) == SPIFF and (not tags or tag_of(child) in tags):
                yield child


def properties_of(element: etree._Element) -> dict[str, str]:
    """The element's properties by name, as the modeller's panel writes them."""
    return {
        entry.get("name", ""): entry.get("value", "").strip()
        for properties in spiff_children(element, "properties")
        for entry in properties
        if tag_of(entry) == "property"
    }
