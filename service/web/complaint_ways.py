"""On which way a complaint came: through the cabinet, or as a paper that the chancellery entered (L64.1, R13.2)."""

from __future__ import annotations

from flask_babel import gettext as _


def way_name(channel: str) -> str:
    """The way in words; the code itself where it is none of ours."""
    names: dict[str, str] = {
        "cabinet": _("through the cabinet"),
        "post": _("by post"),
        "by_hand": _("by hand"),
        "other_body": _("from another state body"),
    }
    return names.get(channel, channel)
