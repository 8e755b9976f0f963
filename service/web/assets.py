"""Addresses of the styles and scripts that `npm run build` has made, with their fingerprints."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

BUILD = Path(__file__).parent / "static" / "build"
FOR_EVER = 365 * 24 * 3600


def init_app(app: Flask) -> None:
    """Let templates write `asset("main.css")`; a file asked for by its fingerprint is kept by the browser."""
    app.jinja_env.globals["asset"] = asset
    app.add_url_rule("/favicon.ico", "favicon", _favicon)
    app.after_request(_cache)


def asset(name: str) -> str:
    """Give the address of a built file; a change of its content changes the address."""
    return url_for("static", filename=f"build/{name}", v=fingerprints(_changed()).get(name))


@cache
def fingerprints(_changed: int) -> dict[str, str]:
    """Read the fingerprints that the build has written; none before the first build."""
    manifest = BUILD / "manifest.json"
    found: dict[str, str] = json.loads(manifest.read_text("utf-8")) if manifest.exists() else {}
    return found


def _changed() -> int:
    manifest = BUILD / "manifest.json"
    return manifest.stat().st_mtime_ns if manifest.exists() else 0


def _favicon() -> ResponseReturnValue:
    return redirect(url_for("static", filename="mark.svg"), 301)


def _cache(response: Response) -> Response:
    if request.endpoint == "static" and request.args.get("v") and response.status_code < 400:
        response.headers["Cache-Control"] = f"public, max-age={FOR_EVER}, immutable"
    return response
