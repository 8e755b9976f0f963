"""The worklist: what is late first, whose it is, how long there is left (R5.3, R6.1, D2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import PERMIT
from service.domain.deadlines import closing, local
from service.domain.messages import OfficerNote
from service.domain.people import Actor
from service.domain.rights import Right, lanes_of, may
from service.domain.views import MOST_COUNTED, NoteRow, WorkCounts, WorkRow
from service.usecases.officer_notes import dismiss_note
from service.usecases.record_reading import record_search
from service.web import formats, typed
from service.web.duty_names import duty_name
from service.web.lists import Column, Listing, Order
from service.web.officer.complaint_words import complaint_notes
from service.web.officer.door import me, officer, open_to, program, start_of
from service.web.officer.outline import ways_of
from service.web.officer.reading import Words, edition_of
from service.web.officer.terms import NOTICE_PAPER, left_in_words, notice_latest
from service.web.page import here

TABS = ("mine", "unassigned", "all")
SHOWN_NOTES = 3
MOST_NOTES = 50


@dataclass(frozen=True)
class Row:
    """One line of the worklist; `service_passed` says whether the service term has passed (A1.4).

    `runs_left` is what is left of the term that runs while an earlier one of the task was missed (R8.2). `hearing` is
    the day and the hour for which the hearing of this task is appointed (R8.1).

    `can_claim` and `can_return` say which button it has.
    """

    work: WorkRow
    task: str
    lane: str
    left: str
    service_passed: bool
    notice: dt.date | None
    notice_passed: bool
    can_claim: bool
    can_return: bool
    runs_left: str = ""
    hearing: str = ""


@dataclass(frozen=True)
class Tab:
    """One tab of the worklist and how many tasks stand behind it."""

    name: str
    address: str
    count: str
    current: bool


@dataclass(frozen=True)
class Note:
    """A note for the officer in words; `bad` where a term was missed."""

    id: int
    text: str
    case: str
    address: str
    at: dt.datetime
    bad: bool


@officer.get("/")
@open_to(*Right)
def worklist() -> ResponseReturnValue:
    """Open tasks: mine, nobody's, or all of my roles; the head sees those of every lane.

    Who has no tasks is led to where their own work begins.
    """
    actor, lanes = me(), lanes_of(me())
    if not may(actor, Right.WORK):
        return redirect(start_of(actor), 303)
    tab = request.args.get("tab", "")
    search, late = request.args.get("q", "").strip(), request.args.get("late") == "yes"
    counts = program().queries.work_counts(actor.roles, lanes, actor.officer_id or 0)
    if tab not in TABS:
        tab = "mine" if counts.mine or not counts.unassigned else "unassigned"
    order = Order.asked(())
    found = program().queries.worklist(
        lanes if tab == "all" else actor.roles,
        program().clock.now(),
        officer_id=actor.officer_id if tab == "mine" else None,
        unassigned=tab == "unassigned",
        search=search,
        late=late,
        page=order.page,
    )
    if search:
        record_search(program(), actor, search, found.total)
    rows = [_row(row, actor) for row in found.rows]
    listing = Listing(_columns(), rows, order, found.total, found.size, id="work", more=found.more)
    return render_template(
        "officer/worklist.html",
        listing=listing,
        tabs=_tabs(counts, tab),
        tab=tab,
        search=search,
        late=late,
        notes=_notes(actor),
        shown_notes=SHOWN_NOTES,
        acting=_acting(actor),
        several_lanes=len(lanes) > 1,
    )


def _tabs(counts: WorkCounts, shown: str) -> Sequence[Tab]:
    named = (("mine", _("Mine"), counts.mine), ("unassigned", _("Nobody's"), counts.unassigned))
    return [
        Tab(text, here(tab=name, page=None), _counted(number), name == shown)
        for name, text, number in (*named, ("all", _("All"), counts.all))
    ]


def _counted(number: int) -> str:
    return str(number) if number <= MOST_COUNTED else f"{MOST_COUNTED}+"


def _columns() -> Sequence[Column]:
    return (
        Column("case", _("Case and applicant")),
        Column("task", _("Task")),
        Column("who", _("Who has it")),
        Column("due", _("Due")),
        Column("later", _("Further terms")),
        Column("act", _("Action")),
    )


def _row(row: WorkRow, actor: Actor) -> Row:
    calendar, now, words = program().calendar, program().clock.now(), Words(edition_of(row.edition_id, row.procedure))
    service, is_mine = row.service_due_at, row.assignee_id == actor.officer_id
    invites = row.procedure == PERMIT and not row.notified_on and ways_of(words).leads_to(NOTICE_PAPER, [row.element])
    notice = notice_latest(calendar, words.edition.terms, row.registered_on, service) if invites else None
    return Row(
        work=row,
        task=words.name(row.element),
        lane=words.lane(row.role),
        left=left_in_words(calendar, now, row.due_at) if row.due_at else "",
        service_passed=service is not None and now > service,
        notice=notice,
        notice_passed=notice is not None and now > closing(calendar, notice),
        can_claim=row.assignee_id is None and row.role in actor.roles,
        can_return=is_mine and row.role in actor.roles,
        runs_left=left_in_words(calendar, now, row.runs_until) if row.late and row.runs_until else "",
        hearing=formats.day_and_hour(row.hearing_on, row.hearing_at),
    )


def _notes(actor: Actor) -> list[Note]:
    """Missed terms first, then reminders and what has happened; each the newest first, of a kind the newest only."""
    found = program().queries.notes_with_cases(actor.officer_id or 0, actor.roles, open_only=True, limit=MOST_NOTES)
    latest = {(row.note.case_id, row.note.duty_id, row.note.element, row.note.kind): row for row in reversed(found)}
    newest = sorted(latest.values(), key=lambda row: (row.note.at, row.note.id), reverse=True)
    return [_note(row) for row in sorted(newest, key=lambda row: row.note.kind != "escalation")]


def _position_note(note: OfficerNote) -> str:
    if note.details.get("holder"):
        return str(_("The holder of the permit has stated a position"))
    if note.role == "reviewer":
        return str(_("The person who complained has stated a position"))
    return str(_("The applicant has stated a position"))


def note_text(note: OfficerNote, term: str) -> str:
    """What a note says; `term` is what its element is called where it is of a term. KeyError for an unknown kind."""
    sentences: dict[str, str] = {
        "reminder": _("Reminder of the term: %(term)s", term=term),
        "escalation": _("Missed term: %(term)s", term=term),
        "position": _position_note(note),
        "minutes": duty_name("sign_minutes", str(note.details.get("part") or "")),
        "consent": _("The applicant withdrew the consent"),
        **complaint_notes(note),
    }
    return sentences[note.kind]


def _note(row: NoteRow) -> Note:
    note, bad = row.note, row.note.kind == "escalation"
    case = f"{row.case_number}, {row.applicant_name}" if row.case_number else str(_("Duties"))
    if note.duty_id is not None:
        text = note_text(note, duty_name(note.element, str(note.details.get("part") or "")))
        address = url_for("officer.duty", duty_id=note.duty_id)
    else:
        text = note_text(note, Words(edition_of(row.edition_id or 0, row.procedure)).term(note.element))
        address = url_for("officer.case", case_id=note.case_id)
    return Note(note.id, text, case, address, note.at, bad)


@officer.post("/notes/<int:note_id>/dismiss")
@open_to(Right.WORK)
def dismiss(note_id: int) -> ResponseReturnValue:
    """Put a reminder away."""
    dismiss_note(program(), note_id, me())
    flash(_("The reminder was put away. The journal of the case keeps it."), "success")
    return redirect(typed.page(), 303)


def _acting(actor: Actor) -> str:
    """Until when and by which order the officer acts for the head (R9.1)."""
    with program().reading() as uow:
        held = uow.people.roles(actor.officer_id or 0, local(uow.now).date())
    acting = next((role for role in held if role.acting), None)
    if acting is None:
        return ""
    until = formats.date(acting.valid_until)
    return str(_("You act for the head until %(day)s by order No. %(order)s.", day=until, order=acting.basis))
