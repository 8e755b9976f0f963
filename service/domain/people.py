"""Who acts: the applicant who signed in by signature, the officer with roles for a period."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from service.domain.case import ApplicantKind
from service.domain.kazakh_order import kazakh_order

PROVIDER_ROLES = ("chancellery", "unit", "head")
"""Roles of the provider that do the work of a case."""

LANE_ROLES = (*PROVIDER_ROLES, "reviewer")
"""Roles that are lanes of the diagrams; the reviewing body works on complaints only (R13.1)."""

ROLES = (*LANE_ROLES, "contact_centre", "supervisor", "administrator")
"""Every role an officer may hold: the single contact centre (A1.11.3) and the supervisor (O5) only look."""


@dataclass(frozen=True)
class Applicant:
    """The applicant as the signature shows: the person's IIN and, for a legal entity, its BIN (R1.1, R3.3)."""

    iin: str
    bin: str
    name: str
    organisation: str = ""

    @property
    def kind(self) -> ApplicantKind:
        """A legal entity signs with its BIN, a sole proprietor with the IIN alone."""
        return ApplicantKind.COMPANY if self.bin else ApplicantKind.ENTREPRENEUR

    @property
    def identifier(self) -> str:
        """The number by which the applicant's own cases are found."""
        return self.bin or self.iin

    @property
    def actor(self) -> Actor:
        """The applicant as the journal writes who acts."""
        return Actor(self.name, "applicant", iin=self.iin)


@dataclass(eq=False)
class Officer:
    """An officer of the provider with a local account; `position` is printed on what the officer signs."""

    login: str
    password_hash: str
    surname: str
    given: str
    patronymic: str
    iin: str
    position: dict[str, str] = field(default_factory=dict)
    active: bool = True
    demo: bool = False
    certificate_serial: str = ""
    certificate_until: datetime | None = None
    id: int = field(init=False)

    @property
    def name(self) -> str:
        """Surname and given name, as on the worklist."""
        return f"{self.surname} {self.given}".strip()

    @property
    def full_name(self) -> str:
        """Surname, name and patronymic if any, as documents print it (A4.2)."""
        return f"{self.surname} {self.given} {self.patronymic}".strip()

    def is_named_in(self, text: str) -> bool:
        """Whether a text names this person: by the surname, and of the names beside it by the given one first.

        Names stand there whole or as they begin; who has them the other way round is another person.
        """
        words, surname = re.findall(r"\w+", text.casefold()), re.findall(r"\w+", self.surname.casefold())
        beside = [word for word in words if word not in surname]
        if not surname or not set(surname) <= set(words):
            return False
        given, patronymic = self.given.casefold(), self.patronymic.casefold()
        named = [word for word in beside if given.startswith(word) or patronymic.startswith(word)]
        return not beside or (bool(named) and given.startswith(named[0]))

    @property
    def session(self) -> str:
        """What a session of this account must bear: another password, and those that were open are over."""
        return hashlib.sha256(self.password_hash.encode()).hexdigest()[:16]


def by_name(officers: Iterable[Officer]) -> list[Officer]:
    """Officers in the order of their names, as lists show them to people."""
    return sorted(officers, key=lambda officer: kazakh_order(officer.full_name))


@dataclass(eq=False)
class RoleAssignment:
    """A role of an officer for a period; an acting head has the number of the order as its basis (R9.1)."""

    officer_id: int
    role: str
    valid_from: date
    valid_until: date | None = None
    acting: bool = False
    basis: str = ""
    id: int = field(init=False)

    def says(self, other: RoleAssignment) -> bool:
        """Whether both give one person one role for one period on one basis."""
        return all(
            getattr(self, name) == getattr(other, name)
            for name in ("officer_id", "role", "valid_from", "valid_until", "acting", "basis")
        )

    def lasts_after(self, day: date) -> bool:
        """Whether the role goes on after a day, or begins after it."""
        return self.valid_until is None or self.valid_until > day

    def meets(self, since: date, until: date | None) -> bool:
        """Whether the role is held on any day of a period."""
        last = self.valid_until or date.max
        return self.valid_from <= last and self.valid_from <= (until or date.max) and since <= last

    def is_over(self, day: date) -> bool:
        """Whether the last day has passed, or was put before the first one."""
        return self.valid_until is not None and self.valid_until < max(day, self.valid_from)

    def holds(self, day: date) -> bool:
        """Whether the officer holds the role on that day; nobody acts without an order and an end (R9.1)."""
        if self.acting and not (self.basis and self.valid_until):
            return False
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True)
class Actor:
    """Who does something to a case, as the journal writes it: an officer, an applicant or the system itself.

    `role` is the one in which it is done, `order` the number of the order where that role is held by one. `roles` are
    all that are held today, `orders` those of them that are held by an order alone, with its number (R9.1).
    """

    name: str
    role: str
    officer_id: int | None = None
    iin: str = ""
    roles: frozenset[str] = frozenset()
    session: str = field(default="", compare=False, repr=False)
    orders: tuple[tuple[str, str], ...] = ()
    order: str = ""

    def acting_in(self, *roles: str) -> Actor:
        """The same person in the first of these roles that they hold, one of their own before one held by an order."""
        orders = dict(self.orders)
        held = sorted((role for role in roles if role in self.roles), key=lambda role: role in orders)
        return replace(self, role=held[0], order=orders.get(held[0], "")) if held else self


ACTING = "acting"
"""Among the values of a line of the journal: the number of the order by which its role is held (R9.1)."""

SYSTEM = Actor(name="system", role="system")
