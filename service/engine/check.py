"""Checks diagrams and puts what is wrong into words for analysts; each rule is one small function in `check_*`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import islice, takewhile
from typing import Any

from lxml import etree

from service.domain.operations import OperationCatalogue
from service.engine import check_elements, check_extensions, check_gateways, check_paths, check_pools, check_words
from service.engine.budget import MOST_OF_A_CHECK, Budget
from service.engine.catalogue import catalogue_of
from service.engine.check_expressions import expression_rules, expressions_are_in_the_language
from service.engine.check_operations import operation_rules, operators_stand_on_service_tasks
from service.engine.check_people import people_rules
from service.engine.check_types import calls_fit, terms_are_days
from service.engine.errors import XmlRefused
from service.engine.feasibility import windows
from service.engine.findings import Fault, Finding, Rule, finding, names_of
from service.engine.model import Sheet
from service.engine.reading import is_bpmn, line_of, read_xml
from service.engine.sheets import sheets_of

__all__ = ["Finding", "check", "walkable_faults"]

MOST_ELEMENTS = 400
ENOUGH = 10

_WALKABLE: tuple[Rule, ...] = (
    *check_elements.RULES,
    *check_gateways.WALKABLE,
    check_paths.flows_connect,
    expressions_are_in_the_language,
    operators_stand_on_service_tasks,
)
_WELL_DRAWN: tuple[Rule, ...] = (
    *check_gateways.WELL_DRAWN,
    *check_paths.RULES,
    *check_extensions.RULES,
    *check_words.RULES,
)


def check(
    files: Mapping[str, bytes],
    process: str | None,
    *,
    operations: OperationCatalogue,
    roles: Collection[str],
    functions: Mapping[str, Callable[..., Any]],
    start_data: Collection[str],
    rows: Collection[str] = (),
    budget: Budget | None = None,
) -> list[Finding]:
    """Everything wrong with the diagrams in these files, by file and line; an empty list if they may be deployed.

    `files` are diagrams and forms by name; `process` is the one to look for, or None for all; `rows` those of the
    requirements that points of the law must be among. Any bytes are answered with findings, never with an error, and
    within the time that is left: what takes longer is a fault, too.
    """
    budget = budget or Budget(MOST_OF_A_CHECK)
    rules = (
        *_WALKABLE,
        *_WELL_DRAWN,
        *people_rules(files, roles),
        *operation_rules(operations),
        *expression_rules(files, operations, functions, start_data),
        calls_fit(functions),
        terms_are_days(functions),
        check_words.points_are_rows(rows),
    )
    found: list[Finding] = []
    seen: dict[str, str] = {}
    for name in sorted(files):
        if name.endswith(".bpmn"):
            faults, processes, names = _check_file(name, files[name], process, rules, operations, budget)
            faults += [Fault(one, "process_twice", 1, {"first": seen[one]}) for one in processes if one in seen]
            found += [finding(name, one, names) for one in faults]
            seen = {**dict.fromkeys(processes, name), **seen}
    if process is not None and process not in seen:
        found.append(finding(f"{process}.bpmn", Fault(process, "no_such_process", 0, {"known": sorted(seen)})))
    return sorted(found, key=lambda one: (one.file, one.line, one.element, one.code))


def _check_file(
    name: str,
    content: bytes,
    process: str | None,
    rules: tuple[Rule, ...],
    operations: OperationCatalogue,
    budget: Budget,
) -> tuple[list[Fault], list[str], Mapping[str, Mapping[str, str]]]:
    if budget.is_spent:
        return [_too_long(budget)], [], {}
    try:
        root = read_xml(content)
    except XmlRefused as refused:
        reason, line, detail = (refused.data[key] for key in ("reason", "line", "detail"))
        return [Fault("", f"xml_{reason}", line, {"detail": detail})], [], {}
    sheets = sheets_of(name, root)
    faults = [*file_faults(root, sheets), *check_pools.file_faults(root, sheets)]
    if not any(one.code == "too_many_elements" for one in faults):
        for sheet in sheets:
            if process in (None, sheet.process):
                faults += _faults(sheet, rules, budget)
                faults += _contradictions(sheet, operations, budget) if not faults else []
    return faults, [sheet.process for sheet in sheets], names_of(root)


def _faults(sheet: Sheet, rules: tuple[Rule, ...], budget: Budget) -> Iterator[Fault]:
    """What these rules find, one after another while there is time."""
    for rule in rules:
        for one in rule(sheet):
            yield one
            if budget.is_spent:
                break
        if budget.is_spent:
            yield _too_long(budget, sheet)
            return


def _too_long(budget: Budget, sheet: Sheet | None = None) -> Fault:
    return Fault(
        sheet.process if sheet else "", "check_too_long", sheet.line if sheet else 1, {"seconds": budget.seconds}
    )


def forms_named(content: bytes) -> frozenset[str]:
    """The forms that the tasks of a diagram name; none in a file that cannot be read."""
    try:
        sheets = sheets_of("", read_xml(content))
    except XmlRefused:
        return frozenset()
    return frozenset(form for sheet in sheets for node in sheet.nodes if (form := node.properties.get("form", "")))


def _contradictions(sheet: Sheet, operations: OperationCatalogue, budget: Budget) -> list[Fault]:
    """Terms that no path can keep together; asked only of a diagram that is otherwise right."""
    catalogue = catalogue_of(sheet)
    found: dict[str, Fault] = {}
    told = takewhile(lambda _window: not budget.is_spent, windows(catalogue, operations))
    for window in islice((window for window in told if window.contradiction), ENOUGH):
        node = sheet.node(window.contradiction)
        if node is not None:
            data = {"ending": window.ending, "path": " → ".join(window.path)}
            found.setdefault(node.id, Fault(node.id, "window_impossible", node.line, data))
    return [*found.values(), *([_too_long(budget, sheet)] if budget.is_spent else [])]


def file_faults(root: etree._Element, sheets: list[Sheet]) -> Iterator[Fault]:
    """What is wrong with the file as a whole."""
    if not is_bpmn(root, "definitions") or not sheets:
        yield Fault("", "no_process", line_of(root))
    count = sum(_size(sheet) for sheet in sheets)
    if count > MOST_ELEMENTS:
        yield Fault("", "too_many_elements", 1, {"count": count, "most": MOST_ELEMENTS})
    first: dict[str, int] = {}
    counted = Counter(element.get("id") for element in root.iter() if element.get("id") and not _is_operator(element))
    for element in root.iter():
        name = element.get("id")
        if name and counted[name] > 1 and not _is_operator(element):
            if name in first:
                yield Fault(name, "id_twice", line_of(element), {"id": name, "first": first[name]})
            first.setdefault(name, line_of(element))


def _size(sheet: Sheet) -> int:
    """How much there is to check: elements, flows, lanes and parameters."""
    return sum(map(len, (sheet.nodes, sheet.flows, sheet.lanes, *(node.parameters for node in sheet.nodes))))


def _is_operator(element: etree._Element) -> bool:
    """Operators and their parameters have names of operations and parameters for ids."""
    return str(element.tag).endswith(("}serviceTaskOperator", "}parameter"))


def walkable_faults(sheet: Sheet) -> list[Fault]:
    """What would keep the engine from walking this process, whatever else may be wrong with it.

    Editions once deployed are loaded for ever: rules that only advise must not come to stand among these.
    """
    faults = list(file_faults(sheet.xml.getroottree().getroot(), [sheet]))
    if not faults:
        faults += [one for rule in _WALKABLE for one in rule(sheet)]
    return faults
