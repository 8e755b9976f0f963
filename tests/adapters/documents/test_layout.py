"""Where things stand on the page."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from service.domain.document_parts import Strip
from service.domain.documents import Document
from tests.adapters.documents import samples, samples_of_complaints, stress
from tests.adapters.documents.reading import body, positions, reader, squeezed
from tests.papers import pages_text

Printed = Callable[[Document], bytes]
PAGE_WIDTH = 595.0
POINTS_PER_MM = 72 / 25.4


def _place(pieces: list[tuple[str, float, float]], start: str) -> tuple[float, float]:
    x, y = next((x, y) for text, x, y in pieces if text.startswith(start))
    return x, y


@pytest.mark.law("A3.1")
@pytest.mark.parametrize("document", [samples.permit(), samples.refusal()], ids=lambda d: d.kind)
def test_the_header_has_three_columns_with_the_middle_one_empty(printed: Printed, document: Document) -> None:
    pieces = positions(printed(document))
    pairs = [
        ("Қазақстан Республикасының Цифрлық даму", "Министерство цифрового развития"),
        ("010000, Астана қаласы", "010000, город Астана"),
        ("Нөмір:", "«Үлгі Актив"),
        ("Өтініш нөмірі:", "БСН"),
    ]
    lefts, rights, heights = set(), set(), []
    for left, right in pairs:
        (x_left, y_left), (x_right, y_right) = _place(pieces, left), _place(pieces, right)
        assert abs(y_left - y_right) < 4, "a pair stands on one line"
        lefts.add(round(x_left))
        rights.add(round(x_right))
        heights.append(y_left)
    heights.append(_place(pieces, "Берілген күні:")[1])
    assert len(lefts) == len(rights) == 1, "each column has one edge"
    assert heights == sorted(heights), "the pairs follow each other in the order of the form"
    (left_edge,), (right_edge,) = lefts, rights
    beside_date = [text for text, x, y in pieces if abs(y - heights[-1]) < 4 and x > left_edge + 120]
    assert beside_date == [], "beside the date of issue nothing stands"
    middle = [text for text, x, y in pieces if heights[0] <= y <= heights[-1] and right_edge - 30 < x < right_edge - 2]
    assert middle == []


@pytest.mark.law("A3.5")
def test_an_ordinary_permit_fits_on_one_page_with_its_strip_at_the_foot(printed: Printed) -> None:
    pdf = printed(samples.permit())
    assert len(reader(pdf).pages) == 1
    last_of_form = _place(positions(pdf), "Ескерту")[1]
    strip = _place(positions(pdf), "Электрондық құжат")[1]
    assert last_of_form < strip
    assert strip > 640


@pytest.mark.law("A3.5", "L80.1")
@pytest.mark.parametrize(
    "document",
    [*samples.every_document(), *samples_of_complaints.every_document(), *stress.every_document()],
    ids=lambda d: d.kind,
)
def test_the_strip_never_stands_on_a_page_without_text_of_the_document(printed: Printed, document: Document) -> None:
    pages = [squeezed(page) for page in pages_text(printed(document))]
    with_strip = [page for page in pages if "Электрондыққұжат" in page]
    assert len(with_strip) == 1
    assert not with_strip[0].startswith("Электрондыққұжат")


@pytest.mark.law("A3.5")
@pytest.mark.parametrize(
    "document",
    [*samples.every_document(), *samples_of_complaints.every_document(), *stress.every_document()],
    ids=lambda d: d.kind,
)
def test_every_page_bears_the_test_mark_its_number_and_the_code(printed: Printed, document: Document) -> None:
    pages = pages_text(printed(document))
    for number, text in enumerate(pages, start=1):
        assert "СЫНАҚ ҚОЛТАҢБАСЫ / ТЕСТОВАЯ ПОДПИСЬ / TEST SIGNATURE" in text
        assert f"№ {document.name} · {document.strip.code}" in text
        assert f"{number} / {len(pages)}" in text


@pytest.mark.law("R2.4")
def test_a_real_signature_bears_no_test_mark(printed: Printed) -> None:
    strip = Strip(
        "Үлгібаев Ә.", samples.STRIP.position, samples.MADE_AT, "5A", "AA-BB", "https://ruqsat.example/v/A", False
    )
    text = body(printed(samples.permit(strip=strip)))
    assert "СЫНАҚ" not in text
    assert "TEST" not in text


@pytest.mark.law("A2.1")
@pytest.mark.parametrize("document", stress.every_document(), ids=["long permit", "long refusal", "hostile", "many"])
def test_long_and_foreign_texts_stay_within_the_margins(printed: Printed, document: Document) -> None:
    for text, x, y in positions(printed(document)):
        assert x >= 24 * POINTS_PER_MM, text
        assert x < PAGE_WIDTH - 17 * POINTS_PER_MM, text
        assert 20 < y < 842 - 25, text


@pytest.mark.law("A2.1")
def test_twenty_addresses_are_all_printed_and_numbered(printed: Printed) -> None:
    text = squeezed(body(printed(stress.permit_of_length())))
    for number, address in enumerate(stress.ADDRESSES, start=1):
        assert f"{number}.{squeezed(address.line)}" in text


@pytest.mark.law("A4.1")
def test_five_grounds_with_long_facts_lose_nothing(printed: Printed) -> None:
    text = squeezed(body(printed(stress.refusal_of_length())))
    assert text.count(squeezed(stress.LONG_FACT)) == 2 * 15, "in the official text and in its translation"
    starts = [text.index(f"{n}.Тізбенің10-тармағының{n})") for n in range(1, 6)]
    assert all(first < second for first, second in itertools.pairwise(starts))
