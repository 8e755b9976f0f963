"""Where a command finds the calendar: the newest of the database where there is one, else the analysts' file."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from service.domain.calendar import CalendarError, WorkCalendar, parse_calendar
from service.domain.calendar_ahead import with_years_ahead
from service.settings import Settings, of_commands


def calendar_path() -> Path:
    """The calendar file in RUQSAT_PROCESSES, or in the folder `processes` beside the program."""
    folder = os.environ.get("RUQSAT_PROCESSES")
    processes = Path(folder) if folder else Path(__file__).resolve().parent.parent / "processes"
    return processes / "calendar" / "kz.csv"


def calendar_in_force() -> WorkCalendar:
    """The newest calendar that was loaded, with the hours of each day; the file where no database is yet (D28).

    A few years after the last one that was entered are there, too, and preliminary.
    """
    settings = of_commands()
    if not settings.database_url and not settings.has_file:
        return with_years_ahead(load_calendar())
    return _of_database(settings) or with_years_ahead(load_calendar())


def _of_database(settings: Settings) -> WorkCalendar | None:
    """What the database holds; None while it was never used by this program."""
    # Imported here: without a database a calculation must not wait for what speaks to one.
    from service.adapters.clock import MachineClock
    from service.adapters.database import Database, connect
    from service.domain.errors import Unavailable
    from service.usecases.times import read_times

    engine = connect(settings.database)
    try:
        with Database(engine, MachineClock()).reading() as uow:
            return read_times(uow).calendar
    except (LookupError, Unavailable):
        return None
    finally:
        engine.dispose()


def load_calendar(path: Path | None = None) -> WorkCalendar:
    """The calendar of a file, each read once a process; CalendarError names the file, the line and what is wrong."""
    return _read(path or calendar_path())


@cache
def _read(file: Path) -> WorkCalendar:
    return parse_calendar(load_calendar_text(file))


def load_calendar_text(file: Path) -> str:
    """The text of a calendar file; CalendarError says why it cannot be had."""
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError as missing:
        raise CalendarError("calendar_file_is_missing", f"{file} (RUQSAT_PROCESSES names its folder)") from missing
    except UnicodeDecodeError as wrong:
        raise CalendarError("calendar_file_is_not_utf-8", str(file)) from wrong
