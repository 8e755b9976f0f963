"""The files of a package as they lie in its ZIP: read one at a time, so that no package fills the memory (L69.1)."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from service.domain.json_files import read_unambiguous

LARGEST = 4 * 1024**3
"""A package that says it holds more is not unpacked: a case has at most some hundreds of files of 20 MB."""

MOST_FILES = 100_000
LARGEST_READ = 64 * 1024**2
"""A file of a package that is larger is nothing that the check has to understand: only its hash is compared."""
LARGEST_TOLD = 16 * 1024**2
"""A list or a journal that is larger belongs to no case: a line has a kilobyte. Read, it takes thirty times that."""

_HEAD, _LINE, _END = 30, 46, 22
"""Bytes in a ZIP without any name: the head of a file, its line in the index, and the end of the index."""
_SIZE_BEHIND = 8
"""The flag of a file whose size stands behind it."""
_FAR = 20
"""Bytes before the end of the index where the end of a larger one, with numbers of 64 bits, would be named."""
_LARGEST_INDEX = 32 * 1024**2
_AT_ONCE = 1024**2

UNUSABLE = (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError)
"""What the library raises for a ZIP that is none or is damaged."""


@dataclass(frozen=True)
class Fault:
    """What does not agree in a package: the file, and what is wrong with it."""

    path: str
    what: str


@dataclass
class PackedFiles(Mapping[str, bytes]):
    """The files by their names; `faults` say what is wrong with the ZIP itself. What cannot be read is empty."""

    faults: list[Fault] = field(default_factory=list)
    _archive: zipfile.ZipFile | None = None
    _entries: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    _hashes: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, path: str) -> bytes:
        """The bytes of one file; nothing for one that is larger than anything the check has to understand."""
        entry = self._entries[path]
        return b"".join(self._parts(entry)) if entry.file_size <= LARGEST_READ else b""

    def __iter__(self) -> Iterator[str]:
        """The names, in the order of the ZIP."""
        return iter(self._entries)

    def __len__(self) -> int:
        """How many files."""
        return len(self._entries)

    def told(self, path: str) -> Any:
        """What a file of JSON says; None for none, and for one that says nothing or too much."""
        entry = self._entries.get(path)
        if entry is None or entry.file_size > LARGEST_TOLD:
            return None
        try:
            return read_unambiguous(self[path])
        except (RecursionError, ValueError):
            return None

    def sha256(self, path: str) -> str:
        """The hash of one file, of any size."""
        if path not in self._hashes:
            found = hashlib.sha256()
            for part in self._parts(self._entries[path]):
                found.update(part)
            self._hashes[path] = found.hexdigest()
        return self._hashes[path]

    def size(self, paths: Sequence[str]) -> int:
        """How many bytes these files have together."""
        return sum(self._entries[path].file_size for path in paths)

    def _parts(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        if self._archive is None or entry.compress_type != zipfile.ZIP_STORED:
            return
        try:
            with self._archive.open(entry) as file:
                while part := file.read(_AT_ONCE):
                    yield part
        except UNUSABLE:
            return  # its hash tells that it is not what it was


@contextmanager
def packed_files(packed: bytes | Path) -> Iterator[PackedFiles]:
    """The files of a package, while it is open; none of one that is damaged or larger than any."""
    found = PackedFiles()
    with packed.open("rb") if isinstance(packed, Path) else io.BytesIO(packed) as file:
        try:
            _take_in(found, file)
        except UNUSABLE:
            found.faults.append(Fault("", "no_package"))
        yield found


def _take_in(found: PackedFiles, file: BinaryIO) -> None:
    if what := _wrong_index(file):
        found.faults.append(Fault("", what))
        return
    archive = zipfile.ZipFile(file)
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > LARGEST or len(entries) > MOST_FILES:
        found.faults.append(Fault("", "too_large"))
        return
    if not _is_packed_tightly(file, archive, entries):
        found.faults.append(Fault("", "not_as_packed"))
    found._archive = archive
    for entry in entries:
        if entry.filename in found:
            found.faults.append(Fault(entry.filename, "twice"))
        if entry.compress_type != zipfile.ZIP_STORED:
            found.faults.append(Fault(entry.filename, "not_as_packed"))
        found._entries[entry.filename] = entry


def _wrong_index(file: BinaryIO) -> str:
    """What is wrong with the index, before the library reads it whole; empty where it can be read."""
    whole = file.seek(0, io.SEEK_END)
    if whole < _END:
        return "no_package"
    file.seek(max(0, whole - _END - _FAR))
    tail = file.read()
    end, far = tail[-_END:], tail[:-_END]
    if not end.startswith(b"PK\x05\x06") or far.startswith(b"PK\x06\x07"):
        return "not_as_packed" if zipfile.is_zipfile(file) else "no_package"
    size: int = struct.unpack("<I", end[12:16])[0]
    return "too_large" if size > _LARGEST_INDEX else ""


def _is_packed_tightly(file: BinaryIO, archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether nothing stands before, between and behind the files.

    A file that other programs open as a paper, with a package of ours in its gaps, would be called genuine.
    """
    place = 0
    for entry in entries:
        file.seek(place)
        head = file.read(_HEAD)
        if entry.header_offset != place or len(head) < _HEAD or entry.extra or entry.comment:
            return False
        name, extra = struct.unpack("<HH", head[-4:])
        place += _HEAD + name + entry.compress_size
        if extra or name != len(entry.orig_filename.encode()) or entry.flag_bits & _SIZE_BEHIND:
            return False
    index = sum(_LINE + len(entry.orig_filename.encode()) for entry in entries)
    whole = file.seek(0, io.SEEK_END)
    return archive.start_dir == place and whole == place + index + _END and not archive.comment
