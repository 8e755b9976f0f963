"""Who is signed in at which door, and when that ends.

The office and the cabinet are two doors with two sign-ins. A session ends after an hour without a request, twelve
hours after it began, or by signing out. What a person was typing when it ended is kept (see `typed`).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec

from flask import Flask, Request, abort, current_app, flash, g, redirect, request, session, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from itsdangerous import BadSignature

from service.web import security, typed
from service.web.services import ground
from service.web.stash import Stash, WallClock
from service.web.typed import with_query

__all__ = ["SignedIn", "Stash", "current", "owner_here", "require", "sign_in", "sign_out", "signed_in_address"]

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
_REFRESH = timedelta(minutes=1)
_LEFT = "left:"
"""With the name of a door: a mark of who was signed in there before."""
Parameters = ParamSpec("Parameters")


@dataclass(frozen=True)
class SignedIn:
    """A person at a door: `subject` is the officer's id or the applicant's IIN, `facts` what the door wants to know."""

    door: str
    subject: str
    facts: dict[str, Any]
    since: datetime

    @property
    def owner(self) -> str:
        """Name the person for things that are theirs alone."""
        return f"{self.door}:{self.subject}"


class Cookies(SecureCookieSessionInterface):
    """Reads a session's cookie whatever the machine's clock says: it may step back behind the hour of the cookie.

    When a session ends is told by what stands in it (`current`).
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of this browser; an empty one where the cookie is missing or not ours."""
        serializer = self.get_signing_serializer(app)
        if serializer is None:
            return None
        try:
            return self.session_class(serializer.loads(request.cookies.get(self.get_cookie_name(app), "")))
        except BadSignature:
            return self.session_class()


def init_app(app: Flask) -> None:
    """Let this application keep its sessions so."""
    app.session_interface = Cookies()


def sign_in(door: str, subject: str, **facts: Any) -> None:
    """Begin a session at this door; a name, an IIN and a BIN are facts enough.

    Whoever was signed in here before is signed out, and forms get another secret: one that somebody has put into this
    browser beforehand serves nothing.
    """
    sign_out(door)
    security.renew_form_secret()
    now = _wall().now()
    session[door] = {
        "id": secrets.token_urlsafe(12), "subject": subject, "facts": facts,
        "since": now.isoformat(), "seen": now.isoformat(),
    }  # fmt: skip


def sign_out(door: str) -> None:
    """End the session at this door, also for copies of its cookie."""
    found = _leave(door)
    if found:
        ground().stash.put(_ended_key(found["id"]), b"signed out", _wall().now() + LONGEST)


def current(door: str) -> SignedIn | None:
    """Give the person signed in at this door, or None; a session that has ended is forgotten here."""
    found = session.get(door)
    if not found:
        return None
    now, since, seen = _wall().now(), *(datetime.fromisoformat(found[name]) for name in ("since", "seen"))
    person = SignedIn(door, str(found["subject"]), dict(found["facts"]), since)
    is_over = now - seen > IDLE or now - since > LONGEST
    if is_over or ground().stash.get(_ended_key(found["id"]), now):
        _leave(door)
        g.ended = person.owner
        return None
    if not timedelta(0) <= now - seen <= _REFRESH:
        session[door] = {**found, "seen": now.isoformat()}
    return person


def owners() -> set[str]:
    """Name the persons signed in in this browser, one for each door, each also as who has left it."""
    here = [person for door in list(session) if isinstance(session[door], dict) and (person := current(door))]
    return {name for person in here for name in (person.owner, _mark(person.owner))}


def owner_here() -> str:
    """Name the person at the door of this page, or who was the last there in this browser; empty when nobody was.

    A page that was left open belongs to whom it was shown, also after signing out and in another's hands.
    """
    door = request.blueprint or ""
    person = current(door)
    return person.owner if person else str(session.get(_LEFT + door, ""))


def _leave(door: str) -> Any:
    """Forget who is signed in at this door, but for the name; what was found."""
    found = session.pop(door, None)
    if found:
        session[_LEFT + door] = _mark(f"{door}:{found['subject']}")
    return found


def _mark(owner: str) -> str:
    """A name that nobody can read from the cookie, where it stays."""
    key = str(current_app.secret_key).encode()
    return hmac.new(key, owner.encode(), hashlib.sha256).hexdigest()[:32]


def require(
    door: str,
) -> Callable[[Callable[Parameters, ResponseReturnValue]], Callable[Parameters, ResponseReturnValue]]:
    """Let only people signed in at this door see a page; others are asked to sign in and come back to it."""

    def decorate(view: Callable[Parameters, ResponseReturnValue]) -> Callable[Parameters, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> ResponseReturnValue:
            person = current(door)
            if person is None:
                return ask_to_sign_in(door)
            g.person = person
            return view(*args, **kwargs)

        return guarded

    return decorate


def ask_to_sign_in(door: str) -> ResponseReturnValue:
    """Send to the door's sign-in page, keeping what was typed; a script that saves in the background gets 401."""
    if request.headers.get("X-Requested-With") == "autosave":
        abort(401)
    asked, is_sent = with_query(request.full_path.rstrip("?"), lang=None, view=None), request.method == "POST"
    address = typed.keep("session", owner_here()) if is_sent else asked
    if "ended" in g:
        kept = _("Your session has ended. What you typed is kept: sign in, and it is back on the page.")
        flash(kept if is_sent else _("Your session has ended. Sign in, and you come back to this page."))
    return redirect(url_for(f"{door}.sign_in", next=address), 303)


def signed_in_address(otherwise: str) -> str:
    """Give the page to go to after signing in: the one that was asked for, or this one."""
    return typed.local_address(request.values.get("next", "")) or otherwise


def _ended_key(name: str) -> str:
    return f"signed-out:{name}"


def _wall() -> WallClock:
    wall: WallClock = current_app.extensions["ruqsat_wall"]
    return wall
