"""How the tests read a PDF."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

from tests.papers import pdf_text

_MARGIN = re.compile(r"^(СЫНАҚ ҚОЛТАҢБАСЫ / ТЕСТОВАЯ ПОДПИСЬ / TEST SIGNATURE|№ \S+ · \S+ \d+ / \d+)$", re.M)


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def root(pdf: bytes) -> Any:
    """The catalogue of a PDF."""
    return reader(pdf).trailer["/Root"].get_object()


def squeezed(text: str) -> str:
    """Text without the white space that depends on where lines end."""
    return re.sub(r"\s+", "", text)


def body(pdf: bytes) -> str:
    """The text without what stands in the margins of each page."""
    return _MARGIN.sub("", pdf_text(pdf))


def form_text(pdf: bytes) -> str:
    """The form's own text in the order in which it is written, up to the strip, without white space."""
    text = "\n".join(page.extract_text() for page in reader(pdf).pages)
    return squeezed(_MARGIN.sub("", text).split("Электрондық құжат ЭЦҚ-мен")[0])


def structure(pdf: bytes) -> Iterator[Any]:
    """Every element of the structure tree, in reading order."""
    yield from _elements(root(pdf)["/StructTreeRoot"]["/K"][0].get_object())


def _elements(element: Any) -> Iterator[Any]:
    yield element
    for kid in element.get("/K", ()):
        if not isinstance(kid, int):
            yield from _elements(kid.get_object())


def positions(pdf: bytes) -> list[tuple[str, float, float]]:
    """Each piece of text of the first page with its distance from the left and from the top, in points."""
    pieces: list[tuple[str, float, float]] = []
    page = reader(pdf).pages[0]

    def note(text: str, cm: list[float], tm: list[float], *_: Any) -> None:
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            pieces.append((text.strip(), x, float(page.mediabox.height) - y))

    page.extract_text(visitor_text=note)
    return pieces
