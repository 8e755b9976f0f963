"""A form with files that are too large together: its texts are read all the same, and which files were too large.

The library reads nothing of a request beyond the limit. Here it is walked through once more: texts are kept, of files
only name and length, so that memory stays flat.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import BinaryIO

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Event, Field, File, MultipartDecoder, NeedData

from service.domain.files import MAX_FILE_BYTES

MOST_READ = 512 * 1024 * 1024
"""Of a longer request nothing is read: nobody chooses so much by mistake."""
_MOST_TEXT = 512 * 1024
_MOST_PARTS = 1000
_CHUNK = 256 * 1024
_MOST_NAMED = 5


@dataclass
class Oversize:
    """What a too large request holds: its texts, and each file with its length."""

    texts: MultiDict[str, str] = field(default_factory=MultiDict)
    files: list[tuple[str, int]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How much all files have together."""
        return sum(size for _name, size in self.files)

    @property
    def too_large(self) -> list[tuple[str, int]]:
        """The files that no page would take, the largest first."""
        found = [(name, size) for name, size in self.files if size > MAX_FILE_BYTES]
        return sorted(found, key=lambda each: -each[1])[:_MOST_NAMED]


def read_oversize(request: Request) -> Oversize | None:
    """Read a form of which the library has refused the length; None for anything else."""
    length, boundary = request.content_length or 0, request.mimetype_params.get("boundary", "")
    limit = request.max_content_length
    is_form = request.mimetype == "multipart/form-data" and boundary
    if not is_form or limit is None or not limit < length <= MOST_READ:
        return None
    found = Oversize()
    # Where the sender has hung up, or it is no form to its end, what was read so far is kept.
    with suppress(ValueError, RequestEntityTooLarge, OSError):
        _walk(_events(request.environ["wsgi.input"], length, boundary), found)
    return found


def _events(stream: BinaryIO, length: int, boundary: str) -> Iterator[Event]:
    decoder = MultipartDecoder(boundary.encode("latin-1", "replace"), 4 * _CHUNK, max_parts=_MOST_PARTS)
    while length > 0:
        chunk = stream.read(min(_CHUNK, length))
        length -= len(chunk)
        decoder.receive_data(chunk or None)
        event = decoder.next_event()
        while not isinstance(event, NeedData | Epilogue):
            yield event
            event = decoder.next_event()
        if not chunk or isinstance(event, Epilogue):
            return


def _walk(events: Iterator[Event], found: Oversize) -> None:
    name, text, room = "", bytearray(), _MOST_TEXT
    is_file = False
    for event in events:
        if isinstance(event, File):
            is_file = True
            found.files.append((event.filename, 0))
        elif isinstance(event, Field):
            is_file, name, text = False, event.name or "", bytearray()
        elif isinstance(event, Data) and is_file:
            file_name, size = found.files[-1]
            found.files[-1] = file_name, size + len(event.data)
        elif isinstance(event, Data):
            text += event.data[: max(0, room)]
            room -= len(event.data)
            if not event.more_data:
                found.texts.add(name, text.decode("utf-8", "replace"))
