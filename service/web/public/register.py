"""The public register on pages: list, search, one entry with its history and its status on a day (R11.2, A3.2)."""

from __future__ import annotations

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.decisions import PermitStatus
from service.web.lists import Column, Listing, Order
from service.web.permit_states import change_name, status_name
from service.web.public.asked import Asked
from service.web.public.door import program, public, today
from service.web.public.exports import FIELDS, field_name
from service.web.public.names import identifier, status_of


def _columns() -> list[Column]:
    names = (
        ("number", _("Number")),
        ("holder", _("Holder")),
        ("status", _("Status")),
        ("identifier", _("BIN / IIN")),
        ("platform", _("Platform")),
        ("issued_on", _("Issued")),
        ("valid_until", _("Valid until")),
    )
    return [Column(key, name) for key, name in names]


@public.get("/register")
def register() -> ResponseReturnValue:
    """The state register of persons who carry out the issue of secured digital assets."""
    asked, order = Asked.now(), Order.asked(_columns())
    found = program().queries.register(asked.on, search=asked.search, status=asked.status, page=order.page)
    if not found.rows and found.total:
        order = Order(-(-found.total // found.size), order.sort, order.down)
        found = program().queries.register(asked.on, search=asked.search, status=asked.status, page=order.page)
    page = render_template(
        "public/register.html",
        listing=Listing(_columns(), found.rows, order, found.total, found.size, "register", found.more),
        asked=asked,
        statuses={status.value: status_name(status) for status in PermitStatus},
        status_of=status_of,
        identifier=identifier,
        fields={name: field_name(name) for name in FIELDS},
    )
    return page, 400 if asked.is_day_wrong else 200


@public.get("/register/<number>")
def entry(number: str) -> ResponseReturnValue:
    """One entry: what was permitted, its history, and its status today or on another day (A3.2)."""
    asked = Asked.now()
    view = program().queries.entry(number.strip().upper(), asked.on)
    if view is None:
        abort(404)
    page = render_template(
        "public/entry.html",
        view=view,
        asked=asked,
        today=today(),
        change_name=change_name,
        status=status_of(view, asked.on),
        identifier=identifier,
    )
    return page, 400 if asked.is_day_wrong else 200
