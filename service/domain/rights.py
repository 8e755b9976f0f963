"""What each role of the office may open and do: the only place that says so; use cases, queries and pages ask here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from service.domain.errors import Forbidden
from service.domain.people import PROVIDER_ROLES, Actor


class Right(StrEnum):
    """One thing that a role may open or do."""

    WORK = "work"
    """Take, do and sign the tasks of the own lane (R5.3, R6.1)."""
    LEAD = "lead"
    """Read the work of every lane of the provider, hand it over, extend a term (R8.2, L76.3)."""
    CASES = "cases"
    """Read every case and everything that belongs to it (O5)."""
    REVIEWS = "reviews"
    """Read the complaints that were sent to the reviewing body, and the cases that they contest (R13.1)."""
    STATUS = "status"
    """Learn where one case stands, by its number together with the applicant's IIN or BIN (A1.11.3)."""
    OVERVIEW = "overview"
    """See terms, breaches, workload and the report of a month (O5)."""
    DUTIES = "duties"
    """See the duties beside the cases; each is done by who holds its role (R12.1, O4)."""
    MESSAGES = "messages"
    """See what could not be sent and let it be tried again (R10.2)."""
    ERRORS = "errors"
    """Report a clerical error in a signed document (L82.1)."""
    COMPLAINTS = "complaints"
    """Register a complaint that came another way than through the cabinet (R13.2)."""
    CLAIMS = "claims"
    """Record a claim in court, its two documents and its end (R15.2)."""
    SETTINGS = "settings"
    """Enter dated settings and announce breaks of the portal (R2.2, A1.8.2)."""
    ACTING = "acting"
    """Enter orders by which an officer acts for the head for a period (R9.1)."""
    JOURNAL = "journal"
    """Read the journal of what belongs to no case: sign-ins, accounts, settings, editions, searches (L69.1)."""
    PERMITS = "permits"
    """Suspend, resume and cancel a permit with its basis."""


RIGHTS: Mapping[str, frozenset[Right]] = {
    "chancellery": frozenset({Right.WORK, Right.CASES, Right.DUTIES, Right.ERRORS, Right.COMPLAINTS}),
    "unit": frozenset({Right.WORK, Right.CASES, Right.DUTIES, Right.ERRORS, Right.CLAIMS}),
    "head": frozenset(
        {
            Right.WORK, Right.LEAD, Right.CASES, Right.OVERVIEW, Right.DUTIES, Right.MESSAGES, Right.ERRORS,
            Right.CLAIMS, Right.PERMITS,
        }
    ),
    "reviewer": frozenset({Right.WORK, Right.REVIEWS, Right.DUTIES, Right.ERRORS}),
    "supervisor": frozenset({Right.CASES, Right.OVERVIEW, Right.DUTIES, Right.JOURNAL}),
    "contact_centre": frozenset({Right.STATUS}),
    "administrator": frozenset({Right.MESSAGES, Right.DUTIES, Right.SETTINGS, Right.ACTING, Right.JOURNAL}),
}  # fmt: skip
"""The supervisor changes nothing (O5); the administrator decides nothing and sees no case; the contact centre looks up
one status at a time. An acting head has the head's rights while the order lasts (R9.1): roles are read anew each time.
"""


class Sight(StrEnum):
    """Which cases somebody may read."""

    ALL = "all"
    REVIEWS = "reviews"
    NONE = "none"


def rights_of(roles: Collection[str]) -> frozenset[Right]:
    """Everything that somebody with these roles may do."""
    return frozenset[Right]().union(*(RIGHTS.get(role, frozenset()) for role in roles))


def may(actor: Actor, right: Right) -> bool:
    """Whether the actor has the right today."""
    return right in rights_of(actor.roles)


def require(actor: Actor, *rights: Right) -> Actor:
    """The actor in the role that gives one of these rights; `Forbidden` for who holds none."""
    if not rights_of(actor.roles) & set(rights):
        raise Forbidden(what=rights[0].value)
    return actor.acting_in(*(role for role, given in RIGHTS.items() if given & set(rights)))


def sight_of(actor: Actor) -> Sight:
    """Which cases the actor may read: all, those sent to the reviewing body (R13.1), or none."""
    if may(actor, Right.CASES):
        return Sight.ALL
    return Sight.REVIEWS if may(actor, Right.REVIEWS) else Sight.NONE


def lanes_of(actor: Actor) -> Collection[str]:
    """The lanes whose tasks the actor may read: the own ones, and for the head every lane of the provider."""
    own = {role for role in actor.roles if Right.WORK in RIGHTS.get(role, ())}
    return sorted(own | set(PROVIDER_ROLES)) if may(actor, Right.LEAD) else sorted(own)


def reads_duty(actor: Actor, role: str) -> bool:
    """Whether the actor may open a duty of this role: who holds the role, who leads, and who oversees."""
    return may(actor, Right.DUTIES) and (role in actor.roles or may(actor, Right.LEAD) or may(actor, Right.OVERVIEW))
