"""The code that leads from a file back to the document in the register."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pypdf import PdfWriter

from service.adapters.verification import read_code
from service.domain.documents import Document
from tests.adapters.documents import samples

Printed = Callable[[Document], bytes]


@pytest.mark.law("A3.5")
@pytest.mark.parametrize("document", samples.every_document(), ids=lambda d: d.kind)
def test_every_document_carries_its_verification_code(printed: Printed, document: Document) -> None:
    assert read_code(printed(document)) == document.strip.code


@pytest.mark.law("A3.5", "R2.4")
def test_the_code_is_still_read_after_a_signature_was_added(printed: Printed) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(printed(samples.permit())))
    append_signature_field(writer, SigFieldSpec("Head"))
    output = io.BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko leaves this one untyped
    assert output.getvalue().startswith(printed(samples.permit()))
    assert read_code(output.getvalue()) == samples.STRIP.code


def _blank(keywords: str | None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    if keywords is not None:
        writer.add_metadata({"/Keywords": keywords})
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"hello", b"\x89PNG\r\n", b"%PDF-1.7\n" + b"\x00" * 2000, _blank(None), _blank("cats, dogs")],
    ids=["empty", "head", "text", "picture", "zeros", "no metadata", "other keywords"],
)
def test_a_file_of_somebody_else_has_no_code(content: bytes) -> None:
    assert read_code(content) is None


def test_the_code_is_found_among_other_keywords() -> None:
    assert read_code(_blank("permit, ruqsat:7KQ2-M9XD-4TRA, kz")) == "7KQ2-M9XD-4TRA"


def test_half_a_document_is_read_without_harm(printed: Printed) -> None:
    pdf = printed(samples.permit())
    for part in range(1, 12):
        assert read_code(pdf[: len(pdf) * part // 12]) in (None, samples.STRIP.code)
