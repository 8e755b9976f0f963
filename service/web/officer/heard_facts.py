"""What the office is shown of a hearing and of what was said to the preliminary decision (R8.3, L73)."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _

from service.domain.case import CaseState
from service.domain.rights import Right, may
from service.domain.views import CaseView
from service.usecases.answer_on_paper import answerable
from service.web import formats
from service.web.boxes import Stated, stated
from service.web.heard_way import way_of
from service.web.officer.door import me, program
from service.web.officer.facts import Pairs, attached
from service.web.officer.reading import Words


def positions(view: CaseView, words: Words) -> list[Stated]:
    """The applicant's positions with their files."""
    known = {file.id: file for file in view.attachments}
    found = []
    for position in view.positions:
        file = known.get(position.attachment_id or 0)
        shown_file = attached(file, view.case, words) if file else None
        found.append(stated(position, file, shown_file))
    return found


def address_of_answer(view: CaseView) -> str:
    """Where this officer records an answer that came on paper; empty where nobody answers so, or not any more."""
    is_open = view.case.came_on_paper and view.case.state is CaseState.OPEN
    if not is_open or not (may(me(), Right.COMPLAINTS) or may(me(), Right.REVIEWS)):
        return ""
    with program().reading() as uow:
        awaited = answerable(uow, view.case)
    return url_for("officer.answer_on_paper", case_id=view.case.id) if awaited else ""


def hearing(view: CaseView, words: Words) -> Pairs:
    """The hearing, or the basis on which none is held (R8.3, L73.2)."""
    held = view.hearing
    if held is None:
        return []
    if held.exemption:
        basis = words.listed("hearing_exemptions", held.exemption)
        return [(_("No hearing is held"), basis), (_("Reasons"), held.exemption_reason)]
    found = [
        (_("Notice sent"), formats.moment(held.notified_at)),
        (_("Basis of the late notice"), held.late_basis),
        (_("Hearing on"), formats.day_and_hour(held.held_on, held.held_at)),
        (_("Way"), way_of(held, view.positions, words.option("hearing_way", held.way)) if held.way else ""),
        (_("Place"), held.place),
        (_("How it went"), words.option("hearing_result", held.result) if held.result else ""),
        (_("Who is heard"), _("the holder of the permit") if held.of_holder else ""),
        (
            _("Announced decision") if view.complaint else _("Outcome"),
            words.option("outcome", held.outcome) if held.outcome else "",
        ),
    ]
    return [(label, text) for label, text in found if text]
