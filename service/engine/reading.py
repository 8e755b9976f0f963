"""Reads the XML of a diagram with a parser that resolves nothing, fetches nothing and stops at a bound."""

from __future__ import annotations

from typing import Any

from lxml import etree

from service.engine.errors import XmlRefused

LARGEST = 2_000_000
DEEPEST = 60
MOST = 10_000
"""Elements of one file, drawing included: five times as many as the largest procedure has."""

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"


def read_xml(content: bytes) -> etree._Element:
    """The root of the document. XmlRefused with a reason and a line otherwise, whatever the bytes are."""
    if len(content) > LARGEST:
        raise XmlRefused(reason="too_large", line=0, detail=f"{len(content)} > {LARGEST}")
    _require_plain_text(content)
    try:
        root = etree.fromstring(content, _parser())
    except etree.XMLSyntaxError as wrong:
        raise XmlRefused(reason="malformed", line=(wrong.position or (0, 0))[0], detail=str(wrong.msg)) from None
    except (ValueError, LookupError, AssertionError) as wrong:
        raise XmlRefused(reason="malformed", line=0, detail=str(wrong)) from None
    about: Any = root.getroottree().docinfo
    if about.doctype:
        raise XmlRefused(reason="document_type", line=1, detail="")
    _require_bounded(root)
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _require_plain_text(content: bytes) -> None:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise XmlRefused(reason="not_utf8", line=line, detail="") from None
    for mark in (b"<!DOCTYPE", b"<!ENTITY"):
        if mark in content:
            line = content.count(b"\n", 0, content.index(mark)) + 1
            raise XmlRefused(reason="document_type", line=line, detail="")


def _require_bounded(root: etree._Element) -> None:
    depth = count = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if count > MOST:
            raise XmlRefused(reason="too_many", line=line_of(element), detail=f"> {MOST}")
        if depth > DEEPEST:
            raise XmlRefused(reason="too_deep", line=line_of(element), detail=f"> {DEEPEST}")


def tag_of(element: etree._Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace_of(element: etree._Element) -> str:
    """The element's namespace, empty if it has none."""
    return str(element.tag).rpartition("}")[0].removeprefix("{")


def is_bpmn(element: etree._Element, *tags: str) -> bool:
    """Whether this is a BPMN element, with one of these names if any are given."""
    return namespace_of(element) == BPMN and (not tags or tag_of(element) in tags)


def children(element: etree._Element, *tags: str) -> list[etree._Element]:
    """The BPMN children with one of these names, in the order of the file."""
    return [child for child in element if is_bpmn(child, *tags)]


def line_of(element: etree._Element) -> int:
    """The line of the file on which the element begins, 0 if unknown."""
    line: Any = element.sourceline
    return int(line or 0)
