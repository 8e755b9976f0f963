"""The header of the public pages, and the program as they see it."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, url_for
from flask_babel import gettext as _

from service.domain.deadlines import local
from service.program import Program
from service.web import breaks
from service.web.navigation import Door, Section, describes, open_pages
from service.web.services import services

public = Blueprint("public", __name__)
public.context_processor(breaks.context)


def program() -> Program:
    """The whole program, as bootstrap has built it."""
    found: Program = services()
    return found


def today() -> date:
    """The provider's local day."""
    return local(program().clock.now()).date()


@describes(public)
def door() -> Door:
    """The header of every public page; help always stands at the same place (A1.11.5)."""
    return Door(
        _("Permit for secured digital assets"),
        url_for("public.home"),
        (*open_pages(), Section("/cabinet/", _("Cabinet"))),
    )
