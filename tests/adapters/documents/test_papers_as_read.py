"""How papers read to a person: dates, numbers and names in their sentences, nothing said twice, no stray lines."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date
from typing import Literal

import pytest

from service.domain.document_parts import Language, Shortcoming, Words
from service.domain.documents import Document
from tests.adapters.documents import samples, samples_of_complaints
from tests.adapters.documents.reading import body, reader, squeezed
from tests.papers import pages_text, pdf_text

Printed = Callable[[Document], bytes]
EVERY = [*samples.every_document(), *samples_of_complaints.every_document()]
LANGUAGES: tuple[Language, ...] = ("kk", "ru", "en")
PAPER = Words("шарт", "договор", "contract")


def line(pdf: bytes) -> str:
    """The whole text on one line."""
    return " ".join(body(pdf).split())


@pytest.mark.law("R6.2", "D7")
@pytest.mark.parametrize(
    ("state", "language", "said", "unsaid"),
    [
        ("missing", "kk", "құжаттар пакеті толық ұсынылмаған.", "мерзімі өтіп"),
        ("expired", "kk", "9-тармағына сәйкес қолданыс мерзімі өтіп кеткен құжаттар ұсынылған.", "толық ұсынылмаған"),
        ("missing", "ru", "пункту 9 Перечня представлен не полностью.", "с истекшим сроком"),
        ("expired", "ru", "представлены документы с истекшим сроком действия.", "не полностью"),
        ("missing", "en", "of the List is incomplete.", "had expired"),
        ("expired", "en", "had expired when they were submitted.", "is incomplete"),
    ],
)
def test_the_notice_says_which_of_the_two_it_was(
    printed: Printed, state: Literal["missing", "expired"], language: Language, said: str, unsaid: str
) -> None:
    item = Shortcoming(PAPER, state, date(2023, 9, 11) if state == "expired" else None)
    text = line(printed(samples.not_considered(language=language, items=(item,))))
    assert said in text
    assert unsaid not in text
    assert "және (немесе)" not in text.split("қосымша")[0]


@pytest.mark.law("R6.2", "D7")
def test_the_notice_says_both_where_it_was_both(printed: Printed) -> None:
    text = line(printed(samples.not_considered(language="ru")))
    assert "құжаттар пакеті толық ұсынылмаған және қолданыс мерзімі өтіп кеткен құжаттар ұсынылған." in text
    assert "представлен не полностью и представлены документы с истекшим сроком действия." in text
    assert "и (или)" not in text


@pytest.mark.law("L100.1", "D27")
@pytest.mark.parametrize(
    ("language", "filed", "registered"),
    [
        ("kk", "2023 жылғы 29 қыркүйектегі № A-2023-000017 шағымды", "2023 жылғы 2 қазанда № ШҚ-41 болып тіркелді"),
        ("ru", "жалобу № A-2023-000017 от 29 сентября 2023 года", "зарегистрирована 2 октября 2023 года под № ШҚ-41"),
        ("en", "complaint No. A-2023-000017 of 29 September 2023", "on 2 October 2023 under No. ШҚ-41"),
    ],
)
def test_a_decision_keeps_the_two_registrations_of_a_complaint_apart(
    printed: Printed, language: Language, filed: str, registered: str
) -> None:
    text = line(printed(samples_of_complaints.decision(language=language)))
    assert filed in text
    assert registered in text


@pytest.mark.law("L100.1", "L80.1")
def test_a_decision_without_a_hearing_promises_no_circumstances(printed: Printed) -> None:
    text = line(printed(samples_of_complaints.decision(language="ru", hearing=None)))
    reasons = " ".join(samples_of_complaints.REASONS.split())
    assert f"1. Шешімнің дәлелдері {reasons}" in text
    assert f"1. Мотивы решения {reasons}" in text
    assert "обстоятельства и мотивы" not in text
    assert "рассмотрело" not in text


@pytest.mark.law("L80.1", "A4.1")
@pytest.mark.parametrize("document", EVERY, ids=lambda d: d.kind)
def test_a_number_is_never_parted_from_its_sign(printed: Printed, document: Document) -> None:
    for language in LANGUAGES:
        text = pdf_text(printed(dataclasses.replace(document, language=language)))
        assert not re.search(r"№\s*\n", text)
        assert not re.search(r"\bNo\.\s*\n", text)


@pytest.mark.law("L80.1")
@pytest.mark.parametrize("document", EVERY, ids=lambda d: d.kind)
def test_a_kazakh_day_stands_in_its_sentence_as_one_says_it(printed: Printed, document: Document) -> None:
    """The official form of annex 4 alone puts the day before its own word: its letters stay (A4.1)."""
    text = line(printed(document))
    if document.kind != "refusal":
        assert not re.search(r"\d\d\.\d\d\.\d{4} (жылғы|дейін|бастап|ерте)", text)


@pytest.mark.law("L80.1")
@pytest.mark.parametrize("document", EVERY, ids=lambda d: d.kind)
def test_the_short_names_are_explained_once(printed: Printed, document: Document) -> None:
    for language in LANGUAGES:
        text = squeezed(body(printed(dataclasses.replace(document, language=language))))
        assert text.count(squeezed("Әкімшілік рәсімдік-процестік кодексі;")) <= 1
        assert text.count(squeezed("Административный процедурно-процессуальный кодекс Республики Казахстан; ЭЦП")) <= 1
        assert text.count(squeezed("the Code is the Administrative Procedure Code")) <= 1


@pytest.mark.law("A3.5", "L80.1")
@pytest.mark.parametrize("document", EVERY, ids=lambda d: d.kind)
def test_a_signature_never_stands_alone_beside_the_strip(printed: Printed, document: Document) -> None:
    for language in LANGUAGES:
        pages = pages_text(printed(dataclasses.replace(document, language=language)))
        last = next(page for page in pages if "Электрондық құжат ЭЦҚ-мен" in page)
        assert len(squeezed(last.split("Электрондық құжат ЭЦҚ-мен")[0])) > 250


@pytest.mark.law("A3.5", "L80.1")
@pytest.mark.parametrize(
    ("document", "pages"),
    [
        (samples.application(), 1),
        (samples.minutes(language="ru"), 1),
        (samples.refusal(language="ru"), 3),
        (samples.not_considered(language="ru"), 2),
        (samples.extension(language="ru"), 2),
        (samples_of_complaints.decision(), 1),
        (samples_of_complaints.invitation(), 1),
    ],
    ids=lambda value: getattr(value, "kind", value),
)
def test_some_lines_too_many_are_set_more_tightly_and_need_no_page_of_their_own(
    printed: Printed, document: Document, pages: int
) -> None:
    assert len(reader(printed(document)).pages) == pages


@pytest.mark.law("L80.5", "O1")
def test_a_term_of_one_day_is_written_as_one(printed: Printed) -> None:
    appeal = dataclasses.replace(samples.APPEAL, forward_days=1, months=1)
    russian = line(printed(samples.refusal(language="ru", appeal=appeal)))
    assert "не позднее 1 (одного) рабочего дня со дня" in russian
    assert "в течение 1 (одного) месяца" in russian
    assert "within 1 (one) month from" in line(printed(samples.refusal(language="en", appeal=appeal)))
