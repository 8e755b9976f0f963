"""The procedure in words: permit.md, generated from the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from service.domain.languages import LANGUAGES
from service.domain.steps import Element
from service.engine.catalogue import Catalogue
from service.engine.definition import Procedure
from service.engine.phrases import PHRASES


def in_words(procedure: Procedure) -> str:
    """The whole procedure as Markdown in Kazakh, Russian and English; the same diagram gives the same text.

    One line for one fact, so that a change of the drawing is one changed line in a review.
    """
    parts = [_Teller(procedure.catalogue, language).whole() for language in LANGUAGES]
    return "\n".join(line for part in parts for line in part)


class _Teller:
    """Tells one catalogue in one language."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self.catalogue, self.language = catalogue, language

    def whole(self) -> Iterator[str]:
        catalogue = self.catalogue
        yield f"# {catalogue.names.get(self.language, catalogue.process)}"
        yield ""
        yield f"*{self.say('language')}.* {self.say('made').format(process=catalogue.process)}"
        yield from self.section("roles")
        for role, names in catalogue.lanes.items():
            yield f"- `{role}`: {names.get(self.language, role)}"
        yield from self.section("course")
        for element in self.scope(""):
            yield from self.told(element, "")
        yield from self.at_any_time()
        yield ""

    def at_any_time(self) -> Iterator[str]:
        events = [element for element in self.catalogue.elements if element.kind == "event_sub_process"]
        if events:
            yield from self.section("any_time")
        for event in events:
            effect = self.say("ends_case" if event.interrupting else "case_goes_on")
            yield f"- **{self.name(event)}** (`{event.id}`; {self.law(event)}; {effect})"
            for element in self.scope(event.id):
                yield from self.told(element, "  ")

    def section(self, title: str) -> Iterator[str]:
        yield from ("", f"## {self.say(title)}", "")

    def scope(self, within: str) -> Iterator[Element]:
        for element in self.catalogue.elements:
            if element.within == within and not element.attached_to and element.kind != "event_sub_process":
                yield element

    def told(self, element: Element, indent: str) -> Iterator[str]:
        yield f"{indent}- **{self.name(element)}** ({'; '.join(self.facts(element))})"
        for edge in self.catalogue.edges_of(element.id):
            effect = self.say("ends_task" if edge.interrupting else "goes_beside")
            yield f"{indent}  - {self.name(edge)} ({'; '.join((*self.facts(edge), effect))})"
            yield from self.ways(edge, f"{indent}    ")
        yield from self.ways(element, f"{indent}  ")
        if element.kind == "sub_process":
            for inner in self.scope(element.id):
                yield from self.told(inner, f"{indent}  ")

    def facts(self, element: Element) -> Iterator[str]:
        yield f"`{element.id}`"
        yield self.say(element.kind)
        if element.kind == "user_task" and element.lane:
            yield self.catalogue.lanes.get(element.lane, {}).get(self.language, element.lane)
        for fact in ("form", "document", "operation"):
            if value := getattr(element, fact):
                yield f"{self.say(fact)} `{value}`"
        yield from (f"{name} = `{text}`" for name, text in element.parameters.items())
        if element.expression or element.message:
            yield f"`{element.expression or element.message}`"
        if element.kept_when:
            yield f"{self.say('kept_when')} `{element.kept_when}`"
        if element.law:
            yield self.law(element)

    def law(self, element: Element) -> str:
        return f"{self.say('law')} {', '.join(element.law)}"

    def ways(self, element: Element, indent: str) -> Iterator[str]:
        for target in sorted(element.flows_to, key=lambda one: one not in element.conditions):
            condition = element.conditions.get(target)
            way = f"{self.say('if')} `{condition}`" if condition else self.say(self.plain_way(element))
            yield f"{indent}- {way} → {self.name(self.catalogue.element(target))} (`{target}`)"

    def plain_way(self, element: Element) -> str:
        return "otherwise" if element.conditions else "then"

    def name(self, element: Element) -> str:
        return element.names.get(self.language, element.id)

    def say(self, phrase: str) -> str:
        return PHRASES[phrase][self.language]
