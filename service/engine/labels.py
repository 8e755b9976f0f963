"""The labels of a drawing in another language: every name stands in the properties beside it (U10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from service.engine.reading import SPIFF, is_bpmn, read_xml

Names = Mapping[str, str]


def in_language(drawing: bytes, language: str) -> bytes:
    """The same drawing with its labels in this language; a name without a translation stays as it is drawn."""
    root = read_xml(drawing)
    for element in _named(root):
        name = names_beside(element).get(language)
        if name:
            element.set("name", name)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def names_of_flows(drawing: bytes) -> Mapping[tuple[str, str], Names]:
    """What stands on the sequence flows, by the ids of their two ends: the answers to a gateway's question."""
    return {
        (flow.get("sourceRef", ""), flow.get("targetRef", "")): names_beside(flow)
        for flow in _named(read_xml(drawing))
        if is_bpmn(flow, "sequenceFlow")
    }


def names_beside(element: etree._Element) -> Names:
    """The names in the element's own properties, by language."""
    found = element.iterfind(f"./{{*}}extensionElements/{{{SPIFF}}}properties/{{{SPIFF}}}property")
    return {entry.get("name", ""): entry.get("value", "") for entry in found}


def _named(root: etree._Element) -> Iterator[etree._Element]:
    return (element for element in root.iter("{*}*") if is_bpmn(element) and element.get("name"))
