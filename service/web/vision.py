"""The version of every page for the visually impaired (A1.11.4): the same content, larger, clearer, calmer.

It is switched on any page, without sign-in and without JavaScript, and remembered by a cookie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from service.web.languages import YEAR

COOKIE = "vision"
CHOICES: Mapping[str, tuple[str, ...]] = {
    "size": ("125", "100", "150", "200"),
    "scheme": ("light", "dark", "sepia", "blue"),
    "spacing": ("normal", "wide", "widest"),
    "font": ("sans", "serif"),
    "images": ("on", "off"),
}
"""What can be chosen; the first of each is taken when the version is switched on."""


@dataclass(frozen=True)
class Vision:
    """The choices of one person; `on` is False on ordinary pages."""

    on: bool
    chosen: Mapping[str, str]

    @property
    def classes(self) -> str:
        """Give the classes of the page's root that the styles answer to."""
        if not self.on:
            return ""
        return " ".join(["vision", *(f"vision--{name}-{value}" for name, value in self.chosen.items())])

    @property
    def images(self) -> bool:
        """Say whether pictures and drawings are shown."""
        return not self.on or self.chosen["images"] == "on"

    def change(self, wish: str) -> Vision:
        """Take one wish such as `on`, `off` or `size-200`; an unknown one changes nothing."""
        if wish in ("on", "off"):
            return Vision(wish == "on", self.chosen)
        name, _, value = wish.partition("-")
        if value not in CHOICES.get(name, ()):
            return self
        return Vision(True, {**self.chosen, name: value})

    def cookie(self) -> str:
        """Write the choices for the cookie."""
        return ".".join(["on" if self.on else "off", *(f"{name}-{value}" for name, value in self.chosen.items())])


ORDINARY = Vision(False, {name: values[0] for name, values in CHOICES.items()})


def parse(cookie: str) -> Vision:
    """Read the cookie; whatever is not understood is left at its first choice."""
    vision = ORDINARY
    state, *wishes = cookie.split(".")
    for wish in [*wishes, state]:
        vision = vision.change(wish)
    return vision


def init_app(app: Flask) -> None:
    """Let every page of this application be switched."""
    app.after_request(_remember)


def current() -> Vision:
    """Give the choices for this page: those just made, or those remembered."""
    if "vision" not in g:
        remembered = parse(request.cookies.get(COOKIE, "off"))
        wish = request.args.get("view")
        g.vision = remembered.change(wish) if wish else remembered
    vision: Vision = g.vision
    return vision


def choose(wish: str) -> None:
    """Take a wish from now on."""
    g.vision = current().change(wish)


def _remember(response: Response) -> ResponseReturnValue:
    vision = current()
    if vision.cookie() != request.cookies.get(COOKIE, ORDINARY.cookie()):
        response.set_cookie(
            COOKIE,
            vision.cookie(),
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    return response
