"""Who has signed in, without signing in: that has tests of its own, and the others would do it a thousand times."""

from __future__ import annotations

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface

from service.demo.people import Cast
from service.sandbox.personas import PERSONAS
from service.web import sessions
from service.web.officer.door import begin_session


def session_of(app: Flask, people: Cast, who: str) -> str:
    """The cookie of an officer, by the login, or of an applicant, by the persona, who has signed in to these pages."""
    with app.test_request_context():
        if who in PERSONAS:
            own = people.applicant(who)
            facts = {"bin": own.bin, "name": own.name, "organisation": own.organisation}
            sessions.sign_in("cabinet", own.iin, **facts)
        else:
            begin_session(people.officer(who))
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert serializer is not None
        return str(serializer.dumps(dict(session)))
