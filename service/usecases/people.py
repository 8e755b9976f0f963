"""Accounts of officers: sign-in, roles, the acting head for a period (R9.1)."""

from __future__ import annotations

from collections.abc import Set
from datetime import date
from typing import Protocol

from service.domain.deadlines import local
from service.domain.errors import InvalidAnswers
from service.domain.faults import Faults
from service.domain.forms import LONGEST_LINE, Problem, told_texts
from service.domain.people import PROVIDER_ROLES, ROLES, Actor, Officer, RoleAssignment, by_name
from service.domain.ports import UnitOfWork
from service.domain.rights import Right, require
from service.usecases.services import Services


class Passwords(Protocol):
    """Hashes passwords and checks them."""

    def hash(self, password: str) -> str:
        """A hash to be stored."""
        ...

    def verify(self, stored: str, password: str) -> bool:
        """Whether the password is right; takes as long for an unknown login."""
        ...


SHORTEST_PASSWORD = 12
LONGEST_LOGIN = LONGEST_ROLES = 64
"""In characters; the roles as the journal writes them, all together."""

ADMINISTRATOR = Actor("administrator", "administrator", roles=frozenset({"administrator"}))
"""Who works at the command line of the server."""


def sign_in_officer(services: Services, passwords: Passwords, login: str, password: str) -> Actor | None:
    """The officer with the roles of today, or None; an unknown login takes as long as a wrong password.

    The password is checked outside of the transaction that writes the journal: it takes its time.
    """
    with services.reading() as uow:
        officer = uow.people.by_login(login.strip())
    known = passwords.verify(officer.password_hash if officer else "", password)
    with services.unit_of_work() as uow:
        if officer is None or not known or not officer.active:
            uow.note(None, Actor(login.strip()[:64], "unknown"), "sign_in_refused")
            actor = None
        else:
            actor = actor_of(uow, officer)
            uow.note(None, actor, "signed_in")
        uow.commit()
        return actor


def officer_actor(services: Services, officer_id: int) -> Actor | None:
    """The officer of a session with the roles of this day; None if the account was closed meanwhile."""
    with services.reading() as uow:
        officer = uow.get(Officer, officer_id)
        return actor_of(uow, officer) if officer.active else None


def actor_of(uow: UnitOfWork, officer: Officer) -> Actor:
    """An officer as the journal writes it, with the roles held today."""
    held = uow.people.roles(officer.id, local(uow.now).date())
    roles, own = frozenset(each.role for each in held), {each.role for each in held if not each.acting}
    orders = tuple(sorted((each.role, each.basis) for each in held if each.role not in own))
    role = ",".join(sorted(roles))
    return Actor(officer.name, role, officer.id, officer.iin, roles, officer.session, orders)


def password_problems(password: str, field: str = "password") -> dict[str, Problem]:
    """What is wrong with a password that somebody wants to have."""
    return {field: Problem("too_short", {"limit": SHORTEST_PASSWORD})} if len(password) < SHORTEST_PASSWORD else {}


def roles_problem(roles: Set[str]) -> Problem | None:
    """Why nobody can have these roles together: complaints are considered by another body than the provider (L97.1)."""
    if len(",".join(roles)) > LONGEST_ROLES:
        return Problem("too_long", {"limit": LONGEST_ROLES})
    return Problem("two_bodies") if "reviewer" in roles and roles & set(PROVIDER_ROLES) else None


def add_officer(
    services: Services, passwords: Passwords, officer: Officer, password: str, roles: tuple[str, ...]
) -> Officer:
    """Open an account with its roles from today.

    `InvalidAnswers` for a short password, an unknown role, a login that is taken, and a text that is too long.
    """
    names = {"login": officer.login, "surname": officer.surname, "given": officer.given}
    errors = told_texts(names, {"login": LONGEST_LOGIN, "surname": LONGEST_LINE, "given": LONGEST_LINE})
    if wrong := roles_problem(set(roles)):
        errors["roles"] = wrong
    errors |= password_problems(password)
    if unknown := sorted(set(roles) - set(ROLES)):
        errors["roles"] = Problem("unknown", {"value": ", ".join(unknown)})
    officer.password_hash = passwords.hash(password)
    with services.unit_of_work() as uow:
        if uow.people.by_login(officer.login):
            errors["login"] = Problem("taken")
        if errors:
            raise InvalidAnswers(errors=errors)
        uow.add(officer)
        uow.flush()
        today = local(uow.now).date()
        uow.add(*(RoleAssignment(officer.id, role, today) for role in roles))
        uow.note(None, ADMINISTRATOR, "officer_added", login=officer.login, roles=list(roles))
        uow.commit()
        return officer


