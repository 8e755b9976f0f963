"""Writes a year's calendar and the dates of a case so that a person can count along (D21, D25)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from service.cli.terms_input import Events
from service.cli.terms_text import ANCHORS, DATES, WEEKDAYS, WORDS, point, text
from service.domain.calendar import DayReason, WorkCalendar
from service.domain.deadlines import KEYS, TERMS, Deadlines, Explanation, Term, local


def calendar_lines(cal: WorkCalendar, year: int, lang: str) -> Iterator[str]:
    """The year month by month: its working days, and every other day with its reason and basis."""
    days = list(cal.days(year))
    working = sum(map(cal.is_working, days))
    mark = "" if cal.confirmed(year) else f" ({text(WORDS, 'preliminary', lang)})"
    yield text(WORDS, "year", lang, year=year) + mark
    yield text(WORDS, "total", lang, working=working, off=len(days) - working)
    changes = [day for day in cal.hours_from if date(year, 1, 1) < day <= date(year, 12, 31)]
    for day in [date(year, 1, 1), *changes]:
        hours = {name: f"{value:%H:%M}" for name, value in vars(cal.hours_on(day)).items()}
        yield text(WORDS, "hours", lang, **hours) + (f" ({day})" if day in changes else "")
    for month, group in groupby(days, key=lambda day: day.month):
        yield ""
        yield from _month(cal, year, month, list(group), lang)


def _month(cal: WorkCalendar, year: int, month: int, days: Sequence[date], lang: str) -> Iterator[str]:
    working = [day for day in days if cal.is_working(day)]
    yield f"{year}-{month:02}  {text(WORDS, 'working', lang)}: {len(working)}"
    yield "  " + " ".join(f"{day.day}" for day in working)
    for day in days:
        reason = cal.reason(day)
        if reason.code != "working":
            yield f"  {_day(day, lang)}  {reason.names[lang]}  [{reason.basis}]"


def deadline_lines(
    cal: WorkCalendar,
    events: Events,
    dates: Deadlines,
    explained: Mapping[str, tuple[Term, Explanation]],
    lang: str,
) -> Iterator[str]:
    """Each date with its point of law, the days counted and the days skipped."""
    width = max(len(text(DATES, key, lang)) for key in KEYS)
    receipts = {"registered_on": events.received, "complaint_registered_on": events.complaint}
    for key in KEYS:
        label, day, receipt = text(DATES, key, lang).ljust(width), getattr(dates, key), receipts.get(key)
        if day is None:
            options = " ".join(f"--{name}" for name in _needs(key) if getattr(events, name) is None)
            yield f"{label}  -  {text(WORDS, 'missing', lang, option=options)}"
        elif receipt is not None:
            law = "L64.1" if key.startswith("complaint") else "R5.1" if local(receipt).date() == day else "R5.2"
            yield f"{label}  {_day(day, lang)}  {point(law, lang)}"
            yield from _registration(cal, receipt, day, lang)
        else:
            yield from _term(label, *explained[key], lang)


def _needs(key: str) -> tuple[str, ...]:
    if key.startswith("complaint"):
        return ("complaint",)
    if key == "decision_due":
        return ("received", "complete")
    anchor = TERMS[key].anchor_key if key in TERMS else "received"
    return (anchor,) if anchor in ("complete", "notice") else ("received",)


def _registration(cal: WorkCalendar, receipt: datetime, day: date, lang: str) -> Iterator[str]:
    moment = local(receipt)
    arrived = moment.date()
    if arrived == day:
        why = text(WORDS, "same_day", lang)
    elif cal.is_working(arrived):
        why = text(WORDS, "after_hours", lang, time=f"{cal.hours_on(arrived).closes:%H:%M}")
    else:
        why = f"{cal.reason(arrived).names[lang]}, {text(WORDS, 'not_working', lang)}"
    yield f"    {text(WORDS, 'received', lang)} {_day(arrived, lang)} {moment:%H:%M:%S} {moment:%z}: {why}"
    yield from _skipped(cal.count(arrived, day).skipped, lang)


def _term(label: str, term: Term, explained: Explanation, lang: str) -> Iterator[str]:
    time = "" if term.key == "refusal_earliest" else f"{local(explained.due_at):%H:%M}"
    by = f" {text(WORDS, 'by', lang, time=time)}" if time else ""
    mark = f"  ({text(WORDS, 'preliminary', lang)})" if explained.preliminary else ""
    yield f"{label}  {_day(explained.due_on, lang)}{by}  {point(term.law, lang)}{mark}"
    anchor = text(ANCHORS, term.anchor_key, lang)
    direction = "after" if explained.days > 0 else "before"
    yield f"    {text(WORDS, direction, lang, anchor=anchor, day=_day(explained.anchor, lang), n=abs(explained.days))}"
    counted = ", ".join(_day(day, lang) for day in explained.count.counted)
    yield f"    {text(WORDS, 'counted', lang)}: {counted}"
    yield from _skipped(explained.count.skipped, lang)


def _skipped(skipped: Sequence[tuple[date, DayReason]], lang: str) -> Iterator[str]:
    for day, reason in skipped:
        yield f"    {text(WORDS, 'skipped', lang)}: {_day(day, lang)}  {reason.names[lang]}  [{reason.basis}]"


def _day(day: date, lang: str) -> str:
    return f"{day} {WEEKDAYS[lang][day.weekday()]}"
