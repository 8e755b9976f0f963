"""The officers of the demo and their passwords; production refuses a database that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from service.domain.deadlines import local
from service.domain.people import Officer
from service.program import Program
from service.sandbox.personas import PERSONAS
from service.sandbox.pki import DevPki
from service.usecases.people import add_officer, appoint_acting

PASSWORD = "ruqsat-demo-2026"  # noqa: S105 - printed at every start of the demo


@dataclass(frozen=True)
class DemoOfficer:
    """An account of the demo: its login, whose key it signs with, its roles and its position.

    Who signs nothing has no key, only a name: surname, given name and IIN.
    """

    login: str
    persona: str
    roles: tuple[str, ...]
    position: dict[str, str]
    named: tuple[str, str, str] = ("", "", "")


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
    DemoOfficer(
        "reviewer",
        "review_officer",
        ("reviewer",),
        {
            "kk": "Шағымды қарайтын органның бас сарапшысы",
            "ru": "Главный эксперт органа, рассматривающего жалобу",
            "en": "Chief expert of the reviewing body",
        },
    ),
    DemoOfficer(
        "reviewer2",
        "review_secretary",
        ("reviewer",),
        {
            "kk": "Шағымды қарайтын органның сарапшысы",
            "ru": "Эксперт органа, рассматривающего жалобу",
            "en": "Expert of the reviewing body",
        },
    ),
    DemoOfficer(
        "supervisor",
        "",
        ("supervisor",),
        {"kk": "Жетекшілік ететін вице-министр", "ru": "Курирующий вице-министр", "en": "Supervising vice-minister"},
        ("ҚАДАҒАЛОВ", "НҰРБОЛАТ", "760303399013"),
    ),
    DemoOfficer(
        "centre",
        "",
        ("contact_centre",),
        {
            "kk": "Бірыңғай байланыс орталығының операторы",
            "ru": "Оператор единого контакт-центра",
            "en": "Operator of the single contact centre",
        },
        ("БАЙЛАНЫСОВА", "ДИНАРА", "880624499012"),
    ),
    DemoOfficer(
        "administrator",
        "",
        ("administrator",),
        {"kk": "Жүйе әкімшісі", "ru": "Администратор системы", "en": "Administrator of the system"},
        ("ЖҮЙЕБАЕВ", "АСҚАР", "900815399018"),
    ),
)


def add_accounts(program: Program, pki: DevPki) -> None:
    """Open the accounts with the certificates that their papers will show; the deputy acts for the head for a month."""
    for account in OFFICERS:
        add_officer(program, program.passwords, _officer(account, pki), PASSWORD, account.roles)
    today = local(program.clock.now()).date()
    appoint_acting(program, "acting", today, today + timedelta(days=30), "57-Ж")


def _officer(account: DemoOfficer, pki: DevPki) -> Officer:
    if not account.persona:
        surname, given, iin = account.named
        return Officer(account.login, "", surname, given, "", iin, account.position, demo=True)
    persona, certificate = PERSONAS[account.persona], pki.certificate(account.persona)
    return Officer(
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
