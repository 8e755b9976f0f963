"""Accounts of officers while they last: another password, a role with its last day, the end (R5.3, R9.1, L69.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from service.domain.deadlines import local
from service.domain.errors import InvalidAnswers, NotFound, NotLawful
from service.domain.faults import Faults
from service.domain.forms import LONGEST_LINE, Problem, told_texts
from service.domain.people import Actor, Officer, RoleAssignment
from service.domain.ports import UnitOfWork
from service.domain.rights import Right, require
from service.usecases.leavers import give_back
from service.usecases.people import ADMINISTRATOR, Passwords, actor_of, password_problems, roles_problem
from service.usecases.services import Services


def close_account(services: Services, login: str, reason: str) -> int:
    """Close the account of who leaves: no sign-in any more, open sessions end, tasks go back to their lane; how many.

    `InvalidAnswers` for a login that is unknown or closed, and without a reason. Nothing opens it again; what the
    officer has done stays under the name.
    """
    with services.alone() as uow:  # so that no step gives the officer another task meanwhile
        officer = _open_account(uow, login, told_texts({"reason": reason}, {"reason": LONGEST_LINE}))
        roles = sorted(actor_of(uow, officer).roles)
        officer.active = False
        returned = give_back(uow, officer, ADMINISTRATOR, reason.strip())
        uow.note(
            None, ADMINISTRATOR, "account_closed", login=login, reason=reason.strip(), before=roles, tasks=returned
        )
        uow.commit()
        return returned


def end_role(services: Services, login: str, role: str, until: date, reason: str) -> None:
    """Give a role its last day, also one that an order has given for longer; yesterday ends it at once.

    Tasks of an office that is over go back to their lane. `InvalidAnswers` when the officer holds no such role after
    that day.
    """
    with services.unit_of_work() as uow:
        errors = told_texts({"reason": reason}, {"reason": LONGEST_LINE})
        if until < local(uow.now).date() - timedelta(days=1):
            errors["until"] = Problem("in_the_past")
        officer = _open_account(uow, login, errors)
        held = [each for each in uow.list(RoleAssignment, officer_id=officer.id) if each.lasts_after(until)]
        ended = [each for each in held if each.role == role]
        if not ended:
            raise InvalidAnswers(errors={"role": Problem("not_held", {"value": role})})
        _end(uow, officer, ended, until, reason.strip(), ADMINISTRATOR)
        uow.commit()


def end_order(services: Services, order_id: int, until: date | str, reason: str, actor: Actor) -> RoleAssignment:
    """End an order by which somebody acts for the head before its last day; the days that are past stay (R9.1).

    Yesterday as the last day ends it at once. `InvalidAnswers` for an earlier day, for one that is not before the
    order's own, and without a reason; `NotLawful` for an order that is over; `Forbidden`.
    """
    require(actor, Right.ACTING)
    with services.unit_of_work() as uow:
        officer = uow.locked.one(Officer, uow.get(RoleAssignment, order_id).officer_id)
        order, today = uow.locked.one(RoleAssignment, order_id), local(uow.now).date()
        if not order.acting:
            raise NotFound(what="order")
        if order.is_over(today) or order.valid_until is None:
            raise NotLawful("order_is_over", "R9.1")
        faults = Faults()
        last = faults.day("until", until) or today
        if last < today - timedelta(days=1):
            faults.add("until", "day_in_the_past")
        elif last >= order.valid_until and "until" not in faults:
            faults.add("until", "not_earlier", latest=order.valid_until.isoformat())
        faults.more(told_texts({"reason": reason}, {"reason": LONGEST_LINE}))
        faults.refuse()
        _end(uow, officer, [order], last, reason.strip(), actor)
        uow.commit()
        return order


def _end(
    uow: UnitOfWork, officer: Officer, ended: Sequence[RoleAssignment], until: date, reason: str, actor: Actor
) -> None:
    said = {"login": officer.login, "reason": reason, "until": until.isoformat()}
    for each in ended:
        before, each.valid_until = each.valid_until, until
        was = before.isoformat() if before else ""
        uow.note(None, actor, "role_ended", **said, role=each.role, basis=each.basis, before=was)
    give_back(uow, officer, actor, reason)


def give_role(services: Services, login: str, role: str, since: date, until: date | None, reason: str) -> None:
    """Give an account a role from a day on, to the last one if there is one; an order lets act for the head (R9.1).

    `InvalidAnswers` for a day that is past, for an end before the beginning, for a role that is held then, and for one
    of the provider beside one of the reviewing body.
    """
    with services.unit_of_work() as uow:
        errors = told_texts({"reason": reason}, {"reason": LONGEST_LINE})
        if since < local(uow.now).date():
            errors["since"] = Problem("in_the_past")
        if until is not None and until < since:
            errors["until"] = Problem("before_start")
        officer = _open_account(uow, login, errors)
        held = [each for each in uow.list(RoleAssignment, officer_id=officer.id) if each.meets(since, None)]
        if any(each.role == role and not each.acting and each.meets(since, until) for each in held):
            raise InvalidAnswers(errors={"role": Problem("held", {"value": role})})
        if wrong := roles_problem({role, *(each.role for each in held)}):
            raise InvalidAnswers(errors={"role": wrong})
        uow.add(RoleAssignment(officer.id, role, since, until))
        period = {"since": since.isoformat(), "until": until.isoformat() if until else ""}
        uow.note(None, ADMINISTRATOR, "role_given", login=login, role=role, reason=reason.strip(), **period)
        uow.commit()


def set_password(services: Services, passwords: Passwords, login: str, password: str) -> None:
    """Give an account another password, for who has forgotten it; every open session of the account ends."""
    hashed = passwords.hash(password)
    with services.unit_of_work() as uow:
        officer = _open_account(uow, login, password_problems(password))
        officer.password_hash = hashed
        uow.note(None, ADMINISTRATOR, "password_set", login=login)
        uow.commit()


def change_password(
    services: Services, passwords: Passwords, actor: Actor, password: str, new: str, again: str
) -> Actor:
    """Change the own password by the present one; every other session of the account ends. `InvalidAnswers`.

    A wrong present password is a line of the journal, as at the sign-in.
    """
    with services.reading() as uow:
        stored = uow.get(Officer, actor.officer_id).password_hash
    errors = password_problems(new, "password_new")
    if new != again:
        errors["password_again"] = Problem("not_the_same")
    known = passwords.verify(stored, password)
    hashed = "" if errors else passwords.hash(new)
    with services.unit_of_work() as uow:
        officer = uow.locked.one(Officer, actor.officer_id)
        if not known or officer.password_hash != stored:
            errors["password"] = Problem("wrong_password")
            uow.note(None, actor, "password_refused", login=officer.login)
            uow.commit()
        if errors:
            raise InvalidAnswers(errors=errors)
        officer.password_hash = hashed
        uow.note(None, actor, "password_changed", login=officer.login)
        uow.commit()
        return actor_of(uow, officer)


def _open_account(uow: UnitOfWork, login: str, errors: dict[str, Problem]) -> Officer:
    """The open account with this login; `InvalidAnswers` with what else is wrong, too."""
    officer = _locked(uow, login)
    if officer is None:
        errors["login"] = Problem("unknown", {"value": login})
    elif not officer.active:
        errors["login"] = Problem("account_closed", {"value": login})
    if officer is None or errors:
        raise InvalidAnswers(errors=errors)
    return officer


def _locked(uow: UnitOfWork, login: str) -> Officer | None:
    """The account with this login for a change, locked before what the officer has."""
    known = uow.people.by_login(login)
    return None if known is None else uow.locked.one(Officer, known.id)
