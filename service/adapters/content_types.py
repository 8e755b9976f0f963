"""Says what a handed-in file is by looking into it: PDF, JPEG or PNG, or why it cannot be taken (A1.9.1, A1.9.2).

The name plays no part. The first bytes must be those of the kind, and the kind's own library must be able to read it.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from PIL import Image, ImageFile
from pypdf import PdfReader, apply_configuration

from service.adapters.patience import OutOfPatience, patience
from service.domain.files import MAX_FILE_BYTES, MAX_PIXELS, FileKind, FileRefused

_SIGNATURES = {b"%PDF-": FileKind.PDF, b"\xff\xd8\xff": FileKind.JPEG, b"\x89PNG\r\n\x1a\n": FileKind.PNG}
_PILLOW_NAMES = {FileKind.JPEG: ("JPEG", "MPO"), FileKind.PNG: ("PNG",)}
_HEAD = 1024
_LAST = 64 * 1024
_MOST_REVISIONS = 1_000
_MOST_OBJECTS = 200_000
_MOST_SECONDS = 4.0
_MOST_PACKED, _MOST_UNFOLDED = 4 * 1024 * 1024, 8 * 1024 * 1024
"""Bytes of one stream of a PDF, as it lies in the file and unfolded. Pictures and pages are never unfolded, only what
says where things stand: in a file of 200,000 objects that is one megabyte and a half."""
_ZIP_END = b"PK\x05\x06"
_ZIP_END_LENGTH = 22
_LONGEST_ZIP_COMMENT = 65_535
_FOREIGN_IN_PICTURES = re.compile(rb"%PDF-|<!doctype|<html|<script|<svg|<\?php", re.IGNORECASE)

_one_at_a_time, _one_of_strangers = threading.Lock(), threading.Lock()
"""Who hands a file in waits for the one before, and for none that anybody sends to the public pages."""

# pypdf warns of every small fault that it mends in a stranger's file; what matters comes as an error.
logging.getLogger("pypdf").setLevel(logging.ERROR)


class LookInside:
    """Recognises files by their content; `max_bytes` and `max_pixels` bound what is looked at."""

    def __init__(self, max_bytes: int = MAX_FILE_BYTES, max_pixels: int = MAX_PIXELS) -> None:
        self._max_bytes, self._max_pixels = max_bytes, max_pixels

    def recognise(self, content: bytes | BinaryIO, *, of_stranger: bool = False) -> FileKind:
        """Return the kind of a file that may be taken; those of strangers keep nobody else waiting.

        Raises FileRefused: "empty"; "too_large" (data: `limit` and `unit`: bytes, pixels or objects); "not_allowed"
        for any other kind, or for two kinds in one file; "damaged"; "encrypted".
        """
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        size = file.seek(0, io.SEEK_END)
        if size == 0:
            raise FileRefused("empty")
        if size > self._max_bytes:
            raise FileRefused("too_large", limit=self._max_bytes, unit="bytes")
        kind = _by_signature(file)
        if _is_also_zip(file, size) or (kind is not FileKind.PDF and _holds_another(file)):
            raise FileRefused("not_allowed", found="two_kinds")
        file.seek(0)
        if kind is FileKind.PDF:
            _read_pdf(file, _one_of_strangers if of_stranger else _one_at_a_time)
        else:
            self._read_picture(file, kind)
        file.seek(0)
        return kind

    def _read_picture(self, file: BinaryIO, kind: FileKind) -> None:
        try:
            with _strictly(), Image.open(file, formats=_PILLOW_NAMES[kind]) as picture:
                width, height = picture.size
                if width * height > self._max_pixels:
                    raise FileRefused("too_large", limit=self._max_pixels, unit="pixels")
                # A JPEG may be unfolded at an eighth of its size, every byte of it read all the same.
                picture.draft(None, (1, 1))
                picture.load()
        except FileRefused:
            raise
        except Image.DecompressionBombError:
            raise FileRefused("too_large", limit=self._max_pixels, unit="pixels") from None
        except Exception as error:
            # A reader fed by strangers fails in ways that nobody lists; each of them means this.
            raise FileRefused("damaged", kind=str(kind)) from error


@contextmanager
def _strictly() -> Iterator[None]:
    """Read one picture at a time, so that several cannot take all the memory, and no half picture.

    WeasyPrint lets Pillow fill up half pictures in the whole process; here that would hide damage.
    """
    with _one_at_a_time:
        lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _by_signature(file: BinaryIO) -> FileKind:
    file.seek(0)
    head = file.read(8)
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            return kind
    raise FileRefused("not_allowed")


def _is_also_zip(file: BinaryIO, size: int) -> bool:
    """Whether an unzipping program would take the file: the directory of a ZIP ends exactly where the file ends."""
    start = max(0, size - _ZIP_END_LENGTH - _LONGEST_ZIP_COMMENT)
    file.seek(start)
    tail = file.read()
    at = tail.find(_ZIP_END)
    while at >= 0:
        if len(tail) >= at + _ZIP_END_LENGTH:
            (comment,) = struct.unpack_from("<H", tail, at + _ZIP_END_LENGTH - 2)
            if at + _ZIP_END_LENGTH + comment == len(tail):
                return True
        # A ZIP behind the end of a PDF is one as well, whatever its comment says.
        if b"%%EOF" in tail[:at] and b"%%EOF" not in tail[at:]:
            return True
        at = tail.find(_ZIP_END, at + 1)
    return False


def _holds_another(file: BinaryIO) -> bool:
    file.seek(0)
    return bool(_FOREIGN_IN_PICTURES.search(file.read(_HEAD)))


def _read_pdf(file: BinaryIO, turn: threading.Lock) -> None:
    _refuse_drudgery(file.read())
    try:
        with turn, sparingly(), patience(_MOST_SECONDS):
            reader = PdfReader(file, strict=False)
            if reader.is_encrypted:
                raise FileRefused("encrypted")
            # The first page itself: a count alone proves nothing.
            reader.pages[0].get_object()
    except FileRefused:
        raise
    except (Exception, OutOfPatience) as error:
        # As above.
        raise FileRefused("damaged", kind="pdf") from error


@contextmanager
def sparingly() -> Iterator[None]:
    """Let pypdf unfold no more of a stranger's file than any honest one needs."""
    with apply_configuration(
        maximum_declared_stream_length=_MOST_PACKED,
        zlib_maximum_output_length=_MOST_UNFOLDED,
        lzw_maximum_output_length=_MOST_UNFOLDED,
        run_length_maximum_output_length=_MOST_UNFOLDED,
        array_based_stream_maximum_output_length=_MOST_UNFOLDED,
    ):
        yield


def _refuse_drudgery(content: bytes) -> None:
    """Turn away what no program writes but the reader would mend for a minute, object by object."""
    if b"%%EOF" not in content[-_LAST:] or content.count(b"trailer") > _MOST_REVISIONS:
        raise FileRefused("damaged", kind="pdf")
    if content.count(b" obj") > _MOST_OBJECTS:
        raise FileRefused("too_large", limit=_MOST_OBJECTS, unit="objects")
