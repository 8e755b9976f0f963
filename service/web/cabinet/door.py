"""The applicants' door: its header, who stands in it, and that nobody sees what is another's (R1.1, A1.11.3)."""

from __future__ import annotations

from flask import Blueprint, g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

from service.domain.errors import Forbidden
from service.domain.people import Applicant
from service.program import Program
from service.usecases.tasks import record_foreign_form, record_refusal
from service.web import breaks, errors, foreign, sessions
from service.web.navigation import Door, Section, describes, open_pages
from service.web.services import services

cabinet = Blueprint("cabinet", __name__, url_prefix="/cabinet")
cabinet.context_processor(breaks.context)
signed_in = sessions.require("cabinet")
"""Lets only applicants who have signed in see a page."""

_COMPLAINING = ("complain", "complaint", "complaint_receipt", "complaint_review")
_RIGHTS = ("case_papers", "consent", "minutes_remark")
_FILING = ("open_draft", "draft", "page", "files", "file", "review", "discard")


def program() -> Program:
    """The whole program, as bootstrap has built it."""
    found: Program = services()
    return found


def me() -> Applicant:
    """The applicant who asks for this page, as the signature at the sign-in has shown (R3.3)."""
    return applicant_of(g.person)


def applicant_of(person: sessions.SignedIn) -> Applicant:
    """The applicant of a session."""
    facts = person.facts
    return Applicant(person.subject, facts.get("bin", ""), facts.get("name", ""), facts.get("organisation", ""))


@describes(cabinet)
def door() -> Door:
    """The header of every page of the cabinet."""
    person = sessions.current("cabinet")
    if person is None:
        return Door(_("Cabinet"), url_for("cabinet.home"), open_pages=open_pages())
    applicant = applicant_of(person)
    cases = ("case", "receipt", "position", "withdraw", *_FILING, *_COMPLAINING, *_RIGHTS)
    return Door(
        _("Cabinet"),
        url_for("cabinet.home"),
        (Section(url_for("cabinet.home"), _("My cases"), tuple(f"cabinet.{name}" for name in cases)),),
        person=", ".join(part for part in (applicant.name, applicant.organisation) if part),
        sign_out=url_for("cabinet.sign_out"),
        open_pages=open_pages(),
    )


@cabinet.errorhandler(Forbidden)
def _anothers(error: Forbidden) -> ResponseReturnValue:
    """What belongs to another applicant does not exist for this one; the office's journal keeps who asked for it."""
    record_refusal(program(), me().actor, str(error.data.get("what")), path=foreign.what_was_asked())
    return errors.page(errors.trouble(404))


@cabinet.errorhandler(CSRFError)
def _foreign_form(error: CSRFError) -> ResponseReturnValue:
    """A form that is not ours does nothing; sent in an applicant's name by another site, the journal keeps it."""
    person = sessions.current("cabinet")
    if person and foreign.is_to_be_told(person):
        record_foreign_form(program(), applicant_of(person).actor, foreign.what_was_asked(), foreign.whence())
    return errors.form_too_old(error)
