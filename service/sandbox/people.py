"""What the state registers of the sandbox know of the made-up people, companies and sole proprietors (R4.1).

Who exists is said once, in `personas`; here stands what a register would add: documents, addresses, registrations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from service.sandbox.personas import (
    BRANCH_BIN,
    BRANCH_NAME,
    COMPANY2_BIN,
    COMPANY2_NAME,
    COMPANY_BIN,
    COMPANY_NAME,
    MINISTRY_BIN,
    MINISTRY_NAME,
    PERSONAS,
    REVIEW_BIN,
    REVIEW_NAME,
    Persona,
)


@dataclass(frozen=True)
class Place:
    """An address in annex 2's parts; each part in Kazakh and in Russian."""

    region: tuple[str, str]
    city: tuple[str, str]
    district: tuple[str, str]
    street: tuple[str, str]
    house: str
    premises: str = ""


@dataclass(frozen=True)
class Resident:
    """A person in the register of natural persons."""

    persona: Persona
    birth_date: date
    document_number: str
    document_issued: date
    document_until: date
    place: Place


@dataclass(frozen=True)
class Company:
    """An organisation in the register of legal entities."""

    bin: str
    name_kk: str
    name_ru: str
    registered_on: date
    leader: Persona
    place: Place


@dataclass(frozen=True)
class Entrepreneur:
    """A sole proprietor: registered, or started without registration; `active` until the activity ended."""

    persona: Persona
    name: str
    registered_on: date | None
    started_on: date | None
    active: bool
    place: Place


_ASTANA = (("Астана қаласы", "город Астана"), ("Астана қаласы", "город Астана"), ("Есіл ауданы", "район Есиль"))
_ALMATY = (("Алматы қаласы", "город Алматы"), ("Алматы қаласы", "город Алматы"), ("Медеу ауданы", "Медеуский район"))
_KOSTANAY = (("Қостанай облысы", "Костанайская область"), ("Қостанай қаласы", "город Костанай"), ("", ""))

_OFFICE = Place(*_ASTANA, ("Мәңгілік Ел даңғылы", "проспект Мангилик Ел"), "55/5")
_PLACES = (
    Place(*_ASTANA, ("Қабанбай батыр даңғылы", "проспект Кабанбай батыра"), "11", "42"),
    Place(*_ALMATY, ("Гоголь көшесі", "улица Гоголя"), "77А", "9"),
    Place(*_KOSTANAY, ("Әл-Фараби даңғылы", "проспект Аль-Фараби"), "102", "18"),
)


def _resident(index: int, persona: Persona) -> Resident:
    iin = persona.iin
    century = 1900 if iin[6] in "34" else 2000
    until = date(2024, 6, 14) if persona.key == "expired" else date(2031, 3, 14)
    return Resident(
        persona=persona,
        birth_date=date(century + int(iin[:2]), int(iin[2:4]), int(iin[4:6])),
        document_number=f"0999000{index:02d}",
        document_issued=until.replace(year=until.year - 10, day=until.day + 1),
        document_until=until,
        place=_PLACES[index % len(_PLACES)],
    )


RESIDENTS: Mapping[str, Resident] = {
    persona.iin: _resident(index, persona) for index, persona in enumerate(PERSONAS.values(), start=1)
}
"""Everybody, by IIN."""

COMPANIES: Mapping[str, Company] = {
    company.bin: company
    for company in (
        Company(
            COMPANY_BIN,
            COMPANY_NAME,
            "ТОО «Улги Активтер»",
            date(2015, 3, 18),
            PERSONAS["company_head"],
            Place(*_ALMATY, ("Абай даңғылы", "проспект Абая"), "10", "301"),
        ),
        Company(
            COMPANY2_BIN,
            COMPANY2_NAME,
            "АО «Сынак Токен»",
            date(2019, 9, 2),
            PERSONAS["company2_head"],
            Place(*_KOSTANAY, ("Байтұрсынұлы көшесі", "улица Байтурсынова"), "67"),
        ),
        Company(
            BRANCH_BIN,
            BRANCH_NAME,
            "Филиал компании Sample Assets Ltd. в Казахстане",
            date(2018, 11, 26),
            PERSONAS["branch_head"],
            Place(*_ALMATY, ("Достық даңғылы", "проспект Достык"), "180", "12"),
        ),
        Company(
            MINISTRY_BIN,
            MINISTRY_NAME,
            "Министерство цифрового развития, инноваций и аэрокосмической промышленности Республики Казахстан",
            date(2001, 6, 15),
            PERSONAS["ministry_head"],
            _OFFICE,
        ),
        Company(
            REVIEW_BIN,
            REVIEW_NAME,
            "Орган по контролю за качеством (тест)",
            date(2002, 9, 16),
            PERSONAS["review_officer"],
            _OFFICE,
        ),
    )
}
"""Every organisation, by BIN."""

ENTREPRENEURS: Mapping[str, Entrepreneur] = {
    entrepreneur.persona.iin: entrepreneur
    for entrepreneur in (
        Entrepreneur(PERSONAS["entrepreneur"], "ЖК «Үлгі Сауда»", date(2019, 4, 9), None, True, _PLACES[0]),
        Entrepreneur(PERSONAS["revoked"], "ЖК «Қайтарылов»", None, date(2022, 2, 1), True, _PLACES[1]),
        Entrepreneur(PERSONAS["expired"], "ЖК «Мерзім»", date(2012, 10, 30), None, False, _PLACES[2]),
    )
}
"""Every sole proprietor, by IIN; the persona `person` is not among them (R1.1)."""
