"""Extensions that the engine reads, and none that it would overlook or that would run a script."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from service.engine.findings import Fault, Rule
from service.engine.model import Sheet
from service.engine.reading import BPMN, SPIFF, line_of, namespace_of, tag_of

_CHILDREN = {
    "extensionElements": ("properties", "serviceTaskOperator"),
    "properties": ("property",),
    "serviceTaskOperator": ("parameters",),
    "parameters": ("parameter",),
    "property": (),
    "parameter": (),
}
_ATTRIBUTES = {
    "properties": (),
    "property": ("name", "value"),
    "serviceTaskOperator": ("id", "resultVariable"),
    "parameters": (),
    "parameter": ("id", "type", "value"),
}
_NEEDED = {"property": ("name", "value"), "serviceTaskOperator": ("id",), "parameter": ("id", "value")}
_SCRIPTS = ("preScript", "postScript")
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


def only_our_extensions(sheet: Sheet) -> Iterator[Fault]:
    """A misspelt or foreign extension would be overlooked without a word."""
    for element in sheet.xml.iter():
        space = namespace_of(element)
        if space == SPIFF:
            yield from _of_ours(element)
        elif space != BPMN:
            yield _fault(element, "extension_foreign", name=_short(element), namespace=space or "—")
        else:
            yield from _foreign_attributes(element)


def _of_ours(element: etree._Element) -> Iterator[Fault]:
    tag, around = tag_of(element), element.getparent()
    if tag in _SCRIPTS:
        yield _fault(element, "script_not_allowed", name=tag)
    elif around is None or tag not in _CHILDREN.get(tag_of(around), ()):
        yield _fault(element, "extension_unknown", name=_short(element))
    elif tag == "serviceTaskOperator" and tag_of(_owner(element)) != "serviceTask":
        yield _fault(element, "operation_elsewhere")
    else:
        unknown = sorted(_local(name) for name in element.attrib if name not in _ATTRIBUTES[tag])
        missing = [name for name in _NEEDED.get(tag, ()) if name not in element.attrib]
        if unknown or missing:
            yield _fault(element, "extension_attributes", name=_short(element), unknown=unknown, missing=missing)


def _foreign_attributes(element: etree._Element) -> Iterator[Fault]:
    for name in element.attrib:
        space = str(name).rpartition("}")[0].removeprefix("{")
        if space and space not in (BPMN, _XSI):
            yield _fault(element, "extension_foreign", name=_local(name), namespace=space)


def properties_once(sheet: Sheet) -> Iterator[Fault]:
    """Of two properties with one name only the last would count."""
    for properties in sheet.xml.iter(f"{{{SPIFF}}}properties", f"{{{SPIFF}}}parameters"):
        key = "name" if tag_of(properties) == "properties" else "id"
        seen: set[str] = set()
        for entry in properties:
            name = entry.get(key, "")
            if name in seen:
                yield _fault(entry, "property_twice", name=name)
            seen.add(name)


def _owner(element: etree._Element) -> etree._Element:
    """The BPMN element on which the extension stands."""
    owner = element
    while namespace_of(owner) != BPMN or tag_of(owner) == "extensionElements":
        around = owner.getparent()
        if around is None:
            return owner
        owner = around
    return owner


def _fault(element: etree._Element, code: str, **data: object) -> Fault:
    return Fault(_owner(element).get("id", ""), code, line_of(element), data)


def _local(name: str | bytes) -> str:
    return str(name).rpartition("}")[2]


def _short(element: etree._Element) -> str:
    prefix = element.prefix
    return f"{prefix}:{tag_of(element)}" if prefix else tag_of(element)


RULES: tuple[Rule, ...] = (only_our_extensions, properties_once)
