"""What protects every page: headers, the check that a form is ours, and the limit on attempts to sign in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import ip_address, ip_network
from typing import ParamSpec
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, g, request, session
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, RequestURITooLarge, TooManyRequests
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response

from service.web.services import WebSettings
from service.web.typed import LONGEST_ADDRESS

SIGN_IN_LIMIT = "10 per minute; 60 per hour"
"""Refused attempts at one login from one address: whoever guesses there locks out nobody who sits elsewhere."""
ADDRESS_LIMIT = "60 per minute; 600 per hour"
"""Refused attempts from one address at all logins and keys together; an office behind one address does not meet it."""
LONGEST_LOGIN = 64
_NETWORK = 64
"""How many bits of an IPv6 address are given to one customer, who may use any address within."""
LARGEST_REQUEST = 110 * 1024 * 1024
"""Attachments of 100 MiB together, and room for the fields beside them."""
LARGEST_TEXTS = 4 * 1024 * 1024
LONGEST_TEXT = 100_000
"""Characters of one field: ten times as many as the longest text that a form of ours takes."""
KEPT_OF_LONG = 20_000
"""Characters that are given back of a longer one: more than any form takes, so that none is filed without its end."""
LONGEST_NAME = 200
UNBOUNDED = ("signature",)
"""A field that a program fills in: of signatures over many files it may hold much, within LARGEST_TEXTS."""
MOST_FIELDS = 5000
"""A form of fifty addresses has a tenth of this."""
FORM_SECRET = "csrf_token"  # noqa: S105 - its name
"""Under this name Flask-WTF keeps the secret of a browser's forms."""

KEPT_OF_STRANGERS = "10240 per hour"
"""KiB in an hour of what is typed at one address by people who were never signed in: some words a form."""

Parameters = ParamSpec("Parameters")


class TextTooLong(RequestEntityTooLarge):
    """Texts of a form longer than any of its fields takes; `too_long` holds them, `kept` all that was typed, of
    these the beginning.
    """

    def __init__(self, too_long: Sequence[str], kept: MultiDict[str, str]) -> None:
        super().__init__()
        self.too_long, self.kept = too_long, kept


class RowNumber(IntegerConverter):
    """The number of a row in an address: one that no database could hold names nothing."""

    regex = "[0-9]{1,9}"


csrf = CSRFProtect()


def address_of_asker() -> str:
    """The address from which this request comes; of IPv6 the network that one customer has."""
    address = get_remote_address()
    try:
        found = ip_address(address)
    except ValueError:  # a socket of this machine has no address
        return address
    return str(found) if found.version == 4 else str(ip_network((found, _NETWORK), strict=False))


def _login_at_address() -> str:
    return f"{address_of_asker()} {request.form.get('login', '').strip()[:LONGEST_LOGIN]}"


def _person_at_door() -> str:
    found = session.get(request.blueprint or "") or {}
    return f"{request.blueprint} {found.get('subject', address_of_asker())}"


def _was_refused(response: Response) -> bool:
    return response.status_code >= 400


limiter = Limiter(address_of_asker, storage_uri="memory://", headers_enabled=True)


_limit_login = limiter.shared_limit(
    SIGN_IN_LIMIT, scope="sign-in", key_func=_login_at_address, methods=["POST"], deduct_when=_was_refused,
    exempt_when=lambda: "login" not in request.form,
)  # fmt: skip
_limit_address = limiter.shared_limit(
    ADDRESS_LIMIT, scope="sign-in-address", methods=["POST"], deduct_when=_was_refused
)  # fmt: skip


_limit_person = limiter.shared_limit(
    SIGN_IN_LIMIT, scope="password", key_func=_person_at_door, methods=["POST"], deduct_when=_was_refused
)  # fmt: skip


def limit_password(view: Callable[Parameters, ResponseReturnValue]) -> Callable[Parameters, ResponseReturnValue]:
    """Decorate a view that takes the password of who is signed in: guesses are counted for that person."""
    return _limit_address(_limit_person(view))


def limit_sign_in(view: Callable[Parameters, ResponseReturnValue]) -> Callable[Parameters, ResponseReturnValue]:
    """Decorate a view that takes a password or a signed challenge: who is let in is not counted."""
    return _limit_address(_limit_login(view))


@limiter.request_filter
def _is_unlimited() -> bool:
    """Whether this application counts no attempts; the limiter itself is shared by all of a process."""
    return not current_app.config["RATELIMIT_ENABLED"]


def may_be_kept(size: int) -> bool:
    """Whether so many bytes typed by a stranger are kept: nobody fills the database from outside."""
    try:
        with limiter.shared_limit(KEPT_OF_STRANGERS, scope="kept", cost=1 + size // 1024):
            return True
    except TooManyRequests:
        return False


def init_app(app: Flask, settings: WebSettings) -> None:
    """Protect every page of this application."""
    app.secret_key = settings.secret_key
    app.config.update(
        SESSION_COOKIE_NAME="session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.production,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_TEXTS,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.url_map.converters["int"] = RowNumber
    app.before_request(_refuse_what_nobody_sends)
    csrf.init_app(app)
    limiter.init_app(app)
    policy = content_security_policy(settings.ncalayer_url)

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.production:
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        if "Location" in response.headers:
            response.headers["Location"] = _own_address(response.headers["Location"])
        if request.endpoint != "static" or response.status_code >= 400:
            response.headers.setdefault("Cache-Control", _kept_by_caches())
        return response


def _kept_by_caches() -> str:
    """Who reads a browser after somebody has signed out finds no page that was shown to that person."""
    someone = any(isinstance(found, dict) for found in session.values())
    return "private, no-store" if someone else "private, no-cache"


_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def content_security_policy(ncalayer_url: str) -> str:
    """Write the policy: everything from this site only, and a socket to NCALayer on the person's own machine."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src 'self' {_origin(ncalayer_url)}".strip(),
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def _refuse_what_nobody_sends() -> None:
    """No person types NUL, which PostgreSQL keeps in no text, or so much that it would fill a book.

    The library bounds the texts of a form with files only; the others are bounded here.
    """
    if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
        raise RequestURITooLarge
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = min(LARGEST_TEXTS, request.max_content_length or LARGEST_TEXTS)
    form = request.form if request.method == "POST" else MultiDict[str, str]()
    names = [text for given in (request.args, form) for name, texts in given.lists() for text in (name, *texts)]
    if len(names) > 2 * MOST_FIELDS or any(len(name) > LONGEST_NAME for name in form):
        abort(400)
    if any("\0" in text for text in (request.path, *names)):
        abort(400)
    given = list(form.items(multi=True))
    if too_long := [text for name, text in given if len(text) > LONGEST_TEXT and name not in UNBOUNDED]:
        raise TextTooLong(too_long, MultiDict((name, _kept_of(text)) for name, text in given))


def _kept_of(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[:KEPT_OF_LONG]


def renew_form_secret() -> None:
    """Let every form that was shown in this browser before be too old."""
    session.pop(FORM_SECRET, None)
    g.pop(FORM_SECRET, None)


def from_this_site() -> bool:
    """Say whether the browser tells that this request comes from a page of ours."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        return urlsplit(origin).netloc == request.host
    except ValueError:  # no address at all, such as http://[
        return False


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("ws", "wss") and parts.netloc else ""


def _own_address(address: str) -> str:
    """An address of this site without its host, which is only what the request has called it."""
    return address.removeprefix(request.host_url.rstrip("/")) or "/"
