"""Pages and the interface for programs: the only package that imports Flask."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from service.web import (
    addresses,
    assets,
    components,
    doors,
    errors,
    examples,
    formats,
    languages,
    page,
    preliminary,
    security,
    sessions,
    spans,
    typed,
    vision,
)
from service.web.services import EXTENSION, WebServices
from service.web.stash import WallClock
from service.web.switches import switches

__all__ = ["create_app"]


def create_app(
    services: WebServices, blueprints: Sequence[Blueprint] | None = None, wall: WallClock | None = None
) -> Flask:
    """Make the web application over these services, with every door unless others are named.

    `wall` is the clock by which sessions end; the procedure's own time is `services.clock`.
    """
    app = Flask(__name__, static_url_path="/static")
    app.extensions[EXTENSION] = services
    _templates(app)
    security.init_app(app, services.settings)
    sessions.init_app(app)
    languages.init_app(app)
    vision.init_app(app)
    formats.init_app(app)
    addresses.init_app(app)
    examples.init_app(app)
    preliminary.init_app(app)
    spans.init_app(app)
    typed.init_app(app, wall=wall or WallClock(), owners=sessions.owners, of_strangers=security.may_be_kept)
    errors.init_app(app)
    assets.init_app(app)
    page.init_app(app)
    components.init_app(app)
    app.register_blueprint(switches)
    for blueprint in doors.blueprints() if blueprints is None else blueprints:
        app.register_blueprint(blueprint)
    return app


def _templates(app: Flask) -> None:
    """Find our templates first, then the components; a name that a template does not know is an error of ours."""
    own = app.jinja_loader
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_options = {**app.jinja_options, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_loader = ChoiceLoader([*([own] if own else []), govuk])
