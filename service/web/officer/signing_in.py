"""Sign-in of officers by login and password, and sign-out."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.usecases.people import sign_in_officer
from service.web import sessions
from service.web.officer.door import actor_now, begin_session, officer, program, start_of
from service.web.security import limit_sign_in


@officer.route("/sign-in", methods=["GET", "POST"])
@limit_sign_in
def sign_in() -> ResponseReturnValue:
    """Ask for login and password; a wrong pair is told without saying which of the two was wrong."""
    if request.method == "GET":
        person = sessions.current("officer")
        actor = actor_now(person) if person else None
        return redirect(start_of(actor), 303) if actor else _page()
    login, password = request.form.get("login", "").strip(), request.form.get("password", "")
    actor = sign_in_officer(program(), program().passwords, login, password) if login and password else None
    if actor is None:
        return _page(login, wrong=True)
    begin_session(actor)
    return redirect(sessions.signed_in_address(start_of(actor)), 303)


def _page(login: str = "", *, wrong: bool = False) -> ResponseReturnValue:
    page = render_template("officer/sign_in.html", login=login, wrong=wrong, next=request.values.get("next", ""))
    return page, 400 if wrong else 200


@officer.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    sessions.sign_out("officer")
    flash(_("You have signed out."), "success")
    return redirect(url_for("officer.sign_in"), 303)
