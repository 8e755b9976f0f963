"""Service tasks that ask for an operation which exists, with the parameters it takes."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from service.domain.operations import OperationCatalogue
from service.engine.findings import Fault, Rule, fault
from service.engine.model import Node, Sheet
from service.engine.sheets import spiff_children


def operators_stand_on_service_tasks(sheet: Sheet) -> Iterator[Fault]:
    """Each service task asks for exactly one operation."""
    for node in sheet.nodes:
        if node.tag != "serviceTask":
            continue
        operators = list(spiff_children(node.xml, "serviceTaskOperator"))
        if len(operators) > 1:
            yield fault(node, "operation_twice", operations=[one.get("id", "") for one in operators])
        if not node.operation:
            yield fault(node, "operation_missing")


def operation_rules(operations: OperationCatalogue) -> tuple[Rule, ...]:
    """The rules about operations and their parameters for this catalogue."""

    def rule(sheet: Sheet) -> Iterator[Fault]:
        for node in sheet.nodes:
            if node.tag == "serviceTask" and node.operation:
                yield from _asked(node, operations)

    return (rule,)


def _asked(node: Node, operations: OperationCatalogue) -> Iterator[Fault]:
    signature = operations.get(node.operation)
    if signature is None:
        near = get_close_matches(node.operation, operations, 3) or sorted(operations)
        yield fault(node, "operation_unknown", operation=node.operation, near=near)
        return
    for missing in sorted(signature.required - set(node.parameters)):
        yield fault(node, "parameter_missing", operation=node.operation, parameter=missing)
    known = signature.required | signature.optional
    for unknown in sorted(set(node.parameters) - known):
        yield fault(node, "parameter_unknown", operation=node.operation, parameter=unknown, known=sorted(known))
