"""Keeps what people hand in, outside the database, each content once under its SHA-256 (R2.4, A1.9.2).

A file is written under a temporary name, brought to the disk and then renamed, so under a hash there is either the
whole content or nothing, whenever the machine dies. Files are readable by the program's own user alone.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from service.adapters.clock import MachineClock
from service.domain.files import (
    MAX_FILE_BYTES,
    FileDamaged,
    FileMissing,
    FileRefused,
    StorageFull,
    StoredFile,
    is_no_room,
)

_PIECE = 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")
_FORMER = "[0-9a-f]" * 2


class FileStore:
    """A store of files in one directory: `kept/ab/ab...` for contents, `incoming/` for what is being written.

    The 256 shelves are soon all there: then a new file costs two waits for the disk, for itself and for its shelf.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._kept, self._incoming = root, root / "kept", root / "incoming"
        for each in (self._kept, self._incoming):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._take_over()
        self._sweep()

    def put(self, content: bytes | BinaryIO, *, limit: int | None = MAX_FILE_BYTES) -> StoredFile:
        """Keep the content durably and return its hash, which knows its size.

        The same content again makes the file young, and whole where it was damaged. Raises FileRefused("too_large")
        past `limit` bytes and StorageFull when there is no room; then nothing is kept. Our own work has none (None).
        """
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        with _room(), self._temporary() as (descriptor, path):
            sha256, size = _copy(source, descriptor, limit)
            target = self._place(sha256)
            if self._is_whole(sha256):
                os.utime(target)
            else:
                os.fsync(descriptor)
                self._make(target.parent)
                path.rename(target)
            _sync(target.parent)
        return StoredFile(sha256, size)

    def open(self, sha256: str, *, verify: bool = False) -> BinaryIO:
        """Open a kept file for reading; with `verify` its hash is computed first.

        Raises FileMissing, and FileDamaged when the content is no longer what was put in (R2.4).
        """
        if not _HASH.fullmatch(sha256):
            raise FileMissing(sha256=sha256[:64])
        try:
            # A pipe would keep whoever opens it waiting for ever.
            descriptor = os.open(self._place(sha256), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            raise FileMissing(sha256=sha256) from None
        except OSError as error:
            # A link where a file should be was put there by somebody else.
            raise FileDamaged(sha256=sha256) from error
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise FileDamaged(sha256=sha256)
        file = os.fdopen(descriptor, "rb")
        if verify:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                file.close()
                raise FileDamaged(sha256=sha256)
            file.seek(0)
        return file

    def read(self, sha256: str) -> bytes:
        """The whole content, its hash checked. Raises FileMissing, FileDamaged."""
        with self.open(sha256, verify=True) as file:
            return file.read()

    def exists(self, sha256: str) -> bool:
        """Whether this content is kept."""
        return bool(_HASH.fullmatch(sha256)) and self._place(sha256).is_file()

    def _is_whole(self, sha256: str) -> bool:
        with suppress(FileMissing, FileDamaged), self.open(sha256, verify=True):
            return True
        return False

    def stored(self, older_than: timedelta) -> Iterator[str]:
        """The hashes of the files that were put in so long ago, by the machine's clock."""
        latest = (MachineClock().now() - older_than).timestamp()
        for path in sorted(self._kept.glob("*/*")):
            if _HASH.fullmatch(path.name) and path.stat().st_mtime < latest:
                yield path.name

    def remove(self, sha256: str, older_than: timedelta) -> bool:
        """Remove a file for good unless it was put in again since; whether it is gone."""
        if not _HASH.fullmatch(sha256):
            return False
        path, latest = self._place(sha256), (MachineClock().now() - older_than).timestamp()
        with suppress(FileNotFoundError):
            if path.stat().st_mtime >= latest:
                return False
            path.unlink()
        return True

    def _place(self, sha256: str) -> Path:
        return self._kept / sha256[:2] / sha256

    def _make(self, shelf: Path) -> None:
        if not shelf.is_dir():
            shelf.mkdir(mode=0o700, exist_ok=True)
            _sync(self._kept)

    def _take_over(self) -> None:
        """Bring files that lie as they did before there was `kept/`, at `ab/cd/abcd...`, to their shelves."""
        for former in self._root.glob(_FORMER):
            for path in former.glob(f"{_FORMER}/*"):
                target = self._place(path.name)
                self._make(target.parent)
                with suppress(FileNotFoundError):  # another process is faster
                    path.rename(target)
            for directory in (*former.glob(_FORMER), former):
                with suppress(OSError):  # another process has removed it
                    directory.rmdir()

    @contextmanager
    def _temporary(self) -> Iterator[tuple[int, Path]]:
        descriptor, name = tempfile.mkstemp(dir=self._incoming)
        try:
            # The lock tells another process that sweeps that somebody still writes here.
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor, Path(name)
        finally:
            os.close(descriptor)
            with suppress(FileNotFoundError):
                Path(name).unlink()

    def _sweep(self) -> None:
        """Remove what processes that died in the middle have left."""
        for path in self._incoming.iterdir():
            with suppress(FileNotFoundError), path.open("rb") as file, suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # An empty one may belong to somebody who is about to take the lock; it takes no room.
                if path.stat().st_size:
                    path.unlink()


def _copy(source: BinaryIO, descriptor: int, limit: int | None) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        size += len(piece)
        if limit is not None and size > limit:
            raise FileRefused("too_large", limit=limit)
        digest.update(piece)
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    return digest.hexdigest(), size


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if is_no_room(error):
            raise StorageFull() from error
        raise
