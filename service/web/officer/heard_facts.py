"""What the office is shown of a hearing and of what was said to the preliminary decision (R8.3, L73)."""

from __future__ import annotations

from flask_babel import gettext as _

from service.domain.views import CaseView
from service.web import formats
from service.web.boxes import Stated
from service.web.officer.facts import Pairs, attached
from service.web.officer.reading import Words


def positions(view: CaseView, words: Words) -> list[Stated]:
    """The applicant's positions with their files."""
    known = {file.id: file for file in view.attachments}
    found = []
    for position in view.positions:
        file = known.get(position.attachment_id or 0)
        shown_file = attached(file, view.case, words) if file else None
        found.append(
            Stated(position.at, position.text, position.wants_oral, position.late, shown_file, position.of_holder)
        )
    return found


def hearing(view: CaseView, words: Words) -> Pairs:
    """The hearing, or the basis on which none is held (R8.3, L73.2)."""
    held = view.hearing
    if held is None:
        return []
    if held.exemption:
        basis = words.listed("hearing_exemptions", held.exemption)
        return [(_("No hearing is held"), basis), (_("Reasons"), held.exemption_reason)]
    when = ", ".join(text for text in (formats.date(held.held_on), held.held_at) if text)
    found = [
        (_("Notice sent"), formats.moment(held.notified_at)),
        (_("Basis of the late notice"), held.late_basis),
        (_("Hearing on"), when),
        (_("Way"), words.option("hearing_way", held.way) if held.way else ""),
        (_("Place"), held.place),
        (_("How it went"), words.option("hearing_result", held.result) if held.result else ""),
        (_("Who is heard"), _("the holder of the permit") if held.of_holder else ""),
        (
            _("Announced decision") if view.complaint else _("Outcome"),
            words.option("outcome", held.outcome) if held.outcome else "",
        ),
    ]
    return [(label, text) for label, text in found if text]
