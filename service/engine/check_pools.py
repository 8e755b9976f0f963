"""What stands outside the process: pools, messages between them, and the messages that the file declares."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from service.domain.languages import LANGUAGES
from service.engine.findings import Fault
from service.engine.model import Sheet
from service.engine.reading import is_bpmn, line_of
from service.engine.sheets import properties_of

LABELLED = ("participant", "messageFlow", "sequenceFlow", "message")


def file_faults(root: etree._Element, sheets: list[Sheet]) -> Iterator[Fault]:
    """Everything the rules below find in this file."""
    yield from labels_have_three_languages(root)
    yield from pools_are_drawn(root, sheets)
    yield from messages_are_waited_for(root, sheets)


def labels_have_three_languages(root: etree._Element) -> Iterator[Fault]:
    """A pool, a flow or a message between pools that has a label has it in three languages; so has a named message."""
    for element in root.iter():
        properties = properties_of(element) if is_bpmn(element, *LABELLED) else {}
        # A declared message has a name for the program; what people read of it stands in its properties.
        has_label = bool(properties) if is_bpmn(element, "message") else bool(element.get("name"))
        if has_label and is_bpmn(element, *LABELLED):
            missing = [language for language in LANGUAGES if not properties.get(language)]
            if missing:
                yield Fault(element.get("id", ""), "language_missing", line_of(element), {"languages": missing})


def pools_are_drawn(root: etree._Element, sheets: list[Sheet]) -> Iterator[Fault]:
    """A pool or message that is in the file can be seen."""
    for element in root.iter():
        if is_bpmn(element, "participant", "messageFlow"):
            name = element.get("id", "")
            if not any(name in sheet.shapes for sheet in sheets):
                yield Fault(name, "not_drawn", line_of(element))


def messages_are_waited_for(root: etree._Element, sheets: list[Sheet]) -> Iterator[Fault]:
    """A message that no event waits for could be sent and would be heard by nobody."""
    heard = {node.message_ref for sheet in sheets for node in sheet.nodes}
    for element in root.iter():
        if is_bpmn(element, "message") and element.get("id", "") not in heard:
            yield Fault(
                element.get("id", ""), "message_unused", line_of(element), {"message": element.get("name", "—")}
            )
