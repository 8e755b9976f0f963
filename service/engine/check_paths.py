"""Every path begins at a start, comes to an end, and rests on its way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from service.engine.findings import Fault, Rule, fault
from service.engine.model import Node, Sheet

_MANY_WAYS = ("exclusiveGateway", "parallelGateway", "eventBasedGateway")
_RESTS = ("userTask", "intermediateCatchEvent", "eventBasedGateway", "subProcess")


def flows_connect(sheet: Sheet) -> Iterator[Fault]:
    """A flow leads from an element to an element of the same process or sub-process."""
    for flow in sheet.flows:
        source, target = sheet.node(flow.source), sheet.node(flow.target)
        data = {"source": flow.source or "—", "target": flow.target or "—"}
        if not flow.id:
            yield Fault("", "id_missing", flow.line, {"tag": "sequenceFlow"})
        if source is None or target is None:
            yield Fault(flow.id, "flow_to_nowhere", flow.line, data)
        elif source.within != target.within:
            yield Fault(flow.id, "flow_across", flow.line, data)


def elements_are_connected(sheet: Sheet) -> Iterator[Fault]:
    """What comes before and after an element, and that there is one way on where nobody chooses."""
    for node in sheet.nodes:
        into, out = len(sheet.incoming(node.id)), len(sheet.outgoing(node.id))
        entered = node.tag not in ("startEvent", "boundaryEvent") and not node.triggered
        left = node.tag != "endEvent" and not node.triggered
        if entered and not into:
            yield fault(node, "no_incoming")
        if not entered and into and not node.triggered:
            yield fault(node, "incoming_not_allowed")
        if left and not out:
            yield fault(node, "no_outgoing")
        if node.tag == "endEvent" and out:
            yield fault(node, "outgoing_not_allowed")
        if left and out > 1 and node.tag not in _MANY_WAYS:
            yield fault(node, "more_than_one_outgoing", flows=[flow.id for flow in sheet.outgoing(node.id)])


def every_path_ends(sheet: Sheet) -> Iterator[Fault]:
    """From everywhere an end can be reached; told where the way to it is lost."""
    ahead = _ahead(sheet, edge_ends_it=True)
    ending = _reach({node.id for node in sheet.nodes if node.tag == "endEvent"}, _turned(ahead))
    lost = [node for node in sheet.nodes if node.id not in ending and not node.triggered and _leads_on(sheet, node)]
    behind = _turned(ahead)
    for node in lost:
        before = behind.get(node.id, set())
        if not before or before & ending or node.tag == "startEvent":
            yield fault(node, "never_ends")


def everything_is_reached(sheet: Sheet) -> Iterator[Fault]:
    """Nothing stands apart from every start."""
    starts = {node.id for node in sheet.nodes if node.tag == "startEvent"}
    alone = {node.id for node in sheet.nodes if node.triggered}
    reached = _reach(starts | alone, _ahead(sheet))
    for node in sheet.nodes:
        if node.id not in reached and (sheet.incoming(node.id) or node.tag == "boundaryEvent"):
            yield fault(node, "unreachable")


def loops_rest(sheet: Sheet) -> Iterator[Fault]:
    """A loop without a task, a date or a message in it would turn without end."""
    for circle in _circles(sheet, {node.id for node in sheet.nodes if node.tag not in _RESTS}):
        first = next(node for node in sheet.nodes if node.id in circle)
        yield fault(first, "loop_without_rest", elements=sorted(circle))


def loops_wait_for_somebody(sheet: Sheet) -> Iterator[Fault]:
    """A loop in which only terms are waited for would turn on by itself as soon as they have all passed.

    So would one in which the term of a task leads back to that task.
    """
    driven = {node.id for node in sheet.nodes if node.tag not in _RESTS or node.events == ("timer",)}
    ended: dict[str, set[str]] = {}
    for node in sheet.nodes:
        if node.attached_to and node.events == ("timer",):
            ended.setdefault(node.attached_to, set()).add(node.id)
    for circle in _circles(sheet, driven, ended):
        waits = [node for node in sheet.nodes if node.id in circle and node.events == ("timer",)]
        if waits:
            yield fault(waits[0], "loop_of_terms", elements=sorted(circle))


def _circles(sheet: Sheet, driven: set[str], ended: Mapping[str, set[str]] | None = None) -> Iterator[set[str]]:
    """Each set of these elements that lead to each other, once; `ended` says which terms end which tasks."""
    ended = ended or {}
    within = driven | ended.keys()
    ahead = {source: targets & within for source, targets in _flows(sheet).items() if source in driven}
    ahead |= {task: set(terms) for task, terms in ended.items() if task not in driven}
    told: set[str] = set()
    for node in sheet.nodes:
        if node.id in driven and node.id not in told:
            around = _reach(ahead.get(node.id, set()), ahead)
            if node.id in around:
                circle = {one for one in around if node.id in _reach(ahead.get(one, set()), ahead)}
                told |= circle
                yield circle


def _leads_on(sheet: Sheet, node: Node) -> bool:
    return bool(sheet.outgoing(node.id)) or any(edge.attached_to == node.id for edge in sheet.nodes)


def _flows(sheet: Sheet) -> dict[str, set[str]]:
    ahead: dict[str, set[str]] = {}
    for flow in sheet.flows:
        ahead.setdefault(flow.source, set()).add(flow.target)
    return ahead


def _ahead(sheet: Sheet, edge_ends_it: bool = False) -> dict[str, set[str]]:
    """From each element to what may follow: along flows, and from a task to the events, or to those that end it."""
    ahead = _flows(sheet)
    for node in sheet.nodes:
        if node.attached_to and (node.interrupting or not edge_ends_it):
            ahead.setdefault(node.attached_to, set()).add(node.id)
    return ahead


def _turned(ahead: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    behind: dict[str, set[str]] = {}
    for source, targets in ahead.items():
        for target in targets:
            behind.setdefault(target, set()).add(source)
    return behind


def _reach(begin: Iterable[str], ahead: Mapping[str, set[str]]) -> set[str]:
    found, waiting = set(begin), list(begin)
    while waiting:
        fresh = ahead.get(waiting.pop(), set()) - found
        found |= fresh
        waiting += fresh
    return found


RULES: tuple[Rule, ...] = (
    elements_are_connected,
    every_path_ends,
    everything_is_reached,
    loops_rest,
    loops_wait_for_somebody,
)
