"""Which language a page is in: Kazakh unless the person has chosen Russian or English, here or on an earlier visit."""

from __future__ import annotations

from babel.support import NullTranslations
from flask import Flask, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, Domain, get_locale
from werkzeug.wrappers import Response

from service.domain.languages import LANGUAGES
from service.domain.worktime import ZONE
from service.web import catalogues

NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
COOKIE = "lang"
YEAR = 365 * 24 * 3600


class Texts(Domain):  # type: ignore[misc]  # Flask-Babel carries no types
    """All parts of the catalogues as one domain."""

    def get_translations(self) -> NullTranslations:
        """Give the texts in the language of this request."""
        return catalogues.translations(language())


class RuqsatBabel(Babel):  # type: ignore[misc]  # Flask-Babel carries no types
    """Flask-Babel with our way of reading catalogues."""

    domain_instance = Texts()


def init_app(app: Flask) -> None:
    """Let every page of this application speak three languages."""
    RuqsatBabel(app, default_locale="kk", default_timezone=str(ZONE), locale_selector=chosen)
    # Flask-Babel would ask three times for each text whose turn it is.
    app.jinja_env.install_gettext_callables(_text, _counted_text, newstyle=True)  # type: ignore[attr-defined]
    app.after_request(_remember)


def chosen() -> str:
    """Give the language asked for in the address, or remembered, or Kazakh."""
    for wish in (g.get("language"), request.args.get("lang"), request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return str(wish)
    return LANGUAGES[0]


def choose(language: str) -> None:
    """Take a language from now on; the answer to this request tells the browser to remember it."""
    g.language = language


def language() -> str:
    """Give the language of this page: kk, ru or en; outside of a request Kazakh."""
    locale = get_locale()
    return str(locale.language) if locale is not None else LANGUAGES[0]


def _text(text: str) -> str:
    return catalogues.translations(language()).gettext(text)


def _counted_text(one: str, many: str, number: int) -> str:
    return catalogues.translations(language()).ngettext(one, many, number)


def _remember(response: Response) -> ResponseReturnValue:
    response.headers["Content-Language"] = chosen()
    wish = g.get("language") or request.args.get("lang")
    if wish in LANGUAGES:
        response.set_cookie(
            COOKIE,
            wish,
            max_age=YEAR,
            samesite="Lax",
            httponly=True,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    return response
