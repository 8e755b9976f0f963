"""A small program for the ground of the pages: services in memory, one door called cabinet, one form."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Flask, abort, flash, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import CaseChanged, Forbidden, NotLawful, Unavailable
from service.domain.forms import Form
from service.web import create_app, sessions
from service.web.answers import shown, typed_again
from service.web.autosave import saved
from service.web.forms import FormView, change_rows
from service.web.navigation import Door, Section, describes
from service.web.security import limit_sign_in
from service.web.typed import raw, typed

MONDAY = datetime(2026, 4, 6, 5, 0, tzinfo=UTC)


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime = MONDAY) -> None:
        self.at = start

    def now(self) -> datetime:
        return self.at


class MemoryStash:
    """The stash in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, datetime]] = {}

    def put(self, key: str, value: bytes, until: datetime) -> None:
        self.kept[key] = (value, until)

    def get(self, key: str, now: datetime) -> bytes | None:
        value, until = self.kept.get(key, (None, now))
        return value if until > now else None

    def remove(self, key: str) -> None:
        self.kept.pop(key, None)


@dataclass
class Settings:
    demo: bool = True
    production: bool = False
    secret_key: str = "for tests only"
    ncalayer_url: str = "ws://127.0.0.1:13579"


@dataclass
class Services:
    settings: Settings = field(default_factory=Settings)
    clock: HandClock = field(default_factory=HandClock)
    stash: MemoryStash = field(default_factory=MemoryStash)

    def move_clock(self, to: datetime) -> None:
        self.clock.at = to

    def next_opening(self, after: datetime) -> datetime:
        return after.replace(hour=4, minute=0) + timedelta(days=1)


FORM = {
    "type": "default", "id": "sample", "schemaVersion": 18,
    "components": [
        {"type": "text", "id": "intro", "text": "x"},
        {"type": "textfield", "id": "platform", "key": "platform", "validate": {"required": True, "maxLength": 200}},
        {"type": "textarea", "id": "purpose", "key": "purpose", "validate": {"required": True, "maxLength": 10000}},
        {"type": "textfield", "id": "bin", "key": "bin", "properties": {"format": "bin"}},
        {"type": "textfield", "id": "phone", "key": "phone", "properties": {"format": "phone"}},
        {"type": "datetime", "subtype": "date", "id": "valid_until", "key": "valid_until"},
        {"type": "datetime", "subtype": "time", "id": "hour", "key": "hour"},
        {"type": "number", "id": "nodes", "key": "nodes", "decimalDigits": 0, "validate": {"min": 1, "max": 100}},
        {"type": "radio", "id": "complete", "key": "complete", "validate": {"required": True},
         "values": [{"value": "yes"}, {"value": "no"}]},
        {"type": "checklist", "id": "missing", "key": "missing", "values": [{"value": "letter"}, {"value": "contract"}],
         "validate": {"required": True}, "conditional": {"hide": '=complete != "no"'}},
        {"type": "textfield", "id": "which", "key": "which", "validate": {"required": True},
         "conditional": {"hide": '=not(list contains(missing, "contract"))'}},
        {"type": "select", "id": "unit", "key": "unit", "valuesKey": "units"},
        {"type": "group", "id": "addresses", "path": "addresses", "properties": {"repeat": "3"}, "components": [
            {"type": "textfield", "id": "city", "key": "city", "validate": {"required": True}},
            {"type": "textfield", "id": "street", "key": "street"},
        ]},
        {"type": "filepicker", "id": "letter", "key": "letter", "accept": ".pdf,.jpg,.png"},
        {"type": "checkbox", "id": "truth", "key": "truth", "validate": {"required": True}},
    ],
}  # fmt: skip
TEXTS = {
    "kk": {
        "form": {"title": "Толықтығын тексеру", "submit": "Жіберу"},
        "intro": {"text": "Құжаттарды тексеріңіз.\n\nСодан кейін жауап беріңіз."},
        "platform": {"label": "Платформаның атауы", "description": "Өтініште көрсетілгендей"},
        "purpose": "Мақсаты", "bin": "БСН", "phone": "Телефон", "valid_until": "Жарамдылық мерзімі", "hour": "Сағат",
        "nodes": "Түйіндер саны",
        "complete": {"label": "Құжаттар топтамасы толық па?", "values": {"yes": "Иә, толық", "no": "Жоқ"}},
        "missing": {"label": "Не жетіспейді?", "values": {"letter": "Кепілдік хат", "contract": "Шарт"}},
        "which": "Қай шарт?", "unit": "Бөлімше", "addresses": "Қызмет мекенжайы", "city": "Қала", "street": "Көше",
        "letter": "Кепілдік хат", "truth": "Ұсынылған ақпараттың анықтығын растаймын",
    },
    "ru": {
        "form": {"title": "Проверка полноты", "submit": "Отправить"},
        "intro": {"text": "Проверьте документы.\n\nЗатем ответьте."},
        "platform": {"label": "Название платформы", "description": "Как в заявлении"},
        "purpose": "Цель", "bin": "БИН", "phone": "Телефон", "valid_until": "Действителен до", "hour": "Час",
        "nodes": "Число узлов",
        "complete": {"label": "Комплект документов полный?", "values": {"yes": "Да, полный", "no": "Нет"}},
        "missing": {"label": "Чего не хватает?", "values": {"letter": "Гарантийного письма", "contract": "Договора"}},
        "which": "Какого договора?", "unit": "Подразделение", "addresses": "Адрес деятельности", "city": "Город",
        "street": "Улица", "letter": "Гарантийное письмо", "truth": "Подтверждаю достоверность сведений",
    },
    "en": {
        "form": {"title": "Check of completeness", "submit": "Send"},
        "intro": {"text": "Check the documents.\n\nThen answer."},
        "platform": {"label": "Name of the platform", "description": "As in the application"},
        "purpose": "Purpose", "bin": "BIN", "phone": "Telephone", "valid_until": "Valid until", "hour": "Hour",
        "nodes": "Number of nodes",
        "complete": {"label": "Is the set of documents complete?", "values": {"yes": "Yes, complete", "no": "No"}},
        "missing": {"label": "What is missing?", "values": {"letter": "Guarantee letter", "contract": "Contract"}},
        "which": "Which contract?", "unit": "Unit", "addresses": "Address of activity", "city": "City",
        "street": "Street", "letter": "Guarantee letter", "truth": "I confirm that the data are true",
    },
}  # fmt: skip
OPTIONS = {"units": [("licences", "Лицензиялау басқармасы"), ("assets", "Цифрлық активтер басқармасы")]}


