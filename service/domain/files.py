"""Files that people hand in: what they may be, where they are kept, and why one is refused (A1.9.1, A1.9.2, R2.4)."""

from __future__ import annotations

import errno
import unicodedata
from enum import StrEnum
from typing import BinaryIO, Protocol, Self

from service.domain.errors import NotFound, RuqsatError
from service.domain.unseen import UNSEEN

MAX_FILE_BYTES = 20 * 1024 * 1024
"""The largest attachment, in bytes."""
MAX_TOTAL_BYTES = 100 * 1024 * 1024
"""All attachments of one application together, in bytes."""
LARGEST_PAPER = 1024 * 1024
"""No document of the service is larger, in bytes: a larger file whose hash is unknown is none of them."""
LONGEST_NAME_BYTES = 255
"""The longest name of a file in bytes of UTF-8, as file systems have it."""
MAX_PIXELS = 75_000_000
"""The largest picture: an A3 sheet scanned at 600 dots per inch has 70 million."""


def type_name(media_type: str) -> str:
    """What people call a type of files: PDF, JPEG, PNG; any other by its media type."""
    return next((kind.name for kind in FileKind if kind.media_type == media_type), media_type)


class FileKind(StrEnum):
    """What an attachment may be, recognised by its content and never by its name."""

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        """The type under which the file is sent to a browser."""
        return "application/pdf" if self is FileKind.PDF else f"image/{self.value}"

    @property
    def endings(self) -> tuple[str, ...]:
        """How names of such files end; the first is the usual one."""
        return (".jpg", ".jpeg") if self is FileKind.JPEG else (f".{self.value}",)


class FileRefused(RuqsatError):
    """A file that cannot be taken; `code` is "empty", "too_large", "not_allowed", "damaged" or "encrypted"."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(**data)
        self.code = code
        self.args = (code, data)


class FileMissing(NotFound):
    """A file that should be in the store is not there."""

    code = "file_missing"


class FileDamaged(RuqsatError):
    """A kept file is no longer what was put in: its hash has changed (R2.4)."""

    code = "file_damaged"


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def is_no_room(error: BaseException) -> bool:
    """Whether the system has refused to write because there is no room."""
    return isinstance(error, OSError) and error.errno in _NO_ROOM


class StorageFull(RuqsatError):
    """There is no room for what should be kept, in the store of files or in the database; nothing of it was kept."""

    code = "storage_full"


class StoredFile(str):
    """A kept file: the SHA-256 of its content in lower-case hexadecimal, which also knows its `size` in bytes."""

    __slots__ = ("size",)
    size: int

    def __new__(cls, sha256: str, size: int) -> Self:
        """Name a kept file by its hash."""
        kept = super().__new__(cls, sha256)
        kept.size = size
        return kept

    @property
    def sha256(self) -> str:
        """The hash alone."""
        return str(self)


class ContentTypes(Protocol):
    """Says what a file is by looking into it."""

    def recognise(self, content: bytes | BinaryIO, *, of_stranger: bool = False) -> FileKind:
        """Return the kind of a file that may be taken. Raises FileRefused.

        Files of strangers, of whom nobody is signed in, wait for each other and keep nobody else waiting.
        """
        ...


_LONGEST_ENDING = 16


def clean_file_name(name: str, kind: FileKind | None = None) -> str:
    """Return the name to show and to download under, in the script in which it was given.

    Folders, control characters and what nobody sees are dropped, as marks that turn the direction of writing: with
    them "exe.pdf" can be shown as "fdp.exe". Blanks are joined; it is cut to 255 bytes of UTF-8 between characters, its
    ending kept. With `kind` a name whose ending belongs to another kind gets the right one behind it, and a name of
    which nothing is left becomes "file".
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in name)
    name = "".join(c for c in UNSEEN.sub("", name) if not _is_no_character(c))
    name = " ".join(name.split()).strip(" .") or "file"
    if kind is not None and not name.lower().endswith(kind.endings):
        name += kind.endings[0]
    return _cut(name)


def _is_no_character(c: str) -> bool:
    """Half a surrogate pair, or a code point that Unicode will never give to a character."""
    return "\ud800" <= c <= "\udfff" or ord(c) & 0xFFFE == 0xFFFE or "\ufdd0" <= c <= "\ufdef"


def _cut(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > _LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    room = LONGEST_NAME_BYTES - len((dot + ending).encode())
    if len(stem.encode()) > room:
        stem = stem.encode()[:room].decode(errors="ignore")
        # A letter must not lose the marks that belong to it: drop it with them.
        while stem and unicodedata.combining(name[len(stem)]):
            stem = stem[:-1]
    return stem + dot + ending
