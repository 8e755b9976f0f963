"""The drawing as a graph: what can come after what, over its ordinary lines and never back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

from service.domain.steps import Element


class Ways:
    """The ways through one drawing; what hangs on the edge of a task is none of them."""

    def __init__(self, elements: Iterable[Element]) -> None:
        self._elements = {element.id: element for element in elements}
        self._places = {name: place for place, name in enumerate(self._in_order())}

    @property
    def user_tasks(self) -> Sequence[Element]:
        """Every person's task after those that can lead to it; a way that soon ends stands before the others."""
        found = (self._elements[name] for name in self._soonest_ended_first())
        return [element for element in found if element.kind == "user_task"]

    def after(self, places: Iterable[str], without: str = "") -> set[str]:
        """What can still come after these places, when one element is left out."""
        found: set[str] = set()
        waiting = [name for place in places for name in self._onward(place)]
        while waiting:
            name = waiting.pop()
            if name != without and name not in found:
                found.add(name)
                waiting += self._onward(name)
        return found

    def is_sure(self, name: str, places: Collection[str]) -> bool:
        """Whether no ending can be reached without this task."""
        return not self._ends(self.after(places, without=name))

    def alternatives(self, names: Collection[str], places: Collection[str]) -> Mapping[str, Sequence[str]]:
        """For each of these tasks the ones that come instead of it: where the ways part, not all that follows there.

        What only leads back, as a hearing that is considered again, comes instead of nothing.
        """
        after = {name: self.after([name]) for name in names}
        only_through = {name: after[name] - self.after(places, without=name) for name in names}

        def apart(one: str, other: str) -> bool:
            onward = self._ends(after[one]) and self._ends(after[other])
            return onward and one != other and other not in after[one] and one not in after[other]

        def parted_before(one: str, other: str) -> bool:
            return any(one in only_through[earlier] and apart(earlier, other) for earlier in names)

        return {
            one: [
                other
                for other in names
                if apart(one, other) and not parted_before(one, other) and not parted_before(other, one)
            ]
            for one in names
        }

    def leads_to(self, document: str, places: Collection[str]) -> bool:
        """Whether a task that makes this document stands at one of these places, or can still come."""
        known = (self._elements.get(name) for name in {*places, *self.after(places)})
        return any(element is not None and element.document == document for element in known)

    def _ends(self, names: Iterable[str]) -> bool:
        return any(self._elements[name].kind == "end_event" for name in names)

    def _onward(self, name: str) -> Iterator[str]:
        """What follows; a line that leads back to an earlier place is none of the ways that lie ahead."""
        here = self._places.get(name, -1)
        return (other for other in self._next(name) if self._places.get(other, -1) > here)

    def _next(self, name: str) -> Iterator[str]:
        element = self._elements.get(name)
        yield from element.flows_to if element else ()

    def _soonest_ended_first(self) -> Iterator[str]:
        """Every element of the flow after those that lead to it, and of several the one after which fewest can come."""
        ahead: dict[str, int] = {}  # a bit for each place that can come, its own among them
        for name in reversed(self._places):
            ahead[name] = 1 << self._places[name]
            for other in self._onward(name):
                ahead[name] |= ahead[other]
        leading = Counter(other for name in self._places for other in self._onward(name))
        ready = [(ahead[name].bit_count(), place, name) for name, place in self._places.items() if not leading[name]]
        heapify(ready)
        while ready:
            name = heappop(ready)[-1]
            yield name
            for other in self._onward(name):
                leading[other] -= 1
                if not leading[other]:
                    heappush(ready, (ahead[other].bit_count(), self._places[other], other))

    def _in_order(self) -> list[str]:
        """Every element of the flow, the latest to be left first when all ways are walked to their ends."""
        starts = [each.id for each in self._elements.values() if each.kind == "start_event" and not each.within]
        seen, left = set(starts), list[str]()
        ways = [(start, self._next(start)) for start in starts]
        while ways:
            name, targets = ways[-1]
            target = next((each for each in targets if each not in seen), None)
            if target is None:
                left.append(name)
                ways.pop()
            else:
                seen.add(target)
                ways.append((target, self._next(target)))
        return left[::-1]
