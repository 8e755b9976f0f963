"""Duties beside the diagrams: the late ones first, each with its point of the law and the way to do it (R12.1, O4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.case import Case
from service.domain.duties import POST, Duty
from service.domain.errors import Forbidden, InvalidAnswers
from service.domain.people import Actor, Officer
from service.domain.ports import UnitOfWork
from service.domain.posting import BY_HAND
from service.domain.rights import Right, Sight, may, reads_duty, sight_of
from service.usecases.duties import finish_duty
from service.usecases.record_reading import record_reading
from service.web import formats, typed
from service.web.duty_names import duty_name
from service.web.officer import deliveries, duty_acts
from service.web.officer.door import me, officer, open_to, program, role_name
from service.web.officer.problems import sentences_of
from service.web.officer.small_forms import text
from service.web.officer.terms import left_in_words

__all__ = ["duties", "duty"]

SHOWN_DONE = 20


@dataclass(frozen=True)
class Row:
    """One duty in words; `may_do` when this officer is the one to do it, `more` says which letter is to be posted."""

    duty: Duty
    name: str
    role: str
    case: Case | None
    left: str
    late: bool
    may_do: bool
    who: str = ""
    more: str = ""


@officer.get("/duties")
@open_to(Right.DUTIES)
def duties() -> ResponseReturnValue:
    """The open duties, the earliest term first, and those done last."""
    actor = me()
    with program().reading() as uow:
        waiting = [_row(uow, each, actor) for each in uow.duties.waiting()]
        done = [_row(uow, each, actor) for each in uow.duties.done(SHOWN_DONE)]
    seen_all = may(actor, Right.LEAD) or may(actor, Right.OVERVIEW)
    return render_template(
        "officer/duties.html",
        waiting=[row for row in waiting if seen_all or row.may_do],
        done=[row for row in done if seen_all or row.duty.role in actor.roles],
    )


@officer.route("/duties/<int:duty_id>", methods=["GET", "POST"])
@open_to(Right.DUTIES)
def duty(duty_id: int) -> ResponseReturnValue:
    """One duty: what it asks, and the form that does it or leads to the paper to be signed."""
    row = _found(duty_id)
    if request.method == "GET":
        return _page(row, typed.typed() or {}, {})
    if not row.may_do:
        raise Forbidden(what="duty")
    try:
        return _do(row)
    except InvalidAnswers as problem:
        return _page(row, typed.raw(), sentences_of(problem)), 400


def _do(row: Row) -> ResponseReturnValue:
    act = duty_acts.OF_DUTIES.get(row.duty.kind)
    if act is not None:
        return redirect(act.take(row.duty), 303)
    finish_duty(program(), row.duty.id, me(), text("result"))
    flash(_("Done: %(task)s.", task=row.name), "success")
    return redirect(url_for("officer.duties"), 303)


def _found(duty_id: int) -> Row:
    actor = me()
    with program().reading() as uow:
        row = _row(uow, uow.get(Duty, duty_id), actor)
    if not row.may_do and not reads_duty(actor, row.duty.role):
        raise Forbidden(what="duty")
    if row.case is not None:
        record_reading(program(), actor, row.case.id)
    return row


def _row(uow: UnitOfWork, found: Duty, actor: Actor) -> Row:
    now = uow.now
    in_sight = sight_of(actor) is Sight.ALL or found.role in actor.roles
    case = uow.get(Case, found.case_id) if found.case_id is not None and in_sight else None
    act = duty_acts.OF_DUTIES.get(found.kind)
    is_mine = act.is_for(uow, found, actor) if act else found.role in actor.roles
    return Row(
        duty=found,
        name=duty_name(found.kind, found.part),
        role=", ".join(part for part in (role_name(found.role), act.whose(uow, found) if act else "") if part),
        case=case,
        left=left_in_words(program().calendar, found.done_at or now, found.due_at),
        late=found.is_late(now),
        may_do=is_mine and (found.is_open or (act is not None and act.may_follow(found))),
        who=uow.get(Officer, found.done_by).name if found.done_by else "",
        more=deliveries.what_is_posted(uow, case, found) if case and found.kind == POST else "",
    )


def _page(row: Row, raw: typed.Typed, errors: dict[str, str]) -> str:
    act = duty_acts.OF_DUTIES.get(row.duty.kind)
    shown = act.shown(row.duty) if act and (row.duty.is_open or row.may_do) else {}
    given: dict[str, str] = {name: next(iter(texts), "") for name, texts in raw.items()}
    return render_template(
        "officer/duty.html", row=row, duty=row.duty, raw=given, errors=errors, facts=_facts(row),
        done_label=_done_label(row.duty), **shown,
    )  # fmt: skip


def _done_label(duty: Duty) -> str:
    """What the result of a duty is called."""
    if duty.kind != POST:
        return str(_("How"))
    return str(_("Taken by") if duty.details.get("way") == BY_HAND else _("Number of the letter"))


def _facts(row: Row) -> Sequence[tuple[str, str]]:
    details = row.duty.details
    told = [
        (_("Reason"), str(details.get("reason") or "")),
        (_("Decision on the complaint"), str(details.get("decision") or "")),
        (_("Court act"), str(details.get("court_act") or "")),
        (_("What must be done"), str(details.get("text") or "")),
        (_("Done on"), formats.date(str(details["done_on"])) if details.get("done_on") else ""),
        *(_posted(row.duty) if row.duty.kind == POST else ()),
    ]
    return [(label, text) for label, text in told if text]


def _posted(duty: Duty) -> Sequence[tuple[str, str]]:
    """Where a letter went, what became of it, and why it is to be delivered again."""
    back = duty.details.get("came_back", {})
    return [
        (_("Address"), str(duty.details.get("address") or "")),
        (_("Delivery"), deliveries.posted_state(duty, with_try=False) if duty.done_at else ""),
        (_("It is to be delivered again"), deliveries.try_name(duty) if back and duty.is_open else ""),
    ]
