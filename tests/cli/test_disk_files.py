"""Files that commands are given: what never ends is refused in one line, and what is huge fills no memory."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main
from service.demo.world import World
from service.settings import Settings
from service.usecases.packed_files import packed_files

SAID = {
    "kk": "{}: бұл дискідегі файл емес, оқылмады.",
    "ru": "{}: это не файл на диске, он не прочитан.",
    "en": "{} is no file on the disk and was not read.",
}
GIVEN = [
    ["verify", "{}"],
    ["verify", "{plain}", "--key", "{}"],
    ["check", "{}"],
    ["calendar", "load", "{}"],
    ["deadlines", "--batch", "{}"],
]
HUGE = 3 * 2**30


def endless(folder: Path) -> Path:
    return Path("/dev/zero")


def silent(folder: Path) -> Path:
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


@pytest.mark.law("R2.4")
@pytest.mark.parametrize("made", [endless, silent])
@pytest.mark.parametrize("words", GIVEN, ids=["verify", "key", "check", "calendar", "deadlines"])
def test_what_is_no_file_on_the_disk_is_refused_in_one_line(
    tmp_path: Path, made: Callable[[Path], Path], words: list[str]
) -> None:
    odd, plain = made(tmp_path), tmp_path / "plain.json"
    plain.write_text("{}")
    for language, sentence in SAID.items():
        typed = [word.format(odd, plain=plain) for word in words]
        ended = CliRunner().invoke(main, typed, env={"LC_ALL": f"{language}_KZ.UTF-8"})
        assert (ended.exit_code, ended.stderr.count("\n")) == (2, 1), ended.output
        assert sentence.format(odd) in ended.stderr


@pytest.mark.parametrize("words", GIVEN[1:4], ids=["key", "check", "calendar"])
def test_what_is_larger_than_anything_of_its_kind_is_not_read(tmp_path: Path, words: list[str]) -> None:
    huge, plain = tmp_path / "huge.bpmn", tmp_path / "plain.json"
    plain.write_text("{}")
    with huge.open("wb") as sparse:
        sparse.truncate(2**40)
    ended = CliRunner().invoke(main, [word.format(huge, plain=plain) for word in words])
    assert (ended.exit_code, ended.stderr) == (2, f"ruqsat: {huge} has more than 20 MB and was not read.\n")


def ends_like_a_zip(folder: Path) -> Path:
    """Nothing but zeros, and the end of an index at the very end."""
    return written(folder, b"", struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0, 0, 0, HUGE & 0xFFFFFFFF, 0))


def index_of_gigabytes(folder: Path) -> Path:
    return written(folder, b"", struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 10, 10, HUGE - 22, 0, 0))


def far_index_of_gigabytes(folder: Path) -> Path:
    """The index is named with numbers of 64 bits."""
    far = struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, HUGE, 0)
    return written(
        folder,
        b"",
        far + struct.pack("<4sLQL", b"PK\6\7", 0, HUGE, 1) + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, 46, 0, 0),
    )


def one_file_of_gigabytes(folder: Path) -> Path:
    """A list of gigabytes, packed as we pack."""
    name = b"manifest.json"
    head = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 0, 0, 33, 0, HUGE, HUGE, len(name), 0) + name
    line = struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, HUGE, HUGE, len(name), 0, 0, 0, 0, 0, 0) + name
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(line), len(head) + HUGE, 0)
    return written(folder, head, line + end)


def written(folder: Path, begin: bytes, end: bytes) -> Path:
    with (folder / "case.zip").open("wb") as sparse:
        sparse.write(begin)
        sparse.seek(len(begin) + HUGE)
        sparse.write(end)
    return folder / "case.zip"


PACKED = [ends_like_a_zip, index_of_gigabytes, far_index_of_gigabytes, one_file_of_gigabytes]


@pytest.mark.law("L69.1", "R2.4")
@pytest.mark.parametrize("made", PACKED)
def test_a_package_of_gigabytes_is_no_package_and_fills_no_memory(
    world: World, tmp_path: Path, made: Callable[[Path], Path]
) -> None:
    file, surroundings = made(tmp_path), {"RUQSAT_TRUST": str(world.settings(Settings()).trust)}
    tracemalloc.start()
    try:
        ended = CliRunner().invoke(main, ["verify", str(file), "--lang", "en"], env=surroundings)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (ended.exit_code, "it is no list of ours" in ended.output) == (1, True), ended.output
    assert most < 100 * 1024**2


@pytest.mark.law("L69.1")
def test_a_file_of_a_package_is_hashed_whatever_its_size_and_read_only_when_it_can_be_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.usecases.packed_files.LARGEST_READ", 10)
    monkeypatch.setattr("service.usecases.packed_files._AT_ONCE", 3)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("small", b"0123456789")
        archive.writestr("large", b"0123456789a")
    with packed_files(packed.getvalue()) as files:
        assert dict(files) == {"small": b"0123456789", "large": b""}
        assert files.sha256("large") == hashlib.sha256(b"0123456789a").hexdigest()
