"""Where lines of a drawing cross: nothing is wrong with the procedure, but the eye loses its way."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice, pairwise, product

from lxml import etree

from service.engine.errors import XmlRefused
from service.engine.findings import Fault, Finding, finding, names_of
from service.engine.reading import is_bpmn, line_of, read_xml

MOST_NAMED = 50
MOST_COMPARED = 1_000_000
"""Pairs of pieces of lines that are looked at: a hundred times as many as the largest procedure has."""
_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
Point = tuple[float, float]
Line = tuple[str, list[Point]]
Piece = tuple[str, tuple[Point, Point]]


def crossings(file: str, content: bytes) -> list[Finding]:
    """Each two flows of this diagram whose lines cross, with the place; advice that stops nobody."""
    try:
        root = read_xml(content)
    except XmlRefused:
        return []
    flows = {each.get("id", ""): each for each in root.iter() if is_bpmn(each, "sequenceFlow", "messageFlow")}
    names = names_of(root)
    found = islice(_crossed([line for line in _lines(root) if line[0] in flows]), MOST_NAMED)
    return [
        finding(
            file,
            Fault(one, "lines_cross", line_of(flows[one]), {"other": _called(flows[other]), "x": x, "y": y}),
            names,
        )
        for one, other, (x, y) in found
    ]


def _called(flow: etree._Element) -> str:
    name = flow.get("name", "")
    ends = f"{flow.get('sourceRef')} → {flow.get('targetRef')}"
    return f"{flow.get('id')} ({f'{name}, ' if name else ''}{ends})"


def _lines(root: etree._Element) -> Iterator[Line]:
    for edge in root.iter(f"{{{_DI}}}BPMNEdge"):
        try:
            points = [(float(point.get("x", "")), float(point.get("y", ""))) for point in edge.iter(_WAYPOINT)]
        except ValueError:
            continue
        yield edge.get("bpmnElement", ""), points


def _crossed(lines: list[Line]) -> Iterator[tuple[str, str, tuple[int, int]]]:
    for (one, (a, b)), (other, (c, d)) in islice(_pairs(lines), MOST_COMPARED):
        if place := _meeting(a, b, c, d):
            yield one, other, place


def _pairs(lines: list[Line]) -> Iterator[tuple[Piece, Piece]]:
    """Each two pieces of different lines."""
    for (one, first), (other, second) in combinations(lines, 2):
        for piece, against in product(pairwise(first), pairwise(second)):
            yield (one, piece), (other, against)


def _meeting(a: Point, b: Point, c: Point, d: Point) -> tuple[int, int] | None:
    """Where two pieces cross; None where they only touch, run along each other, or stay apart."""
    (rx, ry), (sx, sy) = (b[0] - a[0], b[1] - a[1]), (d[0] - c[0], d[1] - c[1])
    turn = rx * sy - ry * sx
    if not turn:
        return None
    t = ((c[0] - a[0]) * sy - (c[1] - a[1]) * sx) / turn
    u = ((c[0] - a[0]) * ry - (c[1] - a[1]) * rx) / turn
    return (round(a[0] + t * rx), round(a[1] + t * ry)) if 0 < t < 1 and 0 < u < 1 else None
