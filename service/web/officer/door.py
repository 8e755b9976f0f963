"""The officers' door: its header, who stands in it, and what each role may open (R5.3, R6.1, R9.1)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import Blueprint, g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import NotFound
from service.domain.people import Actor
from service.domain.rights import Right, may, require
from service.program import Program
from service.usecases.people import officer_actor
from service.web import sessions
from service.web.navigation import Door, Section, describes
from service.web.services import services

officer = Blueprint("officer", __name__, url_prefix="/office")
Parameters = ParamSpec("Parameters")
View = Callable[Parameters, ResponseReturnValue]


def program() -> Program:
    """The whole program, as bootstrap has built it."""
    found: Program = services()
    return found


@describes(officer)
def door() -> Door:
    """The header of every page of the office."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        return Door(_("Office"), url_for("officer.worklist"), applicant=False)
    return Door(
        _("Office"),
        start_of(actor),
        tuple(_sections(actor)),
        person=f"{actor.name}, {roles_in_words(actor)}",
        password=url_for("officer.password"),
        sign_out=url_for("officer.sign_out"),
        applicant=False,
    )


OF_A_CASE = (
    "officer.case", "officer.extend", "officer.beside", "officer.correct", "officer.take_in",
    "officer.error_in_document", "officer.permit",
)  # fmt: skip
"""The pages that belong to a case."""

PAGES: tuple[tuple[str, tuple[Right, ...], tuple[str, ...]], ...] = (
    ("officer.worklist", (Right.WORK,), ("officer.task", "officer.paper")),
    ("officer.cases", (Right.CASES, Right.REVIEWS), OF_A_CASE),
    ("officer.duties", (Right.DUTIES,), ("officer.duty", "officer.act_paper")),
    ("officer.claims", (Right.CASES,), ("officer.court_claim", "officer.new_claim")),
    ("officer.overview", (Right.OVERVIEW,), ("officer.month",)),
    ("officer.status", (Right.STATUS,), ()),
    ("officer.unsent", (Right.MESSAGES,), ()),
    ("officer.acting", (Right.ACTING,), ("officer.end_acting",)),
    ("officer.settings", (Right.SETTINGS,), ("officer.setting", "officer.portal_break")),
    ("officer.office_journal", (Right.JOURNAL,), ()),
)
"""The sections of the office in their order: the page, the rights that open it, and the pages that belong to it."""


def start_of(actor: Actor) -> str:
    """Where the officer's work begins: the first section that is open to them."""
    return next((section.address for section in _sections(actor)), url_for("officer.worklist"))


def _sections(actor: Actor) -> list[Section]:
    names = {
        "officer.worklist": _("Work"),
        "officer.cases": _("All cases") if may(actor, Right.CASES) else _("Cases under review"),
        "officer.duties": _("Duties"),
        "officer.claims": _("Claims in court"),
        "officer.overview": _("Overview"),
        "officer.status": _("Status of a case"),
        "officer.unsent": _("Not sent"),
        "officer.acting": _("Acting head"),
        "officer.settings": _("Settings"),
        "officer.office_journal": _("Journal of the office"),
    }
    return [
        Section(url_for(page), names[page], (page, *others))
        for page, rights, others in PAGES
        if any(may(actor, right) for right in rights)
    ]


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
        "unknown": _("not signed in"),
    }
    return names.get(role, role)


def roles_in_words(actor: Actor) -> str:
    """Every role that the officer holds today."""
    return ", ".join(role_name(role) for role in sorted(actor.roles)) or str(_("no role today"))


def open_to(*rights: Right) -> Callable[[View[Parameters]], View[Parameters]]:
    """Let only signed-in officers with one of these rights see a page; the roles are read anew at each request.

    Raises `Forbidden`, which leaves a line in the journal.
    """

    def decorate(view: View[Parameters]) -> View[Parameters]:
        @wraps(view)
        @sessions.require("officer")
        def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
            actor = actor_now(g.person)
            if actor is None:
                sessions.sign_out("officer")
                return sessions.ask_to_sign_in("officer")
            g.actor = actor
            g.actor = require(actor, *rights)  # what is noted of this request is done in the role that opens it
            return view(*args, **kwargs)

        return guarded

    return decorate


def actor_now(person: sessions.SignedIn) -> Actor | None:
    """The officer of a session with the roles of this moment.

    None when the account is gone or closed, or has another password than the session was opened with.
    """
    try:
        actor = officer_actor(program(), int(person.subject))
    except (NotFound, ValueError):
        return None
    return actor if actor is not None and actor.session == person.facts.get("session") else None


def begin_session(actor: Actor) -> None:
    """Let the officer in; the session lasts no longer than the password by which it was opened."""
    sessions.sign_in("officer", str(actor.officer_id), name=actor.name, session=actor.session)


def me() -> Actor:
    """The officer who asks for this page."""
    actor: Actor = g.actor
    return actor
