"""Whether lines of a drawing could be laid anew with fewer crossings, all shapes and other lines staying in place.

A line may become as long and as bent as it likes, and labels would make way for it: a crossing that is not avoided even
so cannot be avoided by laying that line another way. Of several lines each is laid in its turn.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from heapq import heappop, heappush
from itertools import pairwise, permutations

from tests.processes.drawing_geometry import Box, Layout, Point, Span, hull, spans
from tests.processes.drawn import BPMN, Drawn

APART = 8
"""How many pixels a line keeps from shapes, borders and other lines, so that the eye does not take two for one."""
CORNER = 10
"""How far the round corner of a task reaches: no line is tied to it."""
TITLE = 30
"""How wide the title of a pool or a lane is drawn."""
BEND = 40
"""By how much longer a way may be, in pixels, to have one bend less: a matter of looks, where crossings are equal."""
BARRED = 10_000
"""What a step costs that no line may take."""
WITH_SIDES = {BPMN + "userTask", BPMN + "serviceTask", BPMN + "participant"}
"""What a line may be tied to anywhere along its sides; decisions and events have a tip on each side."""

Node = tuple[int, int, int]
"""A place of the grid: its column, its row, and whether one goes level (0) or upright (1) there."""


def crossing_lines(drawn: Drawn) -> list[str]:
    """The lines of a drawing that cross others."""
    most = len(drawn.layout.crossings())
    return [line for line in drawn.layout.edges if len(_without(drawn.layout, line).crossings()) < most]


def crossing_pairs(drawn: Drawn) -> list[tuple[str, str]]:
    """Every two lines that cross each other, in both orders."""
    edges = drawn.layout.edges
    return [
        (one, other)
        for one, other in permutations(crossing_lines(drawn), 2)
        if Layout({}, {one: edges[one], other: edges[other]}, {}).crossings()
    ]


def laid_anew(drawn: Drawn, *lines: str) -> Layout | None:
    """The drawing with these lines taken out and laid again in this order; None if no crossing can be saved so."""
    before, laid = len(drawn.layout.crossings()), _without(drawn.layout, *lines)
    for line in lines:
        way = Ground(drawn, laid, line).way(before - 1 - len(laid.crossings()))
        if way is None:
            return None
        laid = replace(laid, edges=laid.edges | {line: way})
    return laid if len(laid.crossings()) < before else None


def _without(layout: Layout, *lines: str) -> Layout:
    return replace(layout, edges={name: way for name, way in layout.edges.items() if name not in lines})


class Ground:
    """What one line finds on a drawing: the shapes it joins, what it keeps off, and the lines that it may cross."""

    def __init__(self, drawn: Drawn, layout: Layout, line: str) -> None:
        self.drawn, self.shapes = drawn, layout.shapes
        self.ends = drawn.ends(line)
        self.message = line not in drawn.flows
        self.together = [
            way for name, way in layout.edges.items() if not self.message and drawn.ends(name)[1] == self.ends[1]
        ]
        """The lines that lead to the same shape: this one may join them and run as one with them from there."""
        self.pieces = [(hull(piece), way in self.together) for way in layout.edges.values() for piece in pairwise(way)]
        """The straight pieces of all other lines, and whether this one may join them."""

    def way(self, most: int) -> list[Point] | None:
        """The way with the fewest crossings, of these the shortest; None if every way crosses more than `most`."""
        goals: dict[Node, list[Point]] = {node: [] for node in self._tips(1)}
        for way in self.together:
            for gone, piece in enumerate(pairwise(way), 1):
                goals |= {node: way[gone:] for axis in (0, 1) for node in self._nodes(*spans(hull(piece)), axis)}
        queue = [(0, 0.0, node, node) for node in self._tips(0)]
        came: dict[Node, Node] = {}
        while queue:
            halves, length, node, before = heappop(queue)
            if node in came or halves // 2 > most:
                continue
            came[node] = before
            if node in goals:
                return _corners([*self._points(came, node), *goals[node]])
            for after, cost, far in self._onward(node):
                if after not in came:
                    heappush(queue, (halves + cost, length + far, after, node))
        return None

    def _tips(self, end: int) -> Iterator[Node]:
        """Where on the edge of its first (0) or last (1) shape the line may begin or end."""
        for axis in (0, 1):
            for edge in spans(self.shapes[self.ends[end]])[axis]:
                side, ties = (edge, edge), self._ties(end, axis)
                yield from self._nodes(side, ties, 0) if axis == 0 else self._nodes(ties, side, 1)

    def _ties(self, end: int, axis: int) -> Span:
        """Between which places a line that comes level or upright may be tied to a side of the shape."""
        start, stop = spans(self.shapes[self.ends[end]])[1 - axis]
        if self.drawn.elements[self.ends[end]].tag in WITH_SIDES:
            return start + CORNER, stop - CORNER
        return (start + stop) / 2, (start + stop) / 2

    def _nodes(self, across: Span, down: Span, axis: int) -> Iterator[Node]:
        """The places of the grid that lie within these spans."""
        columns, rows = (
            range(bisect_left(places, start), bisect_right(places, stop))
            for places, (start, stop) in zip(self.places, (across, down), strict=True)
        )
        yield from ((column, row, axis) for column in columns for row in rows)

    def _onward(self, node: Node) -> Iterator[tuple[Node, int, float]]:
        """Where one may go from a place: round the corner, on or back; with what it costs and how long it is."""
        column, row, axis = node
        yield (column, row, 1 - axis), 0, BEND
        here, costs = (column, self.steps[0][row]) if axis == 0 else (row, self.steps[1][column])
        for step, there in ((here, here + 1), (here - 1, here - 1)):
            if 0 <= step < len(costs) and costs[step] < BARRED:
                after = (there, row, 0) if axis == 0 else (column, there, 1)
                yield after, costs[step], self.places[axis][step + 1] - self.places[axis][step]

    def _points(self, came: dict[Node, Node], node: Node) -> list[Point]:
        """The way that led to a place."""
        nodes = [node]
        while came[nodes[-1]] != nodes[-1]:
            nodes.append(came[nodes[-1]])
        return [(self.places[0][column], self.places[1][row]) for column, row, _ in reversed(nodes)]

    @cached_property
    def places(self) -> tuple[list[float], list[float]]:
        """The columns and rows in which the line may turn: as near as may be to what it keeps off, or where it ends."""
        return self._places(0), self._places(1)

    def _places(self, axis: int) -> list[float]:
        places: set[float] = set()
        for box in (*self._blocks(), *self._borders(), *(piece for piece, _ in self.pieces)):
            places |= {*_around(box, axis, APART)}
        for piece, joined in self.pieces:
            places |= {*spans(piece)[axis]} if joined else set()
        for end, box in enumerate(self.shapes[name] for name in self.ends):
            ties = self._ties(end, 1 - axis)
            places |= {*_around(box, axis, APART), *spans(box)[axis], *ties, sum(ties) / 2}
        low, high = spans(self._frame())[axis]
        return sorted(place for place in places if low <= place <= high)

    @cached_property
    def steps(self) -> list[list[list[int]]]:
        """What each step costs along each row (0) and column (1): half a crossing on either side of a line.

        Who stops at a line to join it has paid one half, which is no crossing.
        """
        costs = [[[0] * (len(self.places[axis]) - 1) for _ in self.places[1 - axis]] for axis in (0, 1)]
        crossed = {
            (axis, track, spans(piece)[axis][0])
            for piece, _ in self.pieces
            for axis in (0, 1)
            for track in self._tracks(axis, spans(piece)[1 - axis])
        }
        for axis, track, place in crossed:
            for step in (bisect_left(self.places[axis], place) - 1, bisect_right(self.places[axis], place) - 1):
                if 0 <= step < len(costs[axis][track]):
                    costs[axis][track][step] += 1
        for axis, across, along in self._bars():
            first = max(bisect_right(self.places[axis], along[0]) - 1, 0)
            last = min(bisect_left(self.places[axis], along[1]), len(self.places[axis]) - 1)
            for track in self._tracks(axis, across):
                costs[axis][track][first:last] = [BARRED] * (last - first)
        return costs

    def _tracks(self, axis: int, across: Span) -> range:
        """The rows (0) or columns (1) that run through a span."""
        return range(bisect_right(self.places[1 - axis], across[0]), bisect_left(self.places[1 - axis], across[1]))

    def _bars(self) -> Iterator[tuple[int, Span, Span]]:
        """What bars rows (0) and columns (1): through which span of them, and from where to where along them."""
        beside = [(border, 0) for border in self._borders()]
        beside += [(piece, 0 if joined else APART) for piece, joined in self.pieces]
        for axis in (0, 1):
            for block in self._blocks():
                yield axis, _around(block, 1 - axis, APART), _around(block, axis, APART)
            for line, ahead in beside:
                if spans(line)[axis][0] < spans(line)[axis][1]:
                    yield axis, _around(line, 1 - axis, APART), _around(line, axis, ahead)
            for end, box in enumerate(self.shapes[name] for name in self.ends):
                (low, high), (first, last) = _around(box, 1 - axis, APART), self._ties(end, axis)
                yield axis, (low, high), spans(box)[axis]
                yield axis, (low, first), _around(box, axis, APART)
                yield axis, (last, high), _around(box, axis, APART)

    def _frame(self) -> Box:
        """Where the line may run: a message between the pools of the applicant, else within its pool or sub-process."""
        pool = self.shapes["participant_provider"]
        if self.message:
            top = self.shapes["participant_applicant"].y + self.shapes["participant_applicant"].height
            return Box(pool.x, top, pool.width, self.shapes["participant_cabinet"].y - top)
        return self.shapes.get(self.drawn.parents[self.ends[0]], pool)

    def _blocks(self) -> list[Box]:
        """What the line may not run over: titles, shapes it does not join, and sub-processes it does not lead into."""
        pool = self.shapes["participant_provider"]
        own = {*self.ends, *(self.drawn.parents.get(end) for end in self.ends)}
        others = [self.shapes[name] for name in self.drawn.parents if name not in own]
        return [Box(pool.x, pool.y, 2 * TITLE, pool.height), *others]

    def _borders(self) -> list[Box]:
        """The borders of lanes and of their pool: a line may cross them, but not run along them."""
        boxes = [box for name, box in self.shapes.items() if name.startswith(("lane_", "participant_provider"))]
        level = [Box(box.x, y, box.width, 0) for box in boxes for y in spans(box)[1]]
        return level + [Box(x, box.y, 0, box.height) for box in boxes for x in spans(box)[0]]


def _around(box: Box, axis: int, by: float) -> Span:
    start, stop = spans(box)[axis]
    return start - by, stop + by


def _corners(points: list[Point]) -> list[Point]:
    """The same way by its ends and corners alone."""
    way = [points[0]]
    for here, after in pairwise([*points[1:], points[-1]]):
        level, upright = ({way[-1][axis], here[axis], after[axis]} for axis in (1, 0))
        if here != way[-1] and (after == here or (len(level) > 1 and len(upright) > 1)):
            way.append(here)
    return way
