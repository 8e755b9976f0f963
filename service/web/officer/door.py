"""The officers' door: its header, who stands in it, and what each role may open (R5.3, R6.1, R9.1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Blueprint, g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.bootstrap import Program
from service.domain.errors import Forbidden, NotFound
from service.domain.people import LANE_ROLES, Actor
from service.usecases.people import officer_actor
from service.web import sessions
from service.web.navigation import Door, Section, describes
from service.web.services import services

officer = Blueprint("officer", __name__, url_prefix="/office")
Parameters = ParamSpec("Parameters")
View = Callable[Parameters, ResponseReturnValue]

SEES_UNSENT = frozenset({"head", "administrator"})


def program() -> Program:
    """The whole program, as bootstrap has built it."""
    found: Program = services()
    return found


@describes(officer)
def door() -> Door:
    """The header of every page of the office."""
    person = sessions.current("officer")
    actor: Actor | None = g.get("actor")
    home = url_for("officer.worklist")
    if person is None or actor is None:
        return Door(_("Office"), home, applicant=False)
    return Door(
        _("Office"),
        home,
        tuple(_sections(actor)),
        person=f"{actor.name}, {roles_in_words(actor)}",
        sign_out=url_for("officer.sign_out"),
        applicant=False,
    )


def _sections(actor: Actor) -> list[Section]:
    sections = []
    if actor.roles & set(LANE_ROLES):
        tasks = ("officer.task", "officer.paper", "officer.worklist")
        cases = ("officer.case", "officer.extend", "officer.cases")
        sections = [
            Section(url_for("officer.worklist"), _("Work"), tasks),
            Section(url_for("officer.cases"), _("All cases"), cases),
        ]
    if actor.roles & SEES_UNSENT:
        sections.append(Section(url_for("officer.unsent"), _("Not sent"), ("officer.unsent",)))
    return sections


def role_name(role: str) -> str:
    """A role in the language of the page."""
    names: dict[str, str] = {
        "chancellery": _("chancellery"),
        "unit": _("responsible unit"),
        "head": _("head"),
        "reviewer": _("reviewing body"),
        "contact_centre": _("single contact centre"),
        "supervisor": _("supervisor"),
        "administrator": _("administrator"),
        "applicant": _("applicant"),
        "system": _("the program"),
    }
    return names.get(role, role)


def roles_in_words(actor: Actor) -> str:
    """Every role that the officer holds today."""
    return ", ".join(role_name(role) for role in sorted(actor.roles)) or str(_("no role today"))


def open_to(*roles: str) -> Callable[[View[Parameters]], View[Parameters]]:
    """Let only signed-in officers with one of these roles see a page; the roles are read anew at each request.

    Raises `Forbidden`, which leaves a line in the journal.
    """

    def decorate(view: View[Parameters]) -> View[Parameters]:
        @wraps(view)
        @sessions.require("officer")
        def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
            actor = actor_now(g.person.subject)
            if actor is None:
                sessions.sign_out("officer")
                return sessions.ask_to_sign_in("officer")
            g.actor = actor
            if not actor.roles & set(roles):
                raise Forbidden(what="page")
            return view(*args, **kwargs)

        return guarded

    return decorate


def actor_now(subject: str) -> Actor | None:
    """The officer of a session with the roles of this moment; None when the account is gone or closed."""
    try:
        return officer_actor(program(), int(subject))
    except (NotFound, ValueError):
        return None


def me() -> Actor:
    """The officer who asks for this page."""
    actor: Actor = g.actor
    return actor
