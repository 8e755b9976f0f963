"""What people read: names in three languages, the point of the rules, ids in one style, and a drawing of it all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from service.domain.languages import LANGUAGES
from service.domain.law_points import carries
from service.engine.check_elements import RESERVED
from service.engine.findings import Fault, Rule, fault
from service.engine.model import LONGEST_TEXT, Node, Sheet, law_of
from service.engine.reading import is_bpmn, line_of

PREFIXES: Mapping[str, tuple[str, ...]] = {
    "user_task": ("task_",),
    "service_task": ("operation_",),
    "exclusive_gateway": ("gateway_",),
    "parallel_gateway": ("gateway_",),
    "event_based_gateway": ("gateway_",),
    "timer": ("deadline_", "timer_", "reminder_", "start_"),
    "message": ("message_", "start_"),
    "start_event": ("start_",),
    "end_event": ("end_",),
    "sub_process": ("stage_",),
    "event_sub_process": ("event_", "stage_"),
}
_STYLE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_GATEWAYS = ("exclusiveGateway", "parallelGateway", "eventBasedGateway")


def names_in_three_languages(sheet: Sheet) -> Iterator[Fault]:
    """Kazakh, Russian and English on the process, its lanes and everything in it."""
    yield from _missing_names(sheet.process, sheet.line, sheet.properties)
    for lane in sheet.lanes:
        yield from _missing_names(lane.id, lane.line, lane.properties)
    for node in sheet.nodes:
        if not _only_joins(sheet, node):
            yield from _missing_names(node.id, node.line, node.properties)


def _missing_names(element: str, line: int, properties: Mapping[str, str]) -> Iterator[Fault]:
    missing = [language for language in LANGUAGES if not properties.get(language, "").strip()]
    if missing:
        yield Fault(element, "language_missing", line, {"languages": missing})


def names_agree(sheet: Sheet) -> Iterator[Fault]:
    """The name that is drawn is the Kazakh one: what the reader of the drawing sees is what the pages say."""
    drawn = [(lane.id, lane.line, lane.name, lane.properties) for lane in sheet.lanes]
    drawn += [(node.id, node.line, node.xml.get("name", ""), node.properties) for node in sheet.nodes]
    for element, line, name, properties in drawn:
        shown, told = " ".join(name.split()), " ".join(properties.get("kk", "").split())
        if shown and told and shown != told:
            yield Fault(element, "name_differs", line, {"drawn": shown[:200], "told": told[:200]})


def texts_are_short(sheet: Sheet) -> Iterator[Fault]:
    """Names and properties are words on a drawing: a longer text belongs into a form."""
    yield from _long_texts(sheet.process, sheet.line, sheet.properties)
    for lane in sheet.lanes:
        yield from _long_texts(lane.id, lane.line, lane.properties)
    for node in sheet.nodes:
        yield from _long_texts(node.id, node.line, {"name": node.xml.get("name", ""), **node.properties})


def _long_texts(element: str, line: int, texts: Mapping[str, str]) -> Iterator[Fault]:
    for name, text in texts.items():
        if len(text) > LONGEST_TEXT:
            yield Fault(element, "text_too_long", line, {"name": name[:80], "length": len(text), "most": LONGEST_TEXT})


def every_element_has_its_law(sheet: Sheet) -> Iterator[Fault]:
    """The point of the rules stands on every element, so that each step can be explained."""
    if not law_of(sheet.properties):
        yield Fault(sheet.process, "law_missing", sheet.line)
    for node in sheet.nodes:
        if not law_of(node.properties) and not _only_joins(sheet, node):
            yield fault(node, "law_missing")


def points_are_rows(rows: Collection[str]) -> Rule:
    """A point on the drawing is a row of the requirements, or one that rows belong to; of no rows nothing is asked."""

    def rule(sheet: Sheet) -> Iterator[Fault]:
        cited = [(sheet.process, sheet.line, sheet.properties)]
        cited += [(node.id, node.line, node.properties) for node in sheet.nodes]
        for element, line, properties in cited if rows else ():
            for point in law_of(properties):
                if not any(carries(point, row) for row in rows):
                    near = get_close_matches(point if point[:1].isalpha() else f"R{point}", rows, 3)
                    yield Fault(element, "law_unknown", line, {"point": point[:80], "near": near})

    return rule


def _only_joins(sheet: Sheet, node: Node) -> bool:
    """A gateway where paths only come together has nothing to say."""
    return node.tag in _GATEWAYS and len(sheet.outgoing(node.id)) < 2


def ids_in_one_style(sheet: Sheet) -> Iterator[Fault]:
    """An id says what it stands for: it is in journals and links, and never changes once deployed."""
    for node in sheet.nodes:
        prefixes = PREFIXES.get(node.kind, ())
        plain = _STYLE.fullmatch(node.id) is not None
        if node.id and (not plain or (prefixes and not node.id.startswith(prefixes))):
            yield fault(node, "id_style", id=node.id, prefixes=prefixes or ("—",))
    for flow in sheet.flows:
        if flow.id and not (flow.id.startswith("flow_") and _STYLE.fullmatch(flow.id)):
            yield Fault(flow.id, "id_style", flow.line, {"id": flow.id, "prefixes": ("flow_",)})


def lanes_and_messages_leave_the_engine_its_ids(sheet: Sheet) -> Iterator[Fault]:
    """What the engine adds to every drawing is called Start and End: nothing else may be."""
    for lane in sheet.lanes:
        if lane.id in RESERVED:
            yield Fault(lane.id, "id_reserved", lane.line, {"id": lane.id})
    for element in sheet.xml.getroottree().getroot().iter():
        if is_bpmn(element, "message", "messageFlow", "participant") and element.get("id") in RESERVED:
            yield Fault(element.get("id", ""), "id_reserved", line_of(element), {"id": element.get("id")})


def everything_is_drawn(sheet: Sheet) -> Iterator[Fault]:
    """What has no shape is walked but not seen."""
    for element in sheet.xml.iter():
        if is_bpmn(element, "lane", "sequenceFlow") and element.get("id", "") not in sheet.shapes:
            yield Fault(element.get("id", ""), "not_drawn", line_of(element))
    for node in sheet.nodes:
        if node.id not in sheet.shapes:
            yield fault(node, "not_drawn")


RULES: tuple[Rule, ...] = (
    names_in_three_languages,
    names_agree,
    texts_are_short,
    every_element_has_its_law,
    ids_in_one_style,
    lanes_and_messages_leave_the_engine_its_ids,
    everything_is_drawn,
)
