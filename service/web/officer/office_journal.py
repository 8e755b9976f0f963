"""The journal of the office: what belongs to no case, such as sign-ins, accounts, settings, searches (L69.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import PERMIT, JournalEntry
from service.domain.forms_values import Wrong, read_date
from service.domain.rights import Right, may
from service.web.boxes import JournalLine
from service.web.lists import Column, Listing, Order
from service.web.officer import journal
from service.web.officer.door import me, officer, open_to, program, role_name
from service.web.officer.newest import newest_words
from service.web.officer.reading import Words

__all__ = ["office_journal"]


@officer.get("/journal")
@open_to(Right.JOURNAL)
def office_journal() -> ResponseReturnValue:
    """The lines that belong to no case, the newest first, of one day or of all."""
    asked, wrong, order = request.args.get("day", "").strip(), "", Order.asked(())
    day: date | None = None
    try:
        day = date.fromisoformat(read_date(asked)) if asked else None
    except Wrong:
        wrong = _("Write a day of the calendar, for example 12.09.2026.")
    found = program().queries.office_journal(day, order.page)
    words = newest_words(PERMIT)
    rows = [_row(entry, words) for entry in found.rows]
    columns = (Column("at", _("When")), Column("who", _("Who")), Column("what", _("What happened")))
    listing = Listing(columns, rows, order, found.total, found.size, id="journal", more=found.more)
    return render_template("officer/office_journal.html", listing=listing, day=asked, wrong=wrong)


def _row(entry: JournalEntry, words: Words) -> JournalLine:
    """One line in words; who sees no case does not read from here who applies."""
    line = journal.line(entry, words, {})
    if entry.role == "applicant" and not may(me(), Right.CASES):
        return replace(line, who=role_name(entry.role))
    return line
