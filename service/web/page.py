"""What every template can use: the door, the switches, the time, why something was kept."""

from __future__ import annotations

from typing import Any

from flask import Flask, request

from service.web import formats, forms, languages, law, navigation, typed, vision
from service.web.services import ground

CONTACTS = ("1414", "8 800 080 7777")
"""The single contact centre (A1.11.5)."""


def init_app(app: Flask) -> None:
    """Give the templates of this application what every page needs."""
    app.context_processor(context)
    app.jinja_env.filters["law"] = formats.at_each_page(law.cite)
    app.jinja_env.globals.update(
        here=here, page_address=typed.page, language_names=languages.NAMES, contacts=CONTACTS, named=forms.named
    )


def context() -> dict[str, Any]:
    """Gather it for one page."""
    services = ground()
    return {
        "language": languages.language(),
        "vision": vision.current(),
        "door": navigation.current(),
        "demo": services.settings.demo,
        "now": services.clock.now(),
        "ncalayer_url": services.settings.ncalayer_url,
        "why_kept": typed.why_kept(),
    }


def here(**changes: str | int | None) -> str:
    """Give the address of this page with parts of its query changed; None takes a part away.

    Filters, sort order and page number of a list live in the query, so that they can be kept, shared and returned to.
    """
    return typed.with_query(typed.local_address(request.full_path.rstrip("?")) or "/", **changes)
