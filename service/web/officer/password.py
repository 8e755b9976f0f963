"""An officer changes the own password."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import InvalidAnswers
from service.domain.rights import Right
from service.usecases.accounts import change_password
from service.usecases.people import SHORTEST_PASSWORD
from service.web.officer.door import begin_session, me, officer, open_to, program, start_of
from service.web.officer.problems import sentences_of
from service.web.security import limit_password

FIELDS = ("password", "password_new", "password_again")


@officer.route("/password", methods=["GET", "POST"])
@limit_password
@open_to(*Right)
def password() -> ResponseReturnValue:
    """Ask for the present password and twice for the new one; the other sessions of the account end."""
    if request.method == "GET":
        return _page({})
    present, new, again = (request.form.get(name, "") for name in FIELDS)
    try:
        actor = change_password(program(), program().passwords, me(), present, new, again)
    except InvalidAnswers as problem:
        return _page(sentences_of(problem)), 400
    begin_session(actor)
    flash(_("The password is changed. Your other sessions have ended."), "success")
    return redirect(start_of(actor), 303)


def _page(errors: Mapping[str, str]) -> str:
    return render_template("officer/password.html", errors=errors, shortest=SHORTEST_PASSWORD)
