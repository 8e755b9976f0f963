"""The figures of a month as lines that people read: the same for the page, the table and the printed report (O5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service.domain.document_parts import Words
from service.domain.languages import LANGUAGES
from service.domain.overview import MonthFigures

PARTS = ("received", "closed", "open_at_end", "steps", "breaches", "people")
"""The parts of a report in their order."""
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Line:
    """One line of a part: what is counted, of whom, how many; of a step also how long it took and how many were late.

    `mean` and `longest` are days of the calendar, with one decimal.
    """

    part: str
    what: Words
    who: str = ""
    number: int = 0
    mean: str = ""
    longest: str = ""
    late: int = 0


def lines_of(figures: MonthFigures, names: Mapping[str, Words]) -> tuple[Line, ...]:
    """Every line of a report, part by part, with the names that the procedures give to their codes."""
    return tuple(_lines(figures, names))


def _lines(figures: MonthFigures, names: Mapping[str, Words]) -> Iterator[Line]:
    def named(code: str) -> Words:
        return names.get(code) or Words(code)

    for count in figures.received:
        yield Line("received", named(count.kind), number=count.number)
    for count in figures.closed:
        yield Line("closed", _both(named(count.kind), named(f"end_{count.name}")), number=count.number)
    for count in figures.open_at_end:
        yield Line("open_at_end", named(count.kind), number=count.number)
    for step in figures.steps:
        yield Line("steps", named(step.element), "", step.done, in_days(step.mean), in_days(step.longest), step.late)
    for count in figures.breaches:
        yield Line("breaches", named(count.kind), count.name, count.number)
    for count in figures.people:
        yield Line("people", Words(""), count.name, count.number)


def in_days(seconds: float) -> str:
    """A length of time in days of the calendar with one decimal, as people in Kazakhstan write it."""
    return f"{seconds / DAY:.1f}".replace(".", ",")


def _both(first: Words, second: Words) -> Words:
    return Words(*(f"{first.say(language)}: {second.say(language)}" for language in LANGUAGES))
