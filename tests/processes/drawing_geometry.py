"""Where things stand on a drawing: shapes, labels and lines, as plain rectangles and segments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"

Point = tuple[float, float]
Segment = tuple[Point, Point]
Span = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing."""

    x: float
    y: float
    width: float
    height: float

    def overlaps(self, other: Box, by: float = 0) -> bool:
        """Whether the two share more than `by` pixels both ways."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return across > by and down > by

    def diamond_meets(self, other: Box) -> bool:
        """Whether the diamond within this box shares anything with the other."""
        across, down = self.x + self.width / 2, self.y + self.height / 2
        away = max(other.x - across, 0, across - other.x - other.width) / self.width
        return away + max(other.y - down, 0, down - other.y - other.height) / self.height < 1 / 2

    def edge_holds(self, point: Point) -> bool:
        """Whether the point lies on the edge of this rectangle, give or take two pixels."""
        x, y = point
        near_x = min(abs(x - self.x), abs(x - self.x - self.width)) <= 2
        near_y = min(abs(y - self.y), abs(y - self.y - self.height)) <= 2
        along_x = self.x - 2 <= x <= self.x + self.width + 2
        along_y = self.y - 2 <= y <= self.y + self.height + 2
        return (near_x and along_y) or (near_y and along_x)

    def holds(self, other: Box) -> bool:
        """Whether the other lies wholly within this one."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


@dataclass(frozen=True)
class Layout:
    """Everything drawn, by the id of its element."""

    shapes: dict[str, Box]
    edges: dict[str, list[Point]]
    labels: dict[str, Box]

    def segments(self, edge: str) -> Iterator[Segment]:
        """The straight pieces of a line."""
        yield from pairwise(self.edges[edge])

    def crossings(self) -> set[Point]:
        """The points at which two lines cross."""
        found = set()
        pieces = [(name, piece) for name in self.edges for piece in self.segments(name)]
        upright = [(name, piece) for name, piece in pieces if piece[0][0] == piece[1][0]]
        level = [(name, piece) for name, piece in pieces if piece[0][1] == piece[1][1]]
        for one, ((x, top), (_, bottom)) in upright:
            for other, ((left, y), (right, _)) in level:
                if one != other and between(x, left, right) and between(y, top, bottom):
                    found.add((x, y))
        return found


def between(value: float, one: float, other: float) -> bool:
    """Whether the value lies strictly between the two."""
    return min(one, other) < value < max(one, other)


def spans(box: Box) -> tuple[Span, Span]:
    """From where to where a rectangle reaches, across and down."""
    return (box.x, box.x + box.width), (box.y, box.y + box.height)


def hull(segment: Segment) -> Box:
    """The segment as a rectangle without thickness."""
    (x1, y1), (x2, y2) = segment
    return Box(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))


def box_of(segment: Segment) -> Box:
    """The segment as a rectangle of the thickness of a line."""
    (x1, y1), (x2, y2) = segment
    return Box(min(x1, x2), min(y1, y2), max(abs(x1 - x2), 2), max(abs(y1 - y2), 2))


def read_layout(root: etree._Element) -> Layout:
    """Read what is drawn."""
    shapes, edges, labels = {}, {}, {}
    for drawn in root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge"):
        element = drawn.get("bpmnElement", "")
        bounds = drawn.find(f"{DC}Bounds")
        if bounds is not None:
            shapes[element] = _box(bounds)
        else:
            edges[element] = [(float(p.get("x", "")), float(p.get("y", ""))) for p in drawn.iter(WAYPOINT)]
        label = drawn.find(f"{DI}BPMNLabel/{DC}Bounds")
        if label is not None:
            labels[element] = _box(label)
    return Layout(shapes, edges, labels)


def _box(bounds: etree._Element) -> Box:
    return Box(*(float(bounds.get(name, "")) for name in ("x", "y", "width", "height")))
