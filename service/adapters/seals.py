"""A list of all seals beside the stored files: what is taken out of the database is still known here."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from service.domain.canonical import instant
from service.domain.chain import Seal

END = 64 * 1024
"""Bytes at the end of the list in which the newest seals stand; one that is written twice does no harm."""
_LONGEST = 1024 * 1024
"""Bytes of a line that are looked at together: one of ours has some hundred, and zeros without an end have no line."""


class SealFile:
    """One line for each seal, in their order; only ever appended to."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, seals: Sequence[Seal]) -> None:
        """Write down those of these seals that do not stand here yet; on the disk when this returns.

        `OSError` where there is no room, no file to write to, or somebody holds it: the database waits for nobody.
        """
        if self._path.exists() and not self._path.is_file():
            raise OSError(errno.EINVAL, "no file on the disk", str(self._path))
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as held:  # which does not name the file
                raise OSError(held.errno, held.strerror, str(self._path)) from held
            file.seek(-min(END, file.seek(0, os.SEEK_END)), os.SEEK_END)
            known = {number for number, _hash in _told(file)}
            if _is_torn(file):
                file.write(b"\n")
            for seal in sorted(seals, key=lambda each: each.number):
                if seal.number not in known:
                    file.write(json.dumps(_line(seal)).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def hashes(self) -> Iterator[tuple[int, str]]:
        """Number and hash of every seal. A last line that a power cut has torn is passed over and written again.

        So is what somebody has written between them that names no seal: sealing goes on.
        """
        if not self._path.is_file():
            return
        with self._path.open("rb") as file:
            yield from _told(file)


def _told(file: BinaryIO) -> Iterator[tuple[int, str]]:
    while line := file.readline(_LONGEST):
        try:
            told = json.loads(line)
            number, top = int(told["number"]), str(told["hash"])
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
            continue
        yield number, top


def _is_torn(file: BinaryIO) -> bool:
    """Whether the last line has no end, as where there was no room for it: what follows must not be glued to it."""
    size = file.seek(0, os.SEEK_END)
    if not size:
        return False
    file.seek(size - 1)
    return file.read(1) != b"\n"


def _line(seal: Seal) -> dict[str, object]:
    return {
        "number": seal.number,
        "at": instant(seal.at),
        "hash": seal.hash,
        "key_id": seal.key_id,
        "signature": seal.signature,
    }
