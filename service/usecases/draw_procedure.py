"""The procedure for everybody's eyes: the drawing with its labels in a language, and the same told in words (U19)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from service.domain.steps import Element
from service.engine.catalogue import Catalogue
from service.engine.labels import in_language, names_of_flows
from service.usecases.editions import LoadedEdition

GATEWAYS = ("exclusive_gateway", "parallel_gateway", "event_based_gateway")


@dataclass(frozen=True)
class Answer:
    """A question of the drawing and one answer to it."""

    question: str
    answer: str


@dataclass(frozen=True)
class Way:
    """What follows a step: the answers that lead there and the id of the next step."""

    answers: tuple[Answer, ...]
    target: str


@dataclass(frozen=True)
class Line:
    """One step in words: its kind in the catalogue's words, who does it, its term, the points of the law, what follows.

    `who` is the name of the lane for a person's task and empty for what the program does; `meanwhile` names what may
    arrive while the step is open.
    """

    id: str
    kind: str
    name: str
    who: str
    term: str
    law: tuple[str, ...]
    ways: tuple[Way, ...] = ()
    meanwhile: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnyTime:
    """What may come at any time of a case: its name, points of the law, what is done, and whether it ends the case."""

    name: str
    law: tuple[str, ...]
    steps: tuple[str, ...]
    ends_case: bool


@dataclass(frozen=True)
class Told:
    """A procedure in words: its steps in the order in which a case can meet them, and what may come at any time."""

    name: str
    lines: tuple[Line, ...]
    any_time: tuple[AnyTime, ...]

    def shortest(self, ending: str, without: Collection[str] = ()) -> tuple[Line, ...]:
        """The steps of the shortest way from the beginning to an ending past these steps; none when no way leads so."""
        lines = {line.id: line for line in self.lines}
        came_from: dict[str, str] = {}
        waiting = [self.lines[0].id] if ending in lines else []
        while waiting:
            here = waiting.pop(0)
            for way in lines[here].ways:
                if way.target not in {*came_from, *without, self.lines[0].id}:
                    came_from[way.target] = here
                    waiting.append(way.target)
        passed = [ending] if ending in came_from else []
        while passed and passed[-1] in came_from:
            passed.append(came_from[passed[-1]])
        return tuple(lines[each] for each in reversed(passed))


def drawing_of(edition: LoadedEdition, language: str) -> bytes:
    """The drawing of the edition's procedure as BPMN with its labels in this language."""
    return in_language(edition.drawing, language)


def tell(edition: LoadedEdition, language: str) -> Told:
    """The same procedure in words (R3.1, A1.11.3)."""
    return _Teller(edition.catalogue, names_of_flows(edition.drawing), language).told()


class _Teller:
    def __init__(
        self, catalogue: Catalogue, answers: Mapping[tuple[str, str], Mapping[str, str]], language: str
    ) -> None:
        self.catalogue, self.answers, self.language = catalogue, answers, language

    def told(self) -> Told:
        steps = [element for element in self.in_order() if element.kind not in GATEWAYS]
        events = [element for element in self.catalogue.elements if element.kind == "event_sub_process"]
        return Told(
            name=self.catalogue.names.get(self.language, ""),
            lines=tuple(self.line(element) for element in steps),
            any_time=tuple(self.any_time(event) for event in events),
        )

    def line(self, element: Element) -> Line:
        edges = self.catalogue.edges_of(element.id)
        is_task = element.kind == "user_task"
        return Line(
            id=element.id,
            kind=element.kind,
            name=self.name(element),
            who=self.catalogue.lanes.get(element.lane, {}).get(self.language, "") if is_task else "",
            term=", ".join(dict.fromkeys(self.name(edge) for edge in edges if edge.kind == "timer")),
            law=element.law,
            ways=tuple(self.ways(element)),
            meanwhile=tuple(self.name(edge) for edge in edges if edge.kind != "timer"),
        )

    def ways(self, element: Element, answers: tuple[Answer, ...] = ()) -> Iterator[Way]:
        """Where a step leads: through every gateway behind it, each answer on the way kept."""
        for target_id in element.flows_to:
            target = self.catalogue.element(target_id)
            given = answers
            if element.kind in GATEWAYS and len(element.flows_to) > 1:
                name = self.answers.get((element.id, target_id), {}).get(self.language, "")
                given = (*answers, Answer(self.name(element), name))
            if target.kind in GATEWAYS and len(given) < len(self.catalogue.elements):
                yield from self.ways(target, given)
            else:
                yield Way(given, target_id)

    def any_time(self, event: Element) -> AnyTime:
        inside = [element for element in self.catalogue.elements if element.within == event.id]
        return AnyTime(self.name(event), event.law, tuple(self.name(each) for each in inside), event.interrupting)

    def in_order(self) -> list[Element]:
        """Every element of the ordinary flow, each after all that can come before it; ways back are left aside."""
        starts = [e.id for e in self.catalogue.elements if e.kind == "start_event" and not e.within]
        seen, left = set(starts), list[str]()
        open_ways = [(start, self.back_to_front(start)) for start in starts]
        while open_ways:
            element_id, targets = open_ways[-1]
            target = next((each for each in targets if each not in seen), None)
            if target is None:
                left.append(element_id)
                open_ways.pop()
            else:
                seen.add(target)
                open_ways.append((target, self.back_to_front(target)))
        return [self.catalogue.element(element_id) for element_id in reversed(left)]

    def back_to_front(self, element_id: str) -> Iterator[str]:
        """What follows, the last first: then the first stands next to the element in the end."""
        return reversed(self.catalogue.element(element_id).flows_to)

    def name(self, element: Element) -> str:
        return element.names.get(self.language, element.id)
