"""Who acts for the head, from which day to which, by which order: the administrator's page (R9.1)."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.deadlines import local
from service.domain.errors import InvalidAnswers
from service.domain.rights import Right
from service.usecases.people import acting_orders, appoint_acting, possible_acting
from service.web import typed
from service.web.officer.door import me, officer, open_to, program
from service.web.officer.problems import sentences_of
from service.web.officer.small_forms import given, text


@officer.route("/acting", methods=["GET", "POST"])
@open_to(Right.ACTING)
def acting() -> ResponseReturnValue:
    """The orders, the latest first, and the form that enters one."""
    if request.method == "GET":
        return _page(typed.typed() or {}, {})
    try:
        appoint_acting(program(), text("login"), text("since"), text("until"), text("order"), me())
    except InvalidAnswers as problem:
        return _page(typed.raw(), sentences_of(problem)), 400
    flash(_("The order is entered."), "success")
    return redirect(url_for("officer.acting"), 303)


def _page(raw: typed.Typed, errors: Mapping[str, str]) -> str:
    with program().reading() as uow:
        today = local(uow.now).date()
        orders, candidates = acting_orders(uow), possible_acting(uow, me())
        held = {order.id for who in {who.id for _, who in orders} for order in uow.people.roles(who, today)}
    return render_template(
        "officer/acting.html",
        orders=orders,
        held=held,
        candidates=[(each.login, each.full_name) for each in candidates],
        today=today,
        raw=given(raw),
        errors=errors,
    )