def acting_orders(uow: UnitOfWork) -> list[tuple[RoleAssignment, Officer]]:
    """Every order by which somebody acts or acted for the head, with the officer; the latest period first."""
    orders = [held for held in uow.list(RoleAssignment, role="head") if held.acting and held.valid_until]
    latest = sorted(orders, key=lambda held: (held.valid_from, held.id), reverse=True)
    return [(held, uow.get(Officer, held.officer_id)) for held in latest]


def acting_beside(
    uow: UnitOfWork, since: date, until: date, officer_id: int = 0
) -> list[tuple[RoleAssignment, Officer]]:
    """By which orders others act for the head on one of these days: the rules speak of one person (R9.1)."""
    return [
        (held, who)
        for held, who in acting_orders(uow)
        if who.active and who.id != officer_id and held.meets(since, until)
    ]


def possible_acting(uow: UnitOfWork, actor: Actor) -> list[Officer]:
    """The officers of the provider whom the actor may appoint to act for the head, by name; nobody the own person.

    Who is the head acts for nobody.
    """
    today = local(uow.now).date()
    found = {officer.id: officer for role in PROVIDER_ROLES for officer in uow.people.holding(role, today)}
    found.pop(actor.officer_id or 0, None)
    heads = {held.officer_id for held in uow.list(RoleAssignment, role="head") if not held.acting and held.holds(today)}
    return by_name(officer for officer in found.values() if officer.id not in heads)


def appoint_acting(
    services: Services,
    login: str,
    since: date | str,
    until: date | str,
    order: str,
    actor: Actor = ADMINISTRATOR,
    *,
    together: bool = False,
) -> RoleAssignment:
    """Let an officer of the provider act for the head for a period, by an order with a number (R9.1).

    `Forbidden`; `InvalidAnswers`, also for who has no role at the provider today, and for the actor's own person: the
    administrator decides nothing. Where somebody else acts on one of these days, both do so only if it is said that
    they act `together`. The same order once more was only pressed twice.
    """
    actor = require(actor, Right.ACTING)
    with services.alone() as uow:  # so that nobody else's order comes in between
        officer, faults, today = uow.people.by_login(login), Faults(), local(uow.now).date()
        if officer is None:
            faults.add("login", "unknown" if login else "required", value=login)
        elif officer.id not in {each.id for each in possible_acting(uow, actor)}:
            faults.add("login", "not_an_option", value=login)
        first, last = faults.day("since", since), faults.day("until", until)
        if last is not None and first is not None and last < first:
            faults.add("until", "before_start")
        if last is not None and last < today:
            faults.add("until", "day_in_the_past")
        faults.more(told_texts({"order": order}, {"order": LONGEST_LINE}))
        beside = acting_beside(uow, first, last, officer.id) if officer and first and last else []
        if beside and not together and "login" not in faults:
            faults.add("together", "others_act", names=", ".join(dict.fromkeys(who.name for _held, who in beside)))
        if officer is None or first is None or last is None or faults:
            raise InvalidAnswers(errors=dict(faults))
        acting, orders = RoleAssignment(officer.id, "head", first, last, True, order.strip()), acting_orders(uow)
        if same := next((held for held, _who in orders if held.says(acting)), None):
            return same
        before = [who.name for held, who in orders if held.meets(first, last)]
        uow.add(acting)
        period = {"since": first.isoformat(), "until": last.isoformat()}
        uow.note(None, actor, "acting_head", login=login, order=order.strip(), before=before, **period)
        uow.commit()
        return acting
