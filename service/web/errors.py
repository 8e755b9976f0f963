"""Pages for what went wrong: what happened, what to do next, and a way back to what was typed."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from service.domain import errors as named
from service.domain.files import StorageFull, is_no_room
from service.domain.forms_values import read_text
from service.web import formats, languages, oversize, security, sessions, typed

log = logging.getLogger(__name__)
STATUS: Mapping[type[named.RuqsatError], int] = {
    named.NotFound: 404,
    named.Forbidden: 403,
    named.CaseChanged: 409,
    named.NobodyWaits: 409,
    named.TooMany: 409,
    named.NotLawful: 409,
    named.InvalidAnswers: 400,
    named.SignatureRefused: 400,
    named.Unavailable: 503,
    StorageFull: 503,
}
_BEGINNING, _MOST_NAMED = 40, 5
_COME_BACK = (409, 429, 500, 503)


@dataclass(frozen=True)
class Trouble:
    """A page about something that went wrong."""

    status: int
    title: str
    steps: tuple[str, ...]
    law: str = ""
    code: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def init_app(app: Flask) -> None:
    """Give this application its error pages."""
    app.register_error_handler(CSRFError, form_too_old)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(named.RuqsatError, _named)
    app.register_error_handler(Exception, _unexpected)


def trouble(status: int) -> Trouble:
    """Say in the person's language what a status means and what to do next."""
    again = _("Go back, check what you entered and try again.")
    pages = {
        400: (_("The request was not understood"), (again,)),
        401: (_("You are not signed in"), (_("Sign in and open the page again."),)),
        403: (
            _("You may not do this"),
            (_("This page is for another role or another person."), _("Sign in as the right person, or go back.")),
        ),
        404: (
            _("There is no such page"),
            (_("Check the address. If you followed a link, go to the start page."),),
        ),
        405: (_("The request was not understood"), (again,)),
        409: (
            _("The case has changed"),
            (
                _("Something has happened in the case while you were working."),
                _("Open it again and look at what is new."),
            ),
        ),
        413: (
            _("The files are too large"),
            (
                _("One file may have up to 20 MB, all files together up to 100 MB."),
                _("Go back and choose smaller files."),
            ),
        ),
        414: (
            _("The address is too long"),
            (_("Search for fewer words, or open the page again from the menu."),),
        ),
        429: (_("Too many attempts"), (_("Wait a minute and try again."),)),
        503: (
            _("The service does not answer just now"),
            (_("Another system does not answer, or work is being done here."), _("Try again in a few minutes.")),
        ),
    }
    broken = (
        _("Something broke on our side"),
        (
            _("Nothing was saved by this step. Try again in a few minutes."),
            _("If it happens again, tell us the number below."),
        ),
    )
    is_theirs = 400 <= status < 500
    title, steps = pages.get(status, pages[400] if is_theirs else broken)
    return Trouble(status if status in pages or is_theirs else 500, title, steps)


def page(found: Trouble, address: str = "") -> ResponseReturnValue:
    """Answer with the page, or with JSON where a script asks."""
    if _wants_json():
        return {"error": found.code or str(found.status), "title": found.title}, found.status
    again = [] if address else _to_send_again(found.status)
    told = {"trouble": found, "back": address, "again": again, "incident": g.get("incident")}
    try:
        return render_template("errors/trouble.html", **told), found.status
    except Exception:  # the frame of a page asks who is signed in: without a database there is no frame
        log.exception("no page about the trouble could be made")
        bare = current_app.jinja_env.get_template("errors/bare.html")
        return bare.render(**told, language=languages.language()), found.status


def _wants_json() -> bool:
    return request.headers.get("X-Requested-With") == "autosave"


def _come_back(status: int) -> str:
    is_form = request.method == "POST" and status in _COME_BACK and security.from_this_site()
    return _kept("busy") if is_form else ""


