"""What the documents of the procedures are called, on every page and in every letter."""

from __future__ import annotations

from flask_babel import gettext as _


def document_name(kind: str) -> str:
    """A document in the language of the page."""
    names: dict[str, str] = {
        "application": _("Application"),
        "permit": _("Permit"),
        "refusal": _("Reasoned refusal"),
        "notice_not_considered": _("Notice of refusal of further consideration"),
        "preliminary_decision": _("Preliminary decision and invitation to the hearing"),
        "notice_extension": _("Notice of the extension"),
        "hearing_minutes": _("Minutes of the hearing"),
        "hearing_remarks": _("Remarks on the minutes and their answers"),
        "position": _("Applicant's position"),
        "answer_on_paper": _("Answer on paper"),
        "complaint": _("Complaint"),
        "complaint_satisfied": _("Decision to satisfy the complaint"),
        "complaint_answer": _("Answer to the complaint"),
        "review_invitation": _("Invitation to the hearing on the complaint"),
        "review_decision": _("Decision on the complaint"),
    }
    return names.get(kind, kind)
