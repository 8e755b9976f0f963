"""What a person has typed is never lost: it waits in the stash and comes back with the page (R3.2).

A form that cannot be taken now (the session has ended, the page was too old, the language is changed) is kept under
a random name that only this browser knows, and is given back to the same person at `<page>?typed=<name>`.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import Flask, current_app, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from service.web.services import ground
from service.web.stash import WallClock

COOKIE = "kept"
KEPT_FOR = timedelta(hours=12)
NOT_KEPT = ("csrf_token", "switch", "page", "clock_date", "clock_time", "signature")
LONGEST_ADDRESS = 8000
"""Characters of an address with its query."""
_LARGEST = 512 * 1024

Typed = Mapping[str, Sequence[str]]


def init_app(
    app: Flask, *, wall: WallClock, owners: Callable[[], set[str]], of_strangers: Callable[[int], bool]
) -> None:
    """Let typed texts of this application wait; `owners` names the people signed in in the browser that asks.

    `of_strangers` says whether so many bytes are kept of somebody of whom nothing is known.
    """
    app.extensions["ruqsat_kept_of_strangers"] = of_strangers
    app.extensions["ruqsat_wall"] = wall
    app.extensions["ruqsat_owners"] = owners
    app.after_request(remember)


def keep(why: str, owner: str = "", form: MultiDict[str, str] | None = None) -> str:
    """Keep what this request carries and give the address of the page that will show it again.

    `why` is shown there in words (session, expired, busy); `owner` is the person who typed, as door and subject.
    `form` is what it carries, where the library refuses to read that.
    """
    carried = request.form if form is None else form
    address = page(form)
    texts = {name: values for name, values in carried.lists() if not _is_secret(name)}
    found = {"why": why, "owner": owner, "page": urlsplit(address).path, "texts": texts}
    value = json.dumps(found, ensure_ascii=False).encode()
    if not any(text for values in texts.values() for text in values) or len(value) > _LARGEST:
        return address
    if not owner and not current_app.extensions["ruqsat_kept_of_strangers"](len(value)):
        return address
    name, browser = secrets.token_urlsafe(12), request.cookies.get(COOKIE) or secrets.token_urlsafe(24)
    g.kept_cookie = browser
    ground().stash.put(_key(browser, name), value, _wall().now() + KEPT_FOR)
    return with_query(address, typed=name)


def typed() -> Typed | None:
    """Give back what was typed on this page before, if this is the same browser and the same person."""
    found = _found()
    return {str(name): list(values) for name, values in found["texts"].items()} if found else None


def raw() -> Typed:
    """Give what this request carries, in the shape that `Form.validate` takes."""
    return dict(request.form.lists())


def why_kept() -> str:
    """Say why the typed texts had to wait; empty when nothing was given back or the language was changed."""
    found = _found()
    return str(found["why"]) if found else ""


def page(form: MultiDict[str, str] | None = None) -> str:
    """Give the address of the page that this form stands on; never an address of another site."""
    wished = _wished_page() if form is None else form.get("page", "")
    address = local_address(wished) or local_address(request.full_path.rstrip("?")) or "/"
    return with_query(address, typed=None, lang=None, view=None)


def _wished_page() -> str:
    try:
        return request.form.get("page", "") if request.method == "POST" else ""
    except HTTPException:  # the request is too large to be read: its page is not known
        return ""


def local_address(address: str) -> str:
    """Give the address if it is one of this site's own pages, else nothing."""
    if len(address) > LONGEST_ADDRESS:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:  # no address at all, such as //[
        return ""
    own = not parts.scheme and not parts.netloc and address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if own and "\\" not in address and address.isprintable() else ""


def with_query(address: str, **changes: str | int | None) -> str:
    """Set parts of an address's query, or take them away with None; the rest stays."""
    parts = urlsplit(address)
    query = MultiDict(parse_qsl(parts.query, keep_blank_values=True))
    for name, value in changes.items():
        query.poplist(name)
        if value is not None:
            query[name] = str(value)
    return urlunsplit(parts._replace(query=urlencode(list(query.items(multi=True)))))


def remember(response: Response) -> Response:
    """Tell the browser the name under which its typed texts wait."""
    if "kept_cookie" in g:
        response.set_cookie(
            COOKIE, g.kept_cookie, httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"]
        )
    return response


def _found() -> dict[str, dict[str, list[str]]] | None:
    if "typed_found" not in g:
        g.typed_found = _look()
    found: dict[str, dict[str, list[str]]] | None = g.typed_found
    return found


def _look() -> dict[str, dict[str, list[str]]] | None:
    name, browser = request.args.get("typed", ""), request.cookies.get(COOKIE, "")
    value = ground().stash.get(_key(browser, name), _wall().now()) if name and browser else None
    if value is None:
        return None
    found: dict[str, dict[str, list[str]]] = json.loads(value)
    is_own = not found["owner"] or found["owner"] in current_app.extensions["ruqsat_owners"]()
    return found if is_own and str(found["page"]) == request.path else None


def _key(browser: str, name: str) -> str:
    return "typed:" + hashlib.sha256(f"{browser} {name}".encode()).hexdigest()


def _is_secret(name: str) -> bool:
    return name in NOT_KEPT or name.startswith("password")


def _wall() -> WallClock:
    wall: WallClock = current_app.extensions["ruqsat_wall"]
    return wall
