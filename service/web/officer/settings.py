"""What holds from a day on: the administrator's page of names, hours and announced breaks (R2.2, A1.8, D10, D11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import Case
from service.domain.dated import HOURS, SETTINGS, WORKING_HOURS, DatedSetting, PortalBreak, value_on
from service.domain.deadlines import ZONE, local
from service.domain.errors import InvalidAnswers, NotFound
from service.domain.faults import Faults
from service.domain.languages import LANGUAGES
from service.domain.recount import MovedTerm
from service.domain.rights import Right
from service.usecases.dated_settings import announce_break, change_setting, preview_setting, withdraw_break
from service.usecases.times import default_of
from service.web import typed
from service.web.duty_names import duty_name
from service.web.languages import language
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.problems import sentences_of
from service.web.officer.reading import Words
from service.web.officer.setting_words import setting_name, setting_value
from service.web.officer.small_forms import given, text


@dataclass(frozen=True)
class Row:
    """One setting: its value of today and everything that was entered, the newest first."""

    name: str
    title: str
    law: str
    value: str
    history: Sequence[tuple[DatedSetting, str]]


@officer.get("/settings")
@open_to(Right.SETTINGS)
def settings() -> ResponseReturnValue:
    """Every setting with its value of today and its history; the breaks that are announced."""
    today = local(program().clock.now()).date()
    with program().reading() as uow:
        entered, breaks = uow.dated.settings(), uow.list(PortalBreak)
        newest = uow.editions.newest()
        defaults = {name: default_of(newest, name) for name in SETTINGS}
    rows = [
        Row(
            name,
            setting_name(name),
            law,
            setting_value(value_on(entered, name, today) or defaults[name]),
            [(row, setting_value(row.value)) for row in reversed(entered) if row.name == name],
        )
        for name, law in SETTINGS.items()
    ]
    return render_template("officer/settings.html", rows=rows, breaks=list(reversed(breaks)), language=language())


@officer.route("/settings/<name>", methods=["GET", "POST"])
@open_to(Right.SETTINGS)
def setting(name: str) -> ResponseReturnValue:
    """Enter a value from a day on; other hours are shown with what they move before they are entered."""
    if name not in SETTINGS:
        raise NotFound(what="setting")
    if request.method == "GET":
        return _page(name, typed.typed() or _today(name), {})
    since, basis = text("valid_from"), text("basis")
    value = {key: text(key) for key in (HOURS if name == WORKING_HOURS else LANGUAGES)}
    try:
        moved = preview_setting(program(), name, since, value, basis)
        if moved and not request.form.get("confirmed"):
            return _page(name, typed.raw(), {}, moved)
        change_setting(program(), name, since, value, basis, me())
    except InvalidAnswers as problem:
        return _page(name, typed.raw(), sentences_of(problem)), 400
    flash(_("Entered: %(setting)s.", setting=setting_name(name)), "success")
    return redirect(url_for("officer.settings"), 303)


@officer.route("/settings/break", methods=["GET", "POST"])
@open_to(Right.SETTINGS)
def portal_break() -> ResponseReturnValue:
    """Announce a technical break of the portal (A1.8.2)."""
    if request.method == "GET":
        return _break_page(typed.typed() or {}, {})
    faults = Faults()
    starts, ends = _moment("starts_at", "starts_hour", faults), _moment("ends_at", "ends_hour", faults)
    try:
        announce_break(program(), starts, ends, {key: text(key) for key in LANGUAGES}, me(), faults)
    except InvalidAnswers as problem:
        return _break_page(typed.raw(), sentences_of(problem)), 400
    flash(_("The break is announced on every page of the portal."), "success")
    return redirect(url_for("officer.settings"), 303)


@officer.post("/settings/breaks/<int:break_id>/withdraw")
@open_to(Right.SETTINGS)
def withdraw(break_id: int) -> ResponseReturnValue:
    """Take back an announced break that has not begun."""
    withdraw_break(program(), break_id, me())
    flash(_("The announcement is withdrawn."), "success")
    return redirect(url_for("officer.settings"), 303)


def _today(name: str) -> typed.Typed:
    """The value of today, from which the next one is written."""
    with program().reading() as uow:
        held = value_on(uow.dated.settings(), name, local(program().clock.now()).date())
        value = held or default_of(uow.editions.newest(), name)
    return {key: [str(said)] for key, said in value.items()}


def _moment(day: str, hour: str, faults: Faults) -> datetime | None:
    """A local moment of two fields."""
    on, at = faults.day(day, text(day)), faults.hour(hour, text(hour))
    return datetime.combine(on, at, ZONE) if on is not None and at is not None else None


def _page(name: str, raw: typed.Typed, errors: Mapping[str, str], moved: Sequence[MovedTerm] = ()) -> str:
    return render_template(
        "officer/setting.html",
        title=setting_name(name),
        name=name,
        is_hours=name == WORKING_HOURS,
        raw=given(raw),
        errors=errors,
        moved=_by_case(moved),
    )


def _by_case(moved: Sequence[MovedTerm]) -> Mapping[str, Sequence[tuple[str, MovedTerm]]]:
    """The terms that move, each once with its name, under the number of its case; those of no case under a dash."""
    found: dict[str, dict[tuple[str, datetime, datetime], MovedTerm]] = {}
    with program().reading() as uow:
        for each in moved:
            if each.duty or each.case_id is None:
                name = duty_name(each.duty)
            else:
                name = Words(program().editions.of_case(uow, uow.get(Case, each.case_id))).term(each.element)
            found.setdefault(each.case_number or "–", {})[name, each.before, each.after] = each
    return {number: [(name, each) for (name, *_ends), each in terms.items()] for number, terms in found.items()}


def _break_page(raw: typed.Typed, errors: Mapping[str, str]) -> str:
    return render_template("officer/portal_break.html", raw=given(raw), errors=errors)
