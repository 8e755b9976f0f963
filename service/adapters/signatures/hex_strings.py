"""Reads the hexadecimal strings of a PDF at once: the library takes them digit by digit, a signature has thousands.

`quick` is called by every module that reads PDF files.
"""

from __future__ import annotations

import binascii
from functools import cache, wraps
from typing import Any, BinaryIO

from pyhanko.pdf_utils import generic

_OFTEN, _AT_ONCE = 128, 64 * 1024
"""Bytes: as long as most strings are, and more than the room that is left for a signature."""


@cache
def quick() -> None:
    """From now on a string of plain digits is read at once; any other as before, with the library's own faults."""
    slowly = generic.read_hex_string_from_stream

    @wraps(slowly)
    def read(stream: BinaryIO) -> Any:
        start = stream.tell()
        digits, end, _rest = stream.read(_OFTEN)[1:].partition(b">")
        if not end:
            digits, end, _rest = (digits + stream.read(_AT_ONCE)).partition(b">")
        try:
            content = binascii.unhexlify(digits + b"0" * (len(digits) % 2)) if end else None
        except binascii.Error:
            content = None
        if content is None:
            stream.seek(start)
            return slowly(stream)
        stream.seek(start + 1 + len(digits) + 1)
        return generic.pdf_string(content)

    generic.read_hex_string_from_stream = read
