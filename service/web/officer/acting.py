"""Who acts for the head, from which day to which, by which order: the administrator's page (R9.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.deadlines import local
from service.domain.errors import InvalidAnswers, NotFound
from service.domain.people import PROVIDER_ROLES, Officer, RoleAssignment
from service.domain.ports import UnitOfWork
from service.domain.rights import Right
from service.usecases.accounts import end_order
from service.usecases.people import acting_beside, acting_orders, appoint_acting, possible_acting
from service.web import typed
from service.web.languages import language
from service.web.officer.door import me, officer, open_to, program, role_name
from service.web.officer.problems import sentences_of
from service.web.officer.small_forms import given, text

__all__ = ["acting", "end_acting"]


@dataclass(frozen=True)
class Row:
    """One order: who acts by it and in which office, how it stands today, who acts by another one meanwhile."""

    order: RoleAssignment
    who: str
    state: str
    together: Sequence[str] = ()

    @property
    def goes_on(self) -> bool:
        """Whether it can still be ended before its last day."""
        return self.state in ("today", "not_yet")


@officer.route("/acting", methods=["GET", "POST"])
@open_to(Right.ACTING)
def acting() -> ResponseReturnValue:
    """The orders, the latest first, and the form that enters one."""
    if request.method == "GET":
        return _page(typed.typed() or {}, {})
    since, until, together = text("since"), text("until"), text("together") == "yes"
    try:
        appoint_acting(program(), text("login"), since, until, text("order"), me(), together=together)
    except InvalidAnswers as problem:
        return _page(typed.raw(), sentences_of(problem)), 400
    flash(_("The order is entered."), "success")
    return redirect(url_for("officer.acting"), 303)


@officer.route("/acting/<int:order_id>/end", methods=["GET", "POST"])
@open_to(Right.ACTING)
def end_acting(order_id: int) -> ResponseReturnValue:
    """Ask for the last day of an order that ends early, and why."""
    with program().reading() as uow:
        row = next((row for row in _rows(uow) if row.order.id == order_id), None)
    if row is None:
        raise NotFound(what="order")
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            end_order(program(), order_id, text("until"), text("reason"), me())
        except InvalidAnswers as problem:
            errors = sentences_of(problem)
        else:
            flash(_("The order has another last day."), "success")
            return redirect(url_for("officer.acting"), 303)
    raw = given(typed.raw() if errors else typed.typed())
    page = render_template("officer/end_acting.html", row=row, raw=raw, errors=errors)
    return (page, 400) if errors else page


def _page(raw: typed.Typed, errors: Mapping[str, str]) -> str:
    with program().reading() as uow:
        rows = _rows(uow)
        candidates = [(each.login, _with_office(uow, each)) for each in possible_acting(uow, me())]
    return render_template("officer/acting.html", rows=rows, candidates=candidates, raw=given(raw), errors=errors)


def _rows(uow: UnitOfWork) -> list[Row]:
    rows = [Row(order, _with_office(uow, who), _state(uow, order, who)) for order, who in acting_orders(uow)]
    return [replace(row, together=_others(uow, row.order)) if row.goes_on else row for row in rows]


def _state(uow: UnitOfWork, order: RoleAssignment, who: Officer) -> str:
    today = local(uow.now).date()
    if not who.active:
        return "closed"
    if order.id in {held.id for held in uow.people.roles(who.id, today)}:
        return "today"
    return "not_yet" if order.valid_from > today and not order.is_over(today) else "over"


def _others(uow: UnitOfWork, order: RoleAssignment) -> Sequence[str]:
    """The orders by which others act for the head on one of the days of this one that are to come."""
    since, until = max(order.valid_from, local(uow.now).date()), order.valid_until or date.max
    return [held.basis for held, _who in acting_beside(uow, since, until, order.officer_id)]


def _with_office(uow: UnitOfWork, who: Officer) -> str:
    """A name with the position and with the own office at the provider."""
    held = {each.role for each in uow.people.roles(who.id, local(uow.now).date()) if not each.acting}
    lanes = ", ".join(role_name(role) for role in PROVIDER_ROLES if role in held)
    position = who.position.get(language()) or who.position.get("kk") or ""
    office = f"{position} ({lanes})" if position and lanes else position or lanes
    return f"{who.full_name}, {office}" if office else who.full_name
