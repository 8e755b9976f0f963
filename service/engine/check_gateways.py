"""Gateways that always know the way on."""

from __future__ import annotations

from collections.abc import Iterator

from service.engine.findings import Fault, Rule, fault
from service.engine.model import Flow, Node, Sheet


def _flow_fault(flow: Flow, code: str, **data: object) -> Fault:
    return Fault(flow.id, code, flow.line, {"source": flow.source, "target": flow.target, **data})


def _gateways(sheet: Sheet, tag: str) -> Iterator[tuple[Node, tuple[Flow, ...]]]:
    for node in sheet.nodes:
        if node.tag == tag:
            yield node, sheet.outgoing(node.id)


def exclusive_gateways_have_a_default(sheet: Sheet) -> Iterator[Fault]:
    """Where no condition holds a case must still go on."""
    for node, flows in _gateways(sheet, "exclusiveGateway"):
        ids = [flow.id for flow in flows]
        if node.default_flow and node.default_flow not in ids:
            yield fault(node, "default_elsewhere", flow=node.default_flow, flows=ids)
        elif not node.default_flow and (len(flows) > 1 or any(flow.condition is not None for flow in flows)):
            yield fault(node, "no_default", flows=ids)


def every_other_flow_has_a_condition(sheet: Sheet) -> Iterator[Fault]:
    """Each flow but the default says when it is taken."""
    for node, flows in _gateways(sheet, "exclusiveGateway"):
        for flow in flows:
            if flow.id == node.default_flow and flow.condition is not None:
                yield _flow_fault(flow, "condition_on_default", gateway=node.id)
            elif len(flows) > 1 and flow.id != node.default_flow and not flow.condition:
                yield _flow_fault(flow, "no_condition", gateway=node.id)


def conditions_only_after_exclusive_gateways(sheet: Sheet) -> Iterator[Fault]:
    """Elsewhere the engine would not look at a condition."""
    for flow in sheet.flows:
        source = sheet.node(flow.source)
        if flow.condition is not None and source is not None and source.tag != "exclusiveGateway":
            yield _flow_fault(flow, "condition_ignored")


def one_parallel_pair(sheet: Sheet) -> Iterator[Fault]:
    """Parallel pairs in a row make a case grow without measure: one split and its join in each process."""
    for within in dict.fromkeys(node.within for node in sheet.nodes):
        here = [node for node in sheet.inside(within) if node.tag == "parallelGateway"]
        splits = [node for node in here if len(sheet.outgoing(node.id)) > 1]
        joins = [node for node in here if len(sheet.incoming(node.id)) > 1]
        for node in (*splits[1:], *(join for join in joins[1:] if join not in splits)):
            yield fault(node, "parallel_pairs", first=here[0].id)
        for node in splits[:1]:
            if not joins:
                yield fault(node, "parallel_not_joined")
        for node in joins[:1]:
            if not splits:
                yield fault(node, "parallel_not_split")
            elif node in splits:
                yield fault(node, "parallel_both")


def event_gateways_wait_for_events(sheet: Sheet) -> Iterator[Fault]:
    """One term at most, and messages, each with its own name, and each reached from here alone."""
    for node, flows in _gateways(sheet, "eventBasedGateway"):
        targets = [target for flow in flows if (target := sheet.node(flow.target)) is not None]
        timers = [target.id for target in targets if target.events == ("timer",)]
        names = [sheet.message_of(target) for target in targets if target.events == ("message",)]
        if len(timers) > 1:
            yield fault(node, "two_timers", timers=timers)
        if len(set(names)) < len(names):
            yield fault(node, "same_message_twice", messages=sorted({name for name in names if names.count(name) > 1}))
        if len(targets) < 2:
            yield fault(node, "event_gateway_alone")
        for target in targets:
            if target.tag != "intermediateCatchEvent" or len(sheet.incoming(target.id)) != 1:
                yield fault(target, "event_gateway_target", gateway=node.id)


WALKABLE: tuple[Rule, ...] = (
    exclusive_gateways_have_a_default,
    every_other_flow_has_a_condition,
    event_gateways_wait_for_events,
)
WELL_DRAWN: tuple[Rule, ...] = (conditions_only_after_exclusive_gateways, one_parallel_pair)