def sample_files() -> dict[str, bytes]:
    files = {"forms/sample.form": json.dumps(FORM).encode()}
    return files | {f"forms/sample.{code}.json": json.dumps(texts).encode() for code, texts in TEXTS.items()}


def sample_form() -> Form:
    return Form.parse(sample_files(), "sample")


PAGE = """
{% set page_form = "answers" %}
{% set errors_on_page = view.problems %}
{% extends "base.html" %}
{% from "macros/forms.html" import form_start, form_fields, form_buttons, error_summary, autosave_state with context %}
{% block title %}{{ view.title }}{% endblock %}
{% block content %}
{{ error_summary(view) }}
<h1 class="govuk-heading-l">{{ view.title }}</h1>
{{ form_start("answers", files=true, autosave=url_for("cabinet.save")) }}
{{ form_fields(view) }}
{{ form_buttons(view.submit, "action", "send") }}
{{ autosave_state() }}
</form>
{% endblock %}
"""
PLAIN = """{% extends "base.html" %}{% block title %}{{ title }}{% endblock %}
{% block content %}<h1 class="govuk-heading-l">{{ title }}</h1>{{ body }}{% endblock %}"""


def cabinet() -> Blueprint:
    """One door: sign-in without a password, a form, a list."""
    door = Blueprint("cabinet", __name__)

    @describes(door)
    def _describe() -> Door:
        person = sessions.current("cabinet")
        sections = (Section("/cabinet/form", _("Sections")), Section("/cabinet/other", _("Help")))
        return Door(_("Ruqsat"), "/", sections, person.facts["name"] if person else "", "/cabinet/sign-out")

    @door.route("/cabinet/sign-in", methods=["GET", "POST"])
    @limit_sign_in
    def sign_in() -> ResponseReturnValue:
        if request.method == "POST":
            sessions.sign_in("cabinet", request.form["iin"], name="Үлгібаев Н. С.")
            return redirect(sessions.signed_in_address("/cabinet/form"))
        return render_template_string(PLAIN, title="Кіру", body="")

    @door.post("/cabinet/sign-out")
    def sign_out() -> ResponseReturnValue:
        sessions.sign_out("cabinet")
        return redirect("/")

    @door.route("/cabinet/form", methods=["GET", "POST"])
    @sessions.require("cabinet")
    def form() -> ResponseReturnValue:
        asked, draft = sample_form(), {"platform": "Бастама", "phone": "+77010000000", "valid_until": "2026-11-22"}
        if request.method == "GET":
            return render_template_string(
                PAGE, view=FormView(asked, raw=typed() or typed_again(asked, draft), options=OPTIONS)
            )
        changed = change_rows(asked, raw())
        if changed is not None:
            return render_template_string(PAGE, view=FormView(asked, raw=changed, options=OPTIONS))
        result = asked.validate(raw(), options=OPTIONS)
        if result.valid:
            flash("Сақталды", "success")
            return render_template_string(PLAIN, title="Жауаптар", body=str(shown(asked, result.answers, OPTIONS)))
        return render_template_string(PAGE, view=FormView(asked, raw=raw(), result=result, options=OPTIONS)), 400

    @door.post("/cabinet/save")
    @sessions.require("cabinet")
    def save() -> dict[str, Any]:
        return saved()

    @door.route("/")
    @door.route("/cabinet/other")
    def other() -> str:
        return render_template_string(PLAIN, title=_("Help"), body="")

    @door.route("/fail/<what>", methods=["GET", "POST"])
    def fail(what: str) -> str:
        match what:
            case "lawful":
                raise NotLawful("too_early", "L73.1")
            case "changed":
                raise CaseChanged()
            case "forbidden":
                raise Forbidden()
            case "broken":
                raise RuntimeError("secret detail")
            case "silent":
                raise Unavailable(what="gateway")
        abort(int(what))

    return door


def make_app(**settings: Any) -> Flask:
    app = create_app(Services(Settings(**settings)), [cabinet()])
    app.config["RATELIMIT_ENABLED"] = False
    return app
