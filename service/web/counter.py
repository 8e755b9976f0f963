"""How a page counts the characters of a long answer."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from service.web.formats import number

_PLURALS = ("one", "few", "many", "other")


def counter(longest: int) -> dict[str, Any]:
    """The words and the limit of a text area that counts."""
    return {
        "maxlength": longest,
        "threshold": 75,
        "textareaDescriptionText": _("You can write up to %{count} characters").replace("%{count}", number(longest)),
        "charactersUnderLimitText": dict.fromkeys(_PLURALS, _("Characters left: %{count}")),
        "charactersAtLimitText": _("Characters left: 0"),
        "charactersOverLimitText": dict.fromkeys(_PLURALS, _("Characters too many: %{count}")),
    }
