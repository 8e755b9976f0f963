"""Draws the components of a form; one without anybody's text is drawn once: an empty form is the same for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from jinja2 import Environment
from jinja2.utils import LRUCache
from markupsafe import Markup

MACROS = {
    "input": ("input", "govukInput"),
    "textarea": ("character-count", "govukCharacterCount"),
    "radios": ("radios", "govukRadios"),
    "checkboxes": ("checkboxes", "govukCheckboxes"),
    "select": ("select", "govukSelect"),
    "file": ("file-upload", "govukFileUpload"),
}
"""Folder and macro of govuk-frontend for each kind of field."""

REMEMBERED = 1000


def init_app(app: Flask) -> None:
    """Let the templates of this application draw components."""
    app.jinja_env.globals["component"] = Components(app.jinja_env).draw


class Components:
    """The components of one application, the last drawn ones remembered."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._drawn = LRUCache(REMEMBERED)

    def draw(self, kind: str, parameters: Mapping[str, Any]) -> Markup:
        """The markup of a field; what was typed into it, and what is wrong with it, is drawn anew each time."""
        if parameters.get("value") or parameters.get("errorMessage"):
            return self._draw(kind, parameters)
        key = kind, repr(parameters)
        found = self._drawn.get(key)
        if found is None:
            found = self._drawn[key] = self._draw(kind, parameters)
        return Markup(found)  # noqa: S704  # as the component gave it

    def _draw(self, kind: str, parameters: Mapping[str, Any]) -> Markup:
        folder, macro = MACROS[kind]
        template = self._environment.get_template(f"govuk_frontend_jinja/components/{folder}/macro.html")
        return Markup(getattr(template.module, macro)(parameters))  # noqa: S704  # a macro escapes what it is given
