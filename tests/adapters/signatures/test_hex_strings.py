"""Hexadecimal strings of a PDF: read at once, and as the library reads them digit by digit."""

from __future__ import annotations

import inspect
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfError

from service.adapters.signatures.hex_strings import quick

quick()
QUICKLY = generic.read_hex_string_from_stream
SLOWLY = inspect.unwrap(QUICKLY)
WRITTEN = some.lists(some.sampled_from([b"0", b"9", b"a", b"F", b" ", b"\n", b"\x00", b"%x\n", b">", b"g", b"<"]))


class Counted(BytesIO):
    """A file that counts how often something is read from it."""

    reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.reads += 1
        return super().read(size)


def outcome(read: Any, content: bytes) -> tuple[object, type, int]:
    """What is read from a file, or that nothing can be, and where the reader stands then."""
    file = BytesIO(content)
    try:
        told = read(file)
    except PdfError as problem:
        return str(problem), type(problem), 0
    return told, type(told), file.tell()


@pytest.mark.law("R9.1")
@given(WRITTEN)
def test_whatever_is_written_is_read_as_the_library_reads_it(written: list[bytes]) -> None:
    content = b"<" + b"".join(written) + b"> /Next"
    assert outcome(QUICKLY, content) == outcome(SLOWLY, content)


@pytest.mark.law("R9.1")
@pytest.mark.parametrize("content", [b"<", b"<ab", b"<" + b"ab" * 40_000, b"<" + b"ab" * 40_000 + b">"])
def test_so_is_a_string_that_never_ends_or_is_longer_than_any_signature(content: bytes) -> None:
    assert outcome(QUICKLY, content) == outcome(SLOWLY, content)


@pytest.mark.law("R9.1")
def test_a_signature_is_not_read_digit_by_digit() -> None:
    file = Counted(b"<" + b"3082" * 10_000 + b">")
    assert generic.read_hex_string_from_stream(file).original_bytes == b"\x30\x82" * 10_000
    assert file.reads == 2
