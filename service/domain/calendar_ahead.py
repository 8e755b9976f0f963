"""The years for which no calendar was entered yet: counted by the law alone, and preliminary (D22, D28)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import MappingProxyType

from service.domain.calendar import WorkCalendar
from service.domain.days import CalendarEntry

YEARS_AHEAD = 5
_CHRISTMAS = (1, 7)
_SATURDAY = 5
_INSTEAD = {
    "kk": "Демалыс күні: {name} ({day:%d.%m.%Y} орнына)",
    "ru": "Выходной день: {name} (вместо {day:%d.%m.%Y})",
    "en": "Day off: {name} (instead of {day})",
}


def with_years_ahead(calendar: WorkCalendar, years: int = YEARS_AHEAD) -> WorkCalendar:
    """The calendar and so many preliminary years after its last: a term that reaches into them has its end (D28).

    They have the holidays of the last year that was entered, with those of a weekend moved to the next working day
    (D22). What only an act of the year can say, such as Kurban Ait and moved days off, is missing.
    """
    if not calendar.years:
        return calendar
    last = calendar.years[-1]
    ahead = range(last + 1, last + 1 + years)
    fixed = [entry for entry in calendar.entries.values() if entry.day.year == last and _is_fixed(entry)]
    added = [entry for year in ahead for entry in _year(fixed, year)]
    confirmed = [year for year in calendar.years if calendar.confirmed(year)]
    return WorkCalendar(
        (*calendar.entries.values(), *added),
        calendar.hours,
        confirmed_years=confirmed,
        years=(*calendar.years, *ahead),
        hours_from=calendar.hours_from,
    )


def _is_fixed(entry: CalendarEntry) -> bool:
    """Whether it stands on the same day of every year: a holiday, or the 7th of January."""
    day = entry.day
    return (entry.kind == "holiday" or (day.month, day.day) == _CHRISTMAS) and (day.month, day.day) != (2, 29)


def _year(fixed: list[CalendarEntry], year: int) -> Iterator[CalendarEntry]:
    placed = {entry.day.replace(year=year): entry for entry in fixed}
    taken = set(placed)
    for day, entry in sorted(placed.items()):
        yield CalendarEntry(day, entry.kind, entry.names, entry.basis, entry.entered_on)
        if day.weekday() < _SATURDAY or entry.kind != "holiday":
            continue
        moved = day
        while moved in taken or moved.weekday() >= _SATURDAY:
            moved += timedelta(days=1)
        taken.add(moved)
        names = {lang: text.format(name=entry.names[lang], day=day) for lang, text in _INSTEAD.items()}
        yield CalendarEntry(moved, "moved_day_off", MappingProxyType(names), entry.basis, entry.entered_on)
