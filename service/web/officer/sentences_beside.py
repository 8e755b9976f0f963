"""What the journal says of acts beside the diagram: minutes, corrections, access to the file, consent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _

from service.web.document_names import document_name
from service.web.officer.said import Said, Sentence


def part_name(part: str) -> str:
    """In which part somebody signs the minutes."""
    names: dict[str, str] = {"chair": _("chair of the hearing"), "secretary": _("secretary of the hearing")}
    return names.get(part, part)


def _late(said: Said) -> Sequence[str]:
    return [_("It came late.")] if said.entry.details.get("late") else []


SENTENCES_BESIDE: Mapping[str, Sentence] = {
    "paper_sent": lambda s: _(
        "Signed and delivered to the cabinet: %(document)s %(number)s.",
        document=document_name(s.text("kind")),
        number=s.text("number"),
    ),
    "holder_paper_sent": lambda s: _(
        "Signed and delivered to the cabinet of the permit's holder: %(document)s %(number)s.",
        document=document_name(s.text("kind")),
        number=s.text("number"),
    ),
    "minutes_signers": lambda s: _("It was said who signs the minutes of the hearing."),
    "minutes_signed": lambda s: _(
        "The minutes %(number)s were signed by the %(part)s.", number=s.text("number"), part=part_name(s.text("part"))
    ),
    "minutes_remarked": lambda s: (
        _("The holder of the permit remarked on the minutes %(number)s.", number=s.text("number"))
        if s.entry.details.get("holder")
        else _("The applicant remarked on the minutes %(number)s.", number=s.text("number"))
    ),
    "error_reported": lambda s: _("A clerical error was found in %(number)s.", number=s.text("number")),
    "no_error_found": lambda s: _("No clerical error was found in %(number)s.", number=s.text("number")),
    "document_corrected": lambda s: _("A clerical error was corrected in %(number)s.", number=s.text("number")),
    "register_corrected": lambda s: _("The entry in the state register was corrected with its permit."),
    "access_asked": lambda s: _("The applicant asked for access to the case file."),
    "access_given": lambda s: _("Access to the case file was given until %(day)s.", day=s.day("open_until")),
    "file_fetched": lambda s: _("The applicant fetched the case file with copies."),
    "consent_withdrawn": lambda s: _("The applicant withdrew the consent to the use of protected data."),
    "notice_told": lambda s: _("The person was told of a notice in another way on %(day)s.", day=s.day("told_on")),
}
"""A sentence for each of these actions."""

DETAILS_BESIDE: Mapping[str, Callable[[Said], Sequence[str]]] = {
    "minutes_signers": lambda s: [
        f"{part_name('chair')}: {s.text('chair')}",
        f"{part_name('secretary')}: {s.text('secretary')}",
        *s.before(),
    ],
    "minutes_remarked": _late,
    "error_reported": lambda s: [s.text("reason")],
    "no_error_found": lambda s: [s.text("reason")],
    "document_corrected": lambda s: [*s.many("changed"), s.text("reason")],
    "register_corrected": lambda s: s.many("changed"),
    "access_asked": lambda s: [s.text("reason")],
    "access_given": lambda s: [s.text("note")],
    "file_fetched": lambda s: [f"SHA-256: {s.text('sha256')}"],
    "consent_withdrawn": lambda s: [s.text("reason")],
    "notice_told": lambda s: [s.text("how")],
}
"""Further facts of these entries."""
