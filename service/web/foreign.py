"""A form that is none of ours, sent in the name of somebody who is signed in: refused, and told once in an hour."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, request

from service.domain.forms_values import read_text
from service.web import security
from service.web.services import ground
from service.web.sessions import SignedIn
from service.web.stash import WallClock

LONGEST = 200
"""Characters of an address that the journal keeps."""
TOLD_FOR = timedelta(hours=1)


def what_was_asked() -> str:
    """The method and the path of this request, as the journal keeps them."""
    return read_text(f"{request.method} {request.path}", lines=False)[:LONGEST]


def whence() -> str:
    """The page from which the browser says that this request comes; empty where it does not say."""
    told = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return read_text(told, lines=False)[:LONGEST]


def is_to_be_told(person: SignedIn) -> bool:
    """Whether the refused form of this request belongs into the journal.

    A page of ours that has become too old is nobody's attack. Of others one in an hour is told for each person, so
    that nobody fills the journal.
    """
    if security.from_this_site():
        return False
    wall: WallClock = current_app.extensions["ruqsat_wall"]
    key, now = f"foreign-form:{person.owner}", wall.now()
    if ground().stash.get(key, now) is not None:
        return False
    ground().stash.put(key, b"told", now + TOLD_FOR)
    return True
