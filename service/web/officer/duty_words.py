"""What the office calls duties and dated settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from service.web.languages import language


def duty_name(kind: str) -> str:
    """What has to be done."""
    names: dict[str, str] = {
        "inform_operator": _("Inform the operator of the e-government infrastructure of the changed rules"),
        "inform_contact_centre": _("Inform the single contact centre of the changed rules"),
        "publish_rules": _("Publish the order on the ministry's internet resource"),
        "report_to_legal_department": _("Report the registration and publication of the order to the legal department"),
        "correct_error": _("Correct a clerical error in a document"),
        "send_correction": _("Send the corrected document to the applicant"),
        "give_case_file": _("Give the applicant access to the case file"),
        "sign_minutes": _("Sign the minutes of the hearing"),
        "answer_remarks": _("Answer the remarks on the minutes"),
        "notify_extension": _("Tell the applicant of the longer term"),
        "post_paper": _("Post the paper to the person who complained on paper"),
        "carry_out_decision": _("Do what the decision on a complaint binds to"),
        "prepare_for_court": _("Prepare the statement of defence and the position of the superior body"),
    }
    return names[kind]


def setting_name(name: str) -> str:
    """What a dated setting is called."""
    names: dict[str, str] = {
        "provider_name": _("name of the provider"),
        "provider_details": _("details of the provider"),
        "reviewing_body": _("reviewing body"),
        "working_hours": _("working hours"),
    }
    return names.get(name, name)


def setting_value(value: Mapping[str, Any]) -> str:
    """A value as people read it: its text in the language of the page, or the hours."""
    if "opens" in value:
        hours = f"{value['opens']}-{value['closes']}"
        return str(_("%(hours)s, break %(pause)s", hours=hours, pause=f"{value['break_from']}-{value['break_until']}"))
    return str(value.get(language()) or value.get("kk") or "")
