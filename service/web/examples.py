"""The day by which a hint shows how days are written: today by the program's clock, in the demo by its own."""

from __future__ import annotations

from flask import Flask

from service.domain.worktime import local
from service.web import formats
from service.web.services import ground


def init_app(app: Flask) -> None:
    """Give the templates this function under the same name."""
    app.jinja_env.globals["example_day"] = example_day


def example_day() -> str:
    """Today as people write it."""
    return formats.date(local(ground().clock.now()).date())
