"""The official forms, letter by letter: what stands on the page is the form with its hints replaced by values."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain.document_parts import Address, Ground
from service.domain.documents import Document
from tests.adapters.documents import official, samples
from tests.adapters.documents.reading import body, form_text, squeezed

Printed = Callable[[Document], bytes]
DETAILS_KK, DETAILS_RU = samples.PROVIDER.details.kk, samples.PROVIDER.details.ru
HOLDER = (
    "БСН 150340001236, 010000, Астана қаласы, Есіл ауданы, Сыншылар көшесі, 12 (401-кеңсе), "
    "+7 (701) 123-45-67, info@ulgi.example"
)


def letterhead(number: str) -> list[str]:
    return [
        *(official.MINISTRY, samples.MINISTRY_RU, DETAILS_KK, DETAILS_RU),
        *(
            f"Нөмір: {number}",
            samples.COMPANY.name,
            "Өтініш нөмірі: P-2023-000123",
            HOLDER,
            "Берілген күні: 19.09.2023",
        ),
    ]


@pytest.mark.law("A3.1", "A3.3", "A3.4", "R7.2")
def test_the_permit_is_annex_3_letter_by_letter(printed: Printed) -> None:
    permit = samples.permit()
    form = official.PERMIT
    expected = [
        *form[:2],
        *letterhead(permit.number),
        *(
            form[11],
            official.MINISTRY,
            form[12],
            form[13],
            permit.platform,
            form[14],
            permit.purpose,
            form[15],
            form[16],
        ),
        *(permit.addresses[0].line, *form[17:]),
    ]
    assert form_text(printed(permit)) == squeezed("".join(expected))


@pytest.mark.law("A2.1", "A2.2", "A2.4", "A2.5", "R3.2")
def test_the_application_is_annex_2_letter_by_letter(printed: Printed) -> None:
    application = samples.application()
    form = official.APPLICATION
    expected = [
        *(form[0], form[1], HOLDER, form[2], f"{official.MINISTRY} басшысына"),
        *(
            "Өтініш нөмірі: P-2023-000123",
            "Өтініш күні: 12.09.2023",
            form[6],
            application.applicant.name,
            form[7],
            form[8],
        ),
        *(application.platform, form[9], application.purpose, form[10], form[11]),
        *(f"1. {application.addresses[0].line}", f"2. {application.addresses[1].line}", form[12], "Қосымша:"),
        "1. мүлікті сатып алу-сату шартының электрондық көшірмесі, № 17-С, 01.08.2023 (shart-17.pdf)",
        "2. тауар белгілерінің мемлекеттік тізілімінен үзіндінің электрондық көшірмесі, № 66120, 10.02.2023,",
        "қолданылатын соңғы күні – 10.02.2033 (үзінді № 66120.pdf)",
        "3. еркін нысандағы кепілдік хат (кепілдік хат.pdf)",
        *(form[14], form[15], application.signer, form[16]),
    ]
    assert form_text(printed(application)) == squeezed("".join(expected))


@pytest.mark.law("A4.1", "A4.2", "A4.4", "R7.3", "A1.10.6")
def test_the_refusal_is_annex_4_letter_by_letter_up_to_its_grounds_and_from_them_on(printed: Printed) -> None:
    refusal = samples.refusal()
    form = official.REFUSAL
    opening = form[12].replace("(Мемлекеттік органның атауы)", official.MINISTRY).replace("(Өтініш күні)", "12.09.2023")
    expected = [
        form[0],
        *letterhead(refusal.number),
        *form[10:12],
        opening.replace("(Өтініштің нөмірі)", "P-2023-000123"),
    ]
    text = form_text(printed(refusal))
    assert text.startswith(squeezed("".join(expected)))
    ending = [refusal.strip.position.kk, form[14], refusal.strip.signer, form[15]]
    assert text.endswith(squeezed("".join(ending)))


@pytest.mark.law("A2.5")
def test_the_spelling_of_the_official_form_stays() -> None:
    assert "сәкестендіру" in official.APPLICATION[2]


@pytest.mark.law("A3.4")
def test_the_missing_bracket_and_comma_of_the_official_form_stay(printed: Printed) -> None:
    text = form_text(printed(samples.permit()))
    assert "(стационарлықүй-жай)Ерекшешарттар" in text
    assert "заңдытөлемқұралықаржықұралы" in text


@pytest.mark.law("D9")
def test_each_form_keeps_its_own_wording_of_the_title(printed: Printed) -> None:
    permit, refusal = (form_text(printed(document)) for document in (samples.permit(), samples.refusal()))
    assert squeezed("Қамтамасыз етілген цифрлық активтерді шығаруға және олардың айналысына РҰҚСАТ") in permit
    assert squeezed("Қамтамасыз етілген цифрлық активтер шығаруға және олардың айналысына рұқсат беруден") in refusal


@pytest.mark.law("A4.1", "A1.10.6")
@pytest.mark.parametrize("number", official.GROUNDS)
def test_each_ground_is_printed_with_its_number_and_official_text(printed: Printed, number: int) -> None:
    ground = Ground(number, (), "Мән-жай сипатталды.")
    text = form_text(printed(samples.refusal(grounds=(ground,))))
    assert squeezed(f"Тізбенің 10-тармағының {number}) тармақшасы: {official.GROUNDS[number]}") in text


@pytest.mark.law("A4.1")
def test_several_grounds_are_numbered_and_carry_their_facts(printed: Printed) -> None:
    text = form_text(printed(samples.refusal()))
    first, second = text.index("1.Тізбенің10-тармағының1)"), text.index("2.Тізбенің10-тармағының2)")
    fact = text.index(squeezed("Деректер (мәліметтер): Сатушының атауы мен БСН"))
    norm = text.index(squeezed("Акт нормасы: 4-тармақ, 2) тармақша"))
    assert first < fact < second < norm


@pytest.mark.law("D7", "R6.2")
def test_the_notice_has_its_official_title(printed: Printed) -> None:
    title = official.NOTICE_TITLE[0].upper() + official.NOTICE_TITLE[1:]
    assert squeezed(title) in form_text(printed(samples.not_considered()))


@pytest.mark.law("R15.1", "A1.11.5", "L80.5")
@pytest.mark.parametrize(
    "document", [samples.permit(), samples.refusal(), samples.not_considered()], ids=lambda d: d.kind
)
def test_every_result_states_the_way_to_the_court_and_the_contact_centre(printed: Printed, document: Document) -> None:
    text = squeezed(body(printed(document)))
    assert squeezed(official.COURT) in text
    assert squeezed(official.CONTACT_CENTRE) in text


@pytest.mark.law("A2.1")
def test_an_address_is_printed_in_the_order_of_the_form() -> None:
    full = Address("050000", "Алматы облысы", "Қонаев", "1-аудан", "Ұшарал", "Мектеп көшесі", "7а", "2-қабат")
    assert full.line == "050000, Алматы облысы, Қонаев, 1-аудан, Ұшарал, Мектеп көшесі, 7а (2-қабат)"
    assert Address(city="Астана", house="1").line == "Астана, 1"
    assert Address(premises="2-қабат").line == "2-қабат"
    assert Address().line == ""