def _to_send_again(status: int) -> list[tuple[str, str]]:
    """The fields of a form that could not be kept now: the page itself carries them, so that they can be sent again."""
    is_form = request.method == "POST" and status in _COME_BACK and security.from_this_site()
    fields = list(request.form.items(multi=True)) if is_form else []
    is_secret = any(name.startswith("password") for name, _text in fields)
    return fields if not is_secret and any(text for name, text in fields if name not in typed.NOT_KEPT) else []


def _kept(why: str, form: MultiDict[str, str] | None = None) -> str:
    """Keep what was typed; empty when even that cannot be written down now: the trouble must still be told."""
    try:
        return typed.keep(why, sessions.owner_here(), form)
    except Exception:
        log.exception("what was typed could not be kept")
        return ""


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    if isinstance(error, security.TextTooLong):
        return page(_too_long(error.too_long), _kept("too_long", error.kept) if security.from_this_site() else "")
    if status == 413 and not request.mimetype.startswith("multipart/"):
        return page(_too_long())
    large = oversize.read_oversize(request) if status == 413 and security.from_this_site() else None
    if large is not None:
        return page(_too_large(large), _kept("too_large", large.texts))
    answer = current_app.make_response(page(trouble(status), _come_back(status)))
    for name, value in error.get_headers():
        if name.lower() in ("allow", "content-range", "retry-after"):
            answer.headers[name] = value
    return answer


def _too_long(found: Sequence[str] = ()) -> Trouble:
    """Which texts were too long, by how they begin, and how long one may be."""
    named = [
        _(
            "The text that begins with “%(words)s” has %(length)s characters.",
            words=read_text(text[:_BEGINNING], lines=False), length=formats.number(len(text)),
        )
        for text in found[:_MOST_NAMED]
    ]  # fmt: skip
    rule = _("One answer may have up to %(most)s characters.", most=formats.number(security.LONGEST_TEXT))
    return Trouble(413, _("The text is too long"), (*named, rule, _("Shorten it, or attach it as a file.")))


def _too_large(found: oversize.Oversize) -> Trouble:
    """Which files were too large, and how large they may be."""
    plain = trouble(413)
    named = [
        _("The file “%(name)s” has %(size)s.", name=name, size=formats.size(size)) for name, size in found.too_large
    ]
    if not named and found.files:
        named = [_("The files have %(size)s together.", size=formats.size(found.total))]
    return Trouble(413, plain.title, (*named, *plain.steps))


def _named(error: named.RuqsatError) -> ResponseReturnValue:
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 500)
    if status == 500:
        return _unexpected(error)
    found = trouble(status)
    if isinstance(error, StorageFull):
        log.error("no room for %s %s", request.method, request.path, exc_info=error.__cause__ or error)
        found = _of_ours(
            _("Our storage is full"), _("There is no room on our side just now, so this step was not saved.")
        )
    elif isinstance(error, named.Unavailable) and error.data.get("what") == "database":
        found = _of_ours(found.title, _("Our database does not answer just now, so this step was not saved."))
    law = str(error.data.get("law", ""))
    title = _("The rules do not allow this now") if isinstance(error, named.NotLawful) else found.title
    return page(Trouble(status, title, found.steps, law, error.code, error.data), _come_back(status))


def _of_ours(title: str, what: str) -> Trouble:
    """Our own store cannot be written, or not be reached: nothing was saved now, and nothing saved before is lost."""
    return Trouble(503, title, (what, _("Nothing that was saved before is lost."), trouble(503).steps[-1]))


def form_too_old(_error: CSRFError) -> ResponseReturnValue:
    """A form whose secret is not ours any more: show the page afresh with everything that was typed."""
    if _wants_json() or not security.from_this_site():
        return page(trouble(400))
    address = _kept("expired")
    return redirect(address, 303) if address else page(trouble(503))


def _unexpected(error: Exception) -> ResponseReturnValue:
    if is_no_room(error):  # a large request rests in a file while it is read
        full = StorageFull()
        full.__cause__ = error  # so that the log tells what had no room
        return _named(full)
    g.incident = secrets.token_hex(4)
    log.error("incident %s at %s %s", g.incident, request.method, request.path, exc_info=error)
    return page(trouble(500), _come_back(500))
