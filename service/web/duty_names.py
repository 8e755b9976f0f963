"""What the duties beside the diagrams are called."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import force_locale
from flask_babel import gettext as _

from service.domain.document_parts import Words
from service.domain.duties import DUTIES
from service.domain.languages import LANGUAGES


def duty_name(kind: str, part: str = "") -> str:
    """What has to be done; of minutes that two sign, in which part."""
    names: dict[str, str] = {
        "inform_operator": _("Inform the operator of the e-government infrastructure of the changed rules"),
        "inform_contact_centre": _("Inform the single contact centre of the changed rules"),
        "publish_rules": _("Publish the order on the ministry's internet resource"),
        "report_to_legal_department": _("Report the registration and publication of the order to the legal department"),
        "correct_error": _("Correct a clerical error in a document"),
        "give_case_file": _("Give the applicant access to the case file"),
        "sign_minutes": {
            "chair": _("Sign the minutes of the hearing as chair"),
            "secretary": _("Sign the minutes of the hearing as secretary"),
        }.get(part, _("Sign the minutes of the hearing")),
        "answer_remarks": _("Answer the remarks on the minutes"),
        "notify_extension": _("Tell the applicant of the longer term"),
        "post_paper": _("Post the paper to the person who complained on paper"),
        "carry_out_decision": _("Do what the decision on a complaint binds to"),
        "carry_out_court_act": _("Do what the court has ordered"),
        "prepare_for_court": _("Prepare the statement of defence and the position of the superior body"),
    }
    return names[kind]


def duty_words() -> Mapping[str, Words]:
    """The name of every kind of duty in all languages."""
    return {kind: Words(*(_in(language, kind) for language in LANGUAGES)) for kind in DUTIES}


def _in(language: str, kind: str) -> str:
    with force_locale(language):
        return str(duty_name(kind))
