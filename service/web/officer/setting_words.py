"""What the office calls dated settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from service.web.languages import language


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
