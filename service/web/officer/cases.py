"""The cases that an officer may see, and one case to read; nothing to change but the head's longer term (O5, R13.1)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import Case, CaseState
from service.domain.rights import Right, lanes_of, may
from service.domain.views import CaseView
from service.usecases.extend_term import EXTENDED
from service.usecases.record_reading import record_search
from service.web.document_names import document_name
from service.web.lists import Column, Listing, Order
from service.web.officer import deliveries, drawing, outline, terms
from service.web.officer.beside import duty_rows
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.page import case_view, common
from service.web.officer.reading import Words
from service.web.officer.words import ending_name
from service.web.permit_states import permit_ahead, permit_tag

__all__ = ["case", "cases", "drawing"]


@dataclass(frozen=True)
class Row:
    """One case in the list; `outcome` is how it ended, in words."""

    case: Case
    outcome: str


@officer.get("/cases")
@open_to(Right.CASES, Right.REVIEWS)
def cases() -> ResponseReturnValue:
    """Every case that this officer may see, the newest first, by number, IIN, BIN or name, open or closed."""
    search, state = request.args.get("q", "").strip(), request.args.get("state", "")
    order = Order.asked(())
    wanted = CaseState(state) if state in set(CaseState) else None
    found = program().queries.cases_for(me(), search=search, state=wanted, page=order.page)
    if search:
        record_search(program(), me(), search, found.total)
    rows = [Row(each, ending_name(Words.of(each), each.outcome) if each.outcome else "") for each in found.rows]
    columns = (
        Column("number", _("Case")),
        Column("applicant", _("Applicant")),
        Column("received", _("Received")),
        Column("state", _("State")),
    )
    listing = Listing(columns, rows, order, found.total, found.size, id="cases", more=found.more)
    return render_template(
        "officer/cases.html", listing=listing, search=search, state=state, may_take_in=may(me(), Right.COMPLAINTS)
    )


def _delivered(view: CaseView, words: Words) -> list[deliveries.Row]:
    """What became of each notice, and of each letter to who complained on paper (L66.1)."""
    told = deliveries.rows(view.case, program().queries.deliveries(view.case.id), words)
    if not view.case.came_on_paper:
        return told
    papers = {each.id: f"{document_name(each.kind)} {each.number}" for each in view.documents}
    with program().reading() as uow:
        return told + deliveries.posted(view.case, uow.duties.of_case(view.case.id), view.notices, papers, words)


@officer.get("/cases/<int:case_id>")
@open_to(Right.CASES, Right.REVIEWS)
def case(case_id: int) -> ResponseReturnValue:
    """One case with everything that belongs to it."""
    view = case_view(case_id)
    words = Words.of(view.case)
    calendar, now, actor = program().calendar, program().clock.now(), me()
    tasks = [
        (task, words.name(task.element), words.lane(task.role), terms.task_term(view, words, calendar, now, task.id))
        for task in view.open_tasks()
    ]
    may_take = may(actor, Right.LEAD) or may(actor, Right.REVIEWS)
    is_open, extendable = view.case.state is CaseState.OPEN, words.edition.catalogue.catches(EXTENDED)
    return render_template(
        "officer/case.html",
        tasks=tasks,
        waits=[(outline.wait_name(row, words), row, words.element(row.element)) for row in outline.waits(view)],
        may_open={task.id for task, *_rest in tasks if task.role in lanes_of(actor)},
        officers=view.officers,
        may_extend=may(actor, Right.LEAD) and is_open and extendable,
        delivered=_delivered(view, words),
        may_take_package=may_take,
        has_sent_package=may_take and view.complaint is not None and bool(view.complaint.package_sha256),
        entry=view.entry,
        permit_tag=permit_tag(program(), view.entry) if view.entry else None,
        permit_ahead=permit_ahead(program(), view.entry) if view.entry else (),
        may_see_entry=may(actor, Right.CASES),
        open_duties=duty_rows(view.case, open_only=True),
        beside=may(actor, Right.CASES) or may(actor, Right.REVIEWS),
        **common(view, words),
    )
