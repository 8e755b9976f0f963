"""The square code on a printed paper, as a telephone reads it from the picture of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pypdfium2
import pytest
import zxingcpp

from service.domain.documents import Document
from tests.adapters.documents import samples, samples_of_complaints

Printed = Callable[[Document], bytes]
EVERY = [*samples.every_document(), *samples_of_complaints.every_document()]
DOTS_PER_POINT = 150 / 72
"""What an ordinary office printer or screen shows, at the least."""


def scanned(pdf: bytes) -> Iterator[str]:
    """What each code on the pages says, in their order."""
    for page in pypdfium2.PdfDocument(pdf):
        yield from (code.text for code in zxingcpp.read_barcodes(page.render(scale=DOTS_PER_POINT).to_pil()))


@pytest.mark.law("A3.5", "L80.1")
@pytest.mark.parametrize("document", EVERY, ids=lambda document: document.kind)
def test_the_code_on_a_paper_leads_to_its_public_page(printed: Printed, document: Document) -> None:
    assert list(scanned(printed(document))) == [document.strip.url]
