"""Only elements and events that the engine walks, each drawn so that it can be walked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.engine.findings import Fault, Rule, fault
from service.engine.model import Node, Sheet
from service.engine.reading import is_bpmn, tag_of

WALKED = (
    "startEvent",
    "endEvent",
    "userTask",
    "serviceTask",
    "exclusiveGateway",
    "parallelGateway",
    "eventBasedGateway",
    "boundaryEvent",
    "intermediateCatchEvent",
    "subProcess",
)
RESERVED = ("Start", "End")
WAITING = ("userTask", "subProcess")
_REPEATS = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
_DATA = ("dataInputAssociation", "dataOutputAssociation", "ioSpecification")
_CATCHES = (("timer",), ("message",))
_MESSAGE_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LIBRARY_NAME = re.compile(r".*\.(EndJoin|BoundaryEventSplit|BoundaryEventJoin)")


def process_can_run(sheet: Sheet) -> Iterator[Fault]:
    """A process is drawn to be walked."""
    if not sheet.executable:
        yield Fault(sheet.process, "not_executable", sheet.line)


def only_walked_elements(sheet: Sheet) -> Iterator[Fault]:
    """An element that the engine does not walk would be taken silently or stop the case."""
    for node in sheet.nodes:
        if node.tag not in WALKED:
            yield fault(node, "element_not_allowed", tag=node.tag)


def no_repetition(sheet: Sheet) -> Iterator[Fault]:
    """A task that repeats itself is not walked; sending back is drawn as a flow."""
    for node in sheet.nodes:
        for child in node.xml:
            if is_bpmn(child, *_REPEATS):
                yield fault(node, "repetition_not_allowed")
            if is_bpmn(child, *_DATA):
                yield fault(node, "data_not_allowed", tag=tag_of(child))


def only_walked_events(sheet: Sheet) -> Iterator[Fault]:
    """Events wait for a date or a message; an end may also terminate."""
    for node in sheet.nodes:
        allowed = _allowed_events(sheet, node)
        if allowed is None or node.events in allowed:
            continue
        if node.events:
            shown = [" + ".join(one) or "—" for one in allowed]
            yield fault(node, "event_not_allowed", events=node.events, allowed=shown)
        else:
            yield fault(node, "event_without_definition")


def _allowed_events(sheet: Sheet, node: Node) -> tuple[tuple[str, ...], ...] | None:
    around = sheet.node(node.within) if node.within else None
    if node.tag == "startEvent":
        if around is not None and around.triggered:
            return _CATCHES
        return ((),) if around is not None else ((), ("message",))
    if node.tag == "endEvent":
        return ((), ("terminate",))
    return _CATCHES if node.tag in ("boundaryEvent", "intermediateCatchEvent") else None


def timers_are_dates(sheet: Sheet) -> Iterator[Fault]:
    """Terms of the law are dates counted in working days; cycles and durations are not."""
    for node in sheet.nodes:
        if node.events != ("timer",):
            continue
        kinds = {tag_of(child) for child in node.xml.iter() if tag_of(child).startswith("time")}
        kinds -= {"timerEventDefinition"}
        if kinds and kinds != {"timeDate"}:
            yield fault(node, "timer_not_a_date", tag=sorted(kinds - {"timeDate"}))
        elif not node.expression:
            yield fault(node, "timer_without_date")


def kept_terms_are_of_tasks(sheet: Sheet) -> Iterator[Fault]:
    """Only a term beside a task can be kept while the task is open; elsewhere nobody would read when."""
    for node in sheet.nodes:
        is_beside = node.tag == "boundaryEvent" and node.events == ("timer",) and not node.interrupting
        if "kept_when" in node.properties and not is_beside:
            yield fault(node, "kept_when_elsewhere")


def messages_are_declared(sheet: Sheet) -> Iterator[Fault]:
    """A message event names a message of the diagram; its name is the word by which programs send it."""
    for node in sheet.nodes:
        if node.events != ("message",):
            continue
        name = sheet.message_of(node)
        if node.message_ref not in sheet.messages:
            yield fault(node, "message_unknown", message=node.message_ref or "—")
        elif not _MESSAGE_NAME.fullmatch(name):
            yield fault(node, "message_name", message=name or "—")


def ids_can_be_used(sheet: Sheet) -> Iterator[Fault]:
    """Every element has an id, and none that the engine keeps for itself."""
    for node in sheet.nodes:
        if not node.id:
            yield fault(node, "id_missing", tag=node.tag)
        elif node.id in RESERVED or _LIBRARY_NAME.fullmatch(node.id) or node.id == sheet.process:
            yield fault(node, "id_reserved", id=node.id)
    if not sheet.process or sheet.process in RESERVED:
        yield Fault(sheet.process, "id_missing" if not sheet.process else "id_reserved", sheet.line, _PROCESS)


_PROCESS = {"tag": "process", "id": "Start, End"}


def one_start_in_each_scope(sheet: Sheet) -> Iterator[Fault]:
    """A process and each sub-process begin in one place and end somewhere."""
    scopes = [("", sheet.process, sheet.line), *((n.id, n.id, n.line) for n in sheet.nodes if n.tag == "subProcess")]
    for within, name, line in scopes:
        inside = sheet.inside(within)
        starts = [node for node in inside if node.tag == "startEvent"]
        if not starts:
            yield Fault(name, "start_missing", line)
        for extra in starts[1:]:
            yield fault(extra, "start_twice", scope=name, first=starts[0].id)
        if not any(node.tag == "endEvent" for node in inside):
            yield Fault(name, "end_missing", line)


def event_sub_processes_stand_alone(sheet: Sheet) -> Iterator[Fault]:
    """An event sub-process belongs to the process itself and has no flows: its start says when it begins."""
    for node in sheet.nodes:
        if node.triggered and node.within:
            yield fault(node, "event_sub_process_nested", scope=node.within)
        if node.triggered and (sheet.incoming(node.id) or sheet.outgoing(node.id)):
            yield fault(node, "event_sub_process_with_flow")


def edges_stand_on_what_waits(sheet: Sheet) -> Iterator[Fault]:
    """An event on an edge needs something under it that waits long enough for it to happen."""
    for node in sheet.nodes:
        if node.tag != "boundaryEvent":
            continue
        below = sheet.node(node.attached_to)
        if below is None or below.within != node.within:
            yield fault(node, "edge_of_nothing", attached=node.attached_to or "—")
        elif below.tag not in WAITING or below.triggered:
            yield fault(node, "edge_of_what_does_not_wait", attached=node.attached_to)


RULES: tuple[Rule, ...] = (
    process_can_run,
    only_walked_elements,
    no_repetition,
    only_walked_events,
    timers_are_dates,
    kept_terms_are_of_tasks,
    messages_are_declared,
    ids_can_be_used,
    one_start_in_each_scope,
    event_sub_processes_stand_alone,
    edges_stand_on_what_waits,
)
