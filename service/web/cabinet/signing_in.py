"""Sign-in by signing a challenge, without a password, and sign-out (R1.1, R2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hmac import compare_digest

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import SignatureRefused
from service.usecases.evidence import SignatureUnchecked
from service.usecases.sign_in import (
    GOOD_FOR,
    challenge_text,
    new_challenge,
    record_refused_sign_in,
    sign_in_applicant,
)
from service.web import sessions
from service.web.cabinet.door import cabinet, program
from service.web.cabinet.keys import demo_keys
from service.web.cabinet.problems import listed
from service.web.cabinet.words import signature_reasons
from service.web.security import limit_sign_in
from service.web.signing import Signing, ToSign, signatures

_CHALLENGE = "cabinet_challenge"
_SHOWN_AGAIN = GOOD_FOR / 2
"""A page opened again shows the same challenge while enough of its ten minutes is left."""


@cabinet.route("/sign-in", methods=["GET", "POST"])
@limit_sign_in
def sign_in() -> ResponseReturnValue:
    """Show a challenge to be signed; take its signature and open the session of whoever signed it."""
    if request.method == "GET":
        if sessions.current("cabinet"):
            return redirect(sessions.signed_in_address(url_for("cabinet.home")), 303)
        return _page()
    nonce, sent = request.form.get("nonce", ""), signatures()
    # Only the browser that was shown a challenge may bring its signature: one signed elsewhere signs nobody in here.
    shown = str(session.pop(_CHALLENGE, "")).partition(" ")[0]
    problem = (
        "format" if sent is None else "" if shown and compare_digest(nonce.encode(), shown.encode()) else "challenge"
    )
    if sent is None or problem:
        record_refused_sign_in(program(), [problem])
        return _page(signature_reasons([problem])), 400
    try:
        applicant = sign_in_applicant(program(), nonce, sent[0])
    except SignatureRefused as refused:
        return _page(signature_reasons(refused.data["reasons"])), 400
    except SignatureUnchecked as unchecked:
        reasons = unchecked.data["reasons"]
        again = [] if "algorithm" in reasons else [_("Nothing is wrong with your key. Try again in a few minutes.")]
        return _page([*signature_reasons(reasons), *again]), 503
    sessions.sign_in(
        "cabinet", applicant.iin, bin=applicant.bin, name=applicant.name, organisation=applicant.organisation
    )
    return redirect(sessions.signed_in_address(url_for("cabinet.home")), 303)


@cabinet.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    sessions.sign_out("cabinet")
    flash(_("You have signed out."), "success")
    return redirect(url_for("cabinet.sign_in"), 303)


def _page(problems: Sequence[str] = ()) -> str:
    nonce, text = _challenge()
    signing = Signing(
        documents=[ToSign(_("Text of the sign-in, for this visit only"), text)],
        title=_("Sign in with your electronic signature"),
        button=_("Sign in with NCALayer"),
        fields={"nonce": nonce, "next": request.values.get("next", "")},
        offered_personas=demo_keys(),
        persona=request.form.get("persona", ""),
    )
    return render_template("cabinet/sign_in.html", signing=signing, problems=listed(problems, "#signing"))


def _challenge() -> tuple[str, bytes]:
    now = program().clock.now()
    nonce, _blank, since = str(session.get(_CHALLENGE, "")).partition(" ")
    if nonce and timedelta() <= now - datetime.fromisoformat(since) < _SHOWN_AGAIN:
        return nonce, challenge_text(program(), nonce)
    nonce, text = new_challenge(program())
    session[_CHALLENGE] = f"{nonce} {now.isoformat()}"
    return nonce, text
