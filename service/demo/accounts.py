"""The officers of the demo and their passwords; production refuses a database that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from service.bootstrap import Program
from service.domain.deadlines import local
from service.domain.people import Officer
from service.sandbox.personas import PERSONAS
from service.sandbox.pki import DevPki
from service.usecases.people import add_officer, appoint_acting

PASSWORD = "ruqsat-demo-2026"  # noqa: S105 - printed at every start of the demo


@dataclass(frozen=True)
class DemoOfficer:
    """An account of the demo: its login, whose key it signs with, its roles and its position."""

    login: str
    persona: str
    roles: tuple[str, ...]
    position: dict[str, str]


OFFICERS = (
    DemoOfficer(
        "chancellery",
        "ministry_chancellery",
        ("chancellery",),
        {"kk": "Кеңсе маманы", "ru": "Специалист канцелярии", "en": "Chancellery officer"},
    ),
    DemoOfficer(
        "unit",
        "ministry_unit",
        ("unit",),
        {"kk": "Басқарманың бас сарапшысы", "ru": "Главный эксперт управления", "en": "Chief expert of the unit"},
    ),
    DemoOfficer(
        "head",
        "ministry_head",
        ("head",),
        {"kk": "Комитет төрағасы", "ru": "Председатель комитета", "en": "Chairman of the committee"},
    ),
    DemoOfficer(
        "acting",
        "ministry_acting",
        ("unit",),
        {
            "kk": "Комитет төрағасының орынбасары",
            "ru": "Заместитель председателя комитета",
            "en": "Deputy chairman of the committee",
        },
    ),
)


def add_accounts(program: Program, pki: DevPki) -> None:
    """Open the accounts with the certificates that their papers will show; the deputy acts for the head for a month."""
    for account in OFFICERS:
        persona, certificate = PERSONAS[account.persona], pki.certificate(account.persona)
        officer = Officer(
            login=account.login,
            password_hash="",
            surname=persona.surname,
            given=persona.given,
            patronymic=persona.patronymic,
            iin=persona.iin,
            position=account.position,
            demo=True,
            certificate_serial=f"{certificate.serial_number:x}",
            certificate_until=certificate.not_valid_after_utc,
        )
        add_officer(program, program.passwords, officer, PASSWORD, account.roles)
    today = local(program.clock.now()).date()
    appoint_acting(program, "acting", today, today + timedelta(days=30), "57-Ж")
