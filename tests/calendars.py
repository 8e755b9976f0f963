"""Calendars of tests: that of the analysts with another day."""

from __future__ import annotations

from datetime import date

from service.calendar_file import calendar_path

ACT = "ҚР Үкіметінің 2023 жылғы 13 қыркүйектегі № 801 қаулысы"


def calendar_text() -> str:
    """The analysts' file as it is."""
    return calendar_path().read_text("utf-8")


def with_day(day: str, kind: str, content: str = "") -> str:
    """The analysts' file with one more day, by an act of its own."""
    lines = (content or calendar_text()).splitlines()
    where = next((n for n, line in enumerate(lines) if date_of(line) > day), len(lines))
    row = f"{day},{kind},Ауыстырылған күн,Перенесённый день,Moved day,{ACT},2023-09-13"
    return "\n".join([*lines[:where], row, *lines[where:]]) + "\n"


def date_of(line: str) -> str:
    """The day of a row; nothing for the heading and for a year."""
    day = line.split(",")[0]
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        return ""
