"""What the letters say: every part that the law wants in them, in the languages of the application."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date

import pytest

from service.adapters.verification import read_code
from service.domain.document_parts import HearingFacts, Language, Words
from service.domain.documents import Document, HearingMinutes
from tests.adapters.documents import samples
from tests.adapters.documents.reading import body, form_text, squeezed

Printed = Callable[[Document], bytes]


def says(pdf: bytes, *texts: str) -> None:
    whole = squeezed(body(pdf))
    missing = [text for text in texts if squeezed(text) not in whole]
    assert not missing


@pytest.mark.law("R6.2", "D7", "R6.3")
@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "kk",
            (
                "Ұсынылмаған құжаттар мен мәліметтер: 1. еркін нысандағы кепілдік хат",
                "қолданылған соңғы күні 11.09.2023",
            ),
        ),
        (
            "ru",
            (
                "1. гарантийное письмо в произвольной форме",
                "последний день действия 11.09.2023",
                "можете подать новое заявление",
            ),
        ),
        (
            "en",
            ("1. guarantee letter in free form", "last day of validity 11.09.2023", "you may file a new application"),
        ),
    ],
)
def test_the_notice_names_every_missing_and_expired_document(
    printed: Printed, language: str, texts: tuple[str, ...]
) -> None:
    says(printed(samples.not_considered(language=language)), "P-2023-000123", "№ 66120", *texts)


@pytest.mark.law("R8.1", "L73.1", "L73.3", "L73.4", "L75.1")
@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "kk",
            (
                "бас тарту туралы алдын ала шешім",
                "Күні: 2023 жылғы 18 қыркүйек",
                "Уақыты: 11:00 (UTC+06:00)",
                "Тәсілі: бейнеконференция",
                "Орны: Астана қаласы, Үлгі даңғылы, 55/5-үй, 214-бөлме",
                "2023 жылғы 18 қыркүйек, сағат 18:30",
                "2023 жылғы 19 қыркүйектен ерте қабылданбайды",
            ),
        ),
        (
            "ru",
            (
                "предварительное решение об отказе",
                "Дата: 18 сентября 2023 года",
                "Способ: видеоконференция",
                "не ранее 19.09.2023",
            ),
        ),
        (
            "en",
            (
                "preliminary decision to refuse",
                "Date: 18 September 2023",
                "Place: Astana",
                "not adopted earlier than 19.09.2023",
            ),
        ),
    ],
)
def test_one_notice_holds_the_preliminary_decision_and_the_invitation(
    printed: Printed, language: str, texts: tuple[str, ...]
) -> None:
    says(printed(samples.preliminary(language=language)), *texts)


@pytest.mark.law("L80.5", "R13.1", "R13.2", "R14.1", "R15.1", "L92.1", "L93.1", "A4.3", "D11")
@pytest.mark.parametrize("make", [samples.refusal, samples.not_considered], ids=["refusal", "not_considered"])
@pytest.mark.parametrize(
    ("language", "texts"),
    [
        (
            "kk",
            (
                "Шағымдану тәртібі",
                "3 (үш) ай ішінде",
                "5 (бес) жұмыс күні",
                "15 (он бес) жұмыс күні",
                "электрондық үкіметтің",
            ),
        ),
        ("ru", ("Порядок обжалования", "3 (трёх) месяцев", "уполномоченный орган по оценке", "обращение в суд")),
        ("en", ("How to appeal", "3 (three) months", "the authorised body that assesses", "one may go to court")),
    ],
)
def test_the_attachment_on_complaints_goes_with_it(
    printed: Printed, make: Callable[..., Document], language: str, texts: tuple[str, ...]
) -> None:
    pdf = printed(make(language=language))
    says(pdf, "Шағымдану тәртібі", *texts)


@pytest.mark.law("A4.4", "L73.2", "L73.4")
@pytest.mark.parametrize(
    ("hearing", "texts"),
    [
        (
            samples.HELD,
            ("Тыңдау өткізілді: 18.09.2023; тәсілі: бейнеконференция", "Тыңдау нәтижесі: Ұсынылған түсіндірмелер"),
        ),
        (
            HearingFacts(
                notified_at=samples.HELD.notified_at,
                settled_on=date(2023, 9, 18),
                position="Келіспеймін.",
                result="Дәлел ұсынылмады.",
            ),
            (
                "жазбаша түрде өткізілді, 18.09.2023 күні аяқталды",
                "позициясы: Келіспеймін.",
                "Тыңдау нәтижесі: Дәлел ұсынылмады.",
            ),
        ),
        (
            HearingFacts(notified_at=samples.HELD.notified_at, settled_on=date(2023, 9, 18), way=samples.HELD.way),
            (
                "хабарлама жіберілді: 14.09.2023, 10:00 (UTC+06:00)",
                "хабарламада көрсетілген тыңдау тәсілі: бейнеконференция; 18.09.2023 күні анықталды.",
            ),
        ),
        (
            HearingFacts(
                waived=Words("заңды күшіне енген сот актісі"), waived_reason="Сот актісінің көшірмесі қоса беріледі."
            ),
            ("Тыңдау өткізілмеді, негізі: заңды күшіне енген сот актісі", "Сот актісінің көшірмесі қоса беріледі."),
        ),
    ],
    ids=lambda value: value.kind if isinstance(value, HearingFacts) else "",
)
def test_the_refusal_states_the_hearing_or_why_there_was_none(
    printed: Printed, hearing: HearingFacts, texts: tuple[str, ...]
) -> None:
    says(printed(samples.refusal(hearing=hearing)), *texts)


@pytest.mark.law("L80.1", "R8.1")
@pytest.mark.parametrize("make", [samples.refusal, samples.preliminary], ids=["refusal", "preliminary"])
def test_the_conclusion_of_the_examination_is_printed(printed: Printed, make: Callable[..., Document]) -> None:
    says(printed(make(conclusion="Барлық құжат тексерілді.")), "Қорытынды: Барлық құжат тексерілді.")


@pytest.mark.law("L76.3")
@pytest.mark.parametrize(
    ("language", "text"),
    [("kk", "Жаңа мерзімнің соңғы күні"), ("ru", "Последний день нового срока"), ("en", "Last day of the new term")],
)
def test_the_extension_says_why_and_until_when(printed: Printed, language: str, text: str) -> None:
    says(
        printed(samples.extension(language=language)),
        f"{text}: 19.10.2023",
        "19.09.2023",
        "2023 жылғы 15 қыркүйектегі дәлелді шешіммен",
        "Маңызды мән-жайларды",
    )


@pytest.mark.law("L74.1")
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_minutes_hold_all_that_the_law_lists(printed: Printed, language: str) -> None:
    minutes = samples.minutes(language=language)
    says(
        printed(minutes),
        *(
            minutes.place.say(language),
            "18.09.2023",
            "11:00 (UTC+06:00)",
            "11:40 (UTC+06:00)",
            minutes.provider.name.kk,
        ),
        *(minutes.chair.name, minutes.secretary.name, "Сынақова Ғайша Өмірқызы", minutes.question),
        *("Шарттың қатемен", "Дұрыс нұсқасы қайда?", "Жаңа өтінішпен ұсынамыз.", "Ескерту қабылданды."),
    )


@pytest.mark.law("A3.5", "L80.1", "R9.1", "A1.11.5")
@pytest.mark.parametrize("document", samples.every_document(), ids=lambda d: d.kind)
def test_the_strip_names_signer_time_certificate_and_code(printed: Printed, document: Document) -> None:
    strip = document.strip
    signers = [strip.signer, strip.certificate]
    if isinstance(document, HearingMinutes):
        signers = [document.chair.name, document.secretary.name]
    says(
        printed(document),
        *signers,
        "19.09.2023, 11:24 (UTC+06:00)",
        strip.code,
        strip.url,
        "1414, 8 800 080 7777",
    )


@pytest.mark.law("A3.2")
def test_the_permit_shows_its_last_day_outside_of_the_form(printed: Printed) -> None:
    strip = body(printed(samples.permit())).split("Электрондық құжат ЭЦҚ-мен")[1]
    assert "Последний день действия: 19.09.2026" in strip


@pytest.mark.law("A3.5")
def test_a_certificate_that_is_not_known_yet_leaves_no_empty_line(printed: Printed) -> None:
    strip = dataclasses.replace(samples.STRIP, certificate="")
    assert "Сертификат" not in body(printed(samples.permit(strip=strip)))


@pytest.mark.law("R3.2")
def test_a_document_that_cannot_be_looked_up_shows_no_empty_code(printed: Printed) -> None:
    strip = dataclasses.replace(samples.STRIP, code="", url="https://ruqsat.example")
    pdf = printed(samples.application(strip=strip))
    assert "Тексеру коды" not in body(pdf)
    assert read_code(pdf) is None


@pytest.mark.law("R8.1")
def test_a_place_or_way_that_is_not_named_leaves_no_empty_line(printed: Printed) -> None:
    invitation = dataclasses.replace(samples.preliminary().hearing, place=Words(""))
    assert "Орны:" not in body(printed(samples.preliminary(hearing=invitation)))
    assert "орны:" not in body(printed(samples.refusal(hearing=dataclasses.replace(samples.HELD, place=Words("")))))


@pytest.mark.law("D20")
def test_instants_are_printed_in_local_time_with_its_offset(printed: Printed) -> None:
    later = dataclasses.replace(samples.STRIP, prepared_at=samples.MADE_AT.replace(year=2024))
    says(printed(samples.permit(strip=later, issued_on=date(2024, 9, 19))), "19.09.2024, 10:24 (UTC+05:00)")


@pytest.mark.law("R7.2", "R7.3", "A3.2", "A4.1", "R15.1")
@pytest.mark.parametrize(
    ("language", "permit", "refusal", "force"),
    [
        ("ru", "Последний день действия: 19.09.2026", "Мотивированный отказ в выдаче", "Юридической силы не имеет"),
        ("en", "Last day of validity: 19.09.2026", "Reasoned refusal of the permit", "without legal force"),
    ],
)
def test_who_applied_in_another_language_gets_a_translation_for_information_with_the_same_paper(
    printed: Printed, language: Language, permit: str, refusal: str, force: str
) -> None:
    issued, refused = samples.permit(language=language), samples.refusal(language=language)
    says(printed(issued), permit, force, issued.platform, "аудармасы, заңдық күші жоқ")
    says(printed(refused), refusal, force, "Шағымдану тәртібі")
    for document in (issued, refused):
        assert form_text(printed(document)) == form_text(printed(dataclasses.replace(document, language="kk")))


@pytest.mark.law("A3.1", "A4.1")
def test_in_kazakh_there_is_the_official_text_alone(printed: Printed) -> None:
    for document in (samples.permit(), samples.refusal()):
        assert "аудармасы" not in body(printed(document))
