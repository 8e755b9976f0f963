"""Documents that test the page: long, many, foreign, hostile."""

from __future__ import annotations

from datetime import date

from service.domain.document_parts import Address, Fact, Ground, Party, Shortcoming, Words
from service.domain.documents import Document
from tests.adapters.documents import samples

LONG_NAME = ("«" + "Қазақстандық ұлттық қамтамасыз етілген цифрлық активтер мен олардың айналысын дамыту " * 4)[
    :299
] + "»"
UNBROKEN = "Өтеұзынсөз" * 30
HOSTILE = '<script>alert("x")</script> {{ doc }} & <img src="file:///etc/passwd"> \u202efdp.exe\u200b 你好 🙂 مرحبا'
ADDRESSES = tuple(
    Address(
        f"0500{n:02}",
        "Алматы облысы",
        "Қонаев қаласы",
        f"{n}-аудан",
        "Ұшарал ауылы",
        "Ұзын көшесі",
        f"{n}/1",
        "2-қабат",
    )
    for n in range(20)
)
LONG_FACT = (
    "Ұсынылған құжаттағы деректер мемлекеттік тізілімнің мәліметтеріне сәйкес келмейді, өйткені сома өзгеше. " * 12
)


def permit_of_length() -> Document:
    return samples.permit(
        applicant=Party(
            LONG_NAME, samples.OFFICE, iin="850615300129", bin="150340001236", email=UNBROKEN + "@example.kz"
        ),
        platform=LONG_NAME,
        purpose=(LONG_FACT + "\n\n") * 3 + UNBROKEN,
        addresses=ADDRESSES,
    )


def refusal_of_length() -> Document:
    grounds = tuple(
        Ground(number, (Fact("document", LONG_FACT), Fact("date", date(2023, 9, number))), LONG_FACT, LONG_FACT)
        for number in range(1, 6)
    )
    return samples.refusal(grounds=grounds, language="ru")


def hostile_permit() -> Document:
    party = Party(HOSTILE, Address(street=HOSTILE), bin="150340001236")
    return samples.permit(applicant=party, platform=HOSTILE, purpose=HOSTILE, addresses=(Address(street=HOSTILE),))


def many_shortcomings() -> Document:
    items = tuple(
        Shortcoming(
            Words(f"{n}. {LONG_NAME}"),
            "missing" if n % 2 else "expired",
            date(2023, 9, 1) if n % 2 == 0 else None,
            HOSTILE,
        )
        for n in range(12)
    )
    return samples.not_considered(items=items, language="en")


def every_document() -> tuple[Document, ...]:
    return (permit_of_length(), refusal_of_length(), hostile_permit(), many_shortcomings())
