"""Where the analysts' calendar stands, and reading it once (D21)."""

import os
from functools import cache
from pathlib import Path

from service.domain.calendar import CalendarError, WorkCalendar, parse_calendar


def calendar_path() -> Path:
    """The calendar file in RUQSAT_PROCESSES, or in the folder `processes` beside the program."""
    folder = os.environ.get("RUQSAT_PROCESSES")
    processes = Path(folder) if folder else Path(__file__).resolve().parent.parent / "processes"
    return processes / "calendar" / "kz.csv"


def load_calendar(path: Path | None = None) -> WorkCalendar:
    """The calendar, each file read once a process; CalendarError names the file, the line and what is wrong."""
    return _read(path or calendar_path())


@cache
def _read(file: Path) -> WorkCalendar:
    try:
        return parse_calendar(file.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise CalendarError("calendar_file_is_missing", f"{file} (RUQSAT_PROCESSES names its folder)") from missing
    except UnicodeDecodeError as wrong:
        raise CalendarError("calendar_file_is_not_utf-8", str(file)) from wrong
