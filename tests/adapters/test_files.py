"""What people hand in is kept whole or not at all, once, and never changed unnoticed (R2.4, A1.9.2)."""

from __future__ import annotations

import hashlib
import io
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from service.adapters.files import FileStore
from service.domain.files import MAX_FILE_BYTES, FileDamaged, FileMissing, FileRefused, StorageFull

CONTENT = "Кепілдік хат: 5 (бес) түйін".encode()
HASH = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")


def everything(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@pytest.mark.law("A1.9.2", "R2.4")
def test_a_file_is_kept_under_its_hash_and_comes_back_byte_for_byte(store: FileStore, tmp_path: Path) -> None:
    kept = store.put(io.BytesIO(CONTENT))
    assert (kept.sha256, kept.size) == (HASH, len(CONTENT))
    assert kept == HASH
    assert everything(tmp_path) == [f"files/kept/{HASH[:2]}/{HASH}"]
    assert store.exists(HASH)
    assert store.read(HASH) == CONTENT
    with store.open(HASH) as file:
        assert file.read() == CONTENT


@pytest.mark.law("R2.4", "L69.1")
def test_files_that_lie_as_they_did_before_there_were_shelves_are_found_and_nothing_else_is_left(
    tmp_path: Path,
) -> None:
    first, second = CONTENT, b"another"
    for content in (first, second):
        sha256 = hashlib.sha256(content).hexdigest()
        former = tmp_path / "files" / sha256[:2] / sha256[2:4]
        former.mkdir(parents=True)
        (former / sha256).write_bytes(content)
    store = FileStore(tmp_path / "files")
    assert [store.read(hashlib.sha256(content).hexdigest()) for content in (first, second)] == [first, second]
    assert sorted(path.name for path in (tmp_path / "files").iterdir()) == ["incoming", "kept"]


@pytest.mark.law("A1.9.2", "L69.1")
def test_a_new_file_waits_for_the_disk_for_itself_and_its_shelf_before_it_is_said_to_be_kept(
    store: FileStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[str] = []

    def fsync(descriptor: int) -> None:
        waited.append(str(Path(f"/proc/self/fd/{descriptor}").readlink().relative_to(tmp_path / "files")))

    monkeypatch.setattr(os, "fsync", fsync)
    store.put(CONTENT)
    shelf = f"kept/{HASH[:2]}"
    assert [name.split("/")[0] for name in waited[:1]] == ["incoming"]
    assert waited[1:] == ["kept", shelf]
    store.put(CONTENT)
    assert waited[3:] == [shelf]
    assert [name for name in everything(tmp_path) if "incoming" in name] == []


@pytest.mark.law("R2.4", "L69.1")
def test_what_is_handed_in_again_is_young_again(store: FileStore, tmp_path: Path) -> None:
    store.put(CONTENT)
    os.utime(tmp_path / "files" / "kept" / HASH[:2] / HASH, (0, 0))
    store.put(CONTENT)
    assert not store.remove(HASH, timedelta(days=1))
    assert store.read(HASH) == CONTENT


@pytest.mark.law("A1.9.2")
def test_only_the_programs_own_user_can_read_what_is_kept(store: FileStore, tmp_path: Path) -> None:
    store.put(CONTENT)
    path = tmp_path / "files" / "kept" / HASH[:2] / HASH
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.law("A1.9.2")
def test_the_empty_content_and_the_same_content_twice_are_kept_once(store: FileStore, tmp_path: Path) -> None:
    assert store.put(b"").size == 0
    assert store.put(CONTENT) == store.put(CONTENT)
    assert len(everything(tmp_path)) == 2


@pytest.mark.law("A1.9.2")
def test_many_writers_of_the_same_content_leave_one_whole_file(tmp_path: Path) -> None:
    content = os.urandom(3_000_000)
    stores = [FileStore(tmp_path) for _ in range(8)]
    together = threading.Barrier(8)

    def write(store: FileStore) -> str:
        together.wait()
        return store.put(content)

    with ThreadPoolExecutor(8) as writers:
        hashes = set(writers.map(write, stores))
    assert hashes == {hashlib.sha256(content).hexdigest()}
    assert len(everything(tmp_path)) == 1
    assert stores[0].read(hashes.pop()) == content


@pytest.mark.law("A1.9.2")
def test_past_the_limit_nothing_is_kept(store: FileStore, tmp_path: Path) -> None:
    assert store.put(b"x" * 100, limit=100).size == 100
    with pytest.raises(FileRefused) as refused:
        store.put(b"x" * 101, limit=100)
    assert refused.value.code == "too_large"
    assert len(everything(tmp_path)) == 1


@pytest.mark.law("A1.9.2")
def test_an_upload_that_breaks_off_leaves_nothing(store: FileStore, tmp_path: Path) -> None:
    class BreaksOff(io.RawIOBase):
        pieces: Iterator[bytes] = iter([b"half"])

        def read(self, size: int = -1) -> bytes:
            for piece in self.pieces:
                return piece
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put(BreaksOff())  # type: ignore[arg-type]  # a raw stream is enough
    assert everything(tmp_path) == []


WRITER = """
import sys
from pathlib import Path
from service.adapters.files import FileStore

class Stuck:
    pieces = iter([b"half of it"])
    def read(self, size=-1):
        for piece in self.pieces:
            return piece
        print("half is written", flush=True)
        sys.stdin.read()

FileStore(Path(sys.argv[1])).put(Stuck())
"""


@pytest.mark.law("A1.9.2")
def test_a_process_killed_in_the_middle_leaves_nothing_for_the_next_start(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "half is written\n"
        FileStore(tmp_path)
        assert len(everything(tmp_path)) == 1, "what somebody still writes must not be swept away"
        writer.send_signal(signal.SIGKILL)
    assert [name.split("/")[0] for name in everything(tmp_path)] == ["incoming"]
    FileStore(tmp_path)
    assert everything(tmp_path) == []


@pytest.fixture
def little_room() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.law("A1.9.2")
@pytest.mark.usefixtures("little_room")
def test_a_full_disk_is_named_and_leaves_no_part_of_the_file(store: FileStore, tmp_path: Path) -> None:
    with pytest.raises(StorageFull) as refused:
        store.put(b"x" * 2_000_000)
    assert refused.value.code == "storage_full"
    assert everything(tmp_path) == []
    assert store.put(CONTENT) == HASH


@pytest.mark.law("R2.4")
@pytest.mark.parametrize("change", [b"", CONTENT[:-1], CONTENT + b" ", CONTENT.replace(b"5", b"4")])
def test_one_changed_byte_is_found_and_mended_by_the_same_content(
    store: FileStore, tmp_path: Path, change: bytes
) -> None:
    store.put(CONTENT)
    path = tmp_path / "files" / "kept" / HASH[:2] / HASH
    path.write_bytes(change)
    with pytest.raises(FileDamaged):
        store.read(HASH)
    with pytest.raises(FileDamaged):
        store.open(HASH, verify=True)
    store.put(CONTENT)
    assert store.read(HASH) == CONTENT


@pytest.mark.law("R2.4")
def test_a_link_in_place_of_a_file_is_not_followed(store: FileStore, tmp_path: Path) -> None:
    store.put(CONTENT)
    path = tmp_path / "files" / "kept" / HASH[:2] / HASH
    elsewhere = tmp_path / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    with pytest.raises(FileDamaged):
        store.open(HASH)


@pytest.mark.law("R2.4")
@pytest.mark.parametrize("made", [os.mkfifo, os.mkdir])
def test_a_pipe_or_a_folder_in_place_of_a_file_keeps_nobody_waiting(
    store: FileStore, tmp_path: Path, made: Callable[[Path], None]
) -> None:
    store.put(CONTENT)
    path = tmp_path / "files" / "kept" / HASH[:2] / HASH
    path.unlink()
    made(path)
    with pytest.raises(FileDamaged):
        store.read(HASH)


@pytest.mark.law("A1.9.2")
@pytest.mark.parametrize("name", ["", "ab", "../../etc/passwd", HASH.upper(), "0" * 64, HASH + "\n", "é" * 64])
def test_what_is_not_kept_is_missing_and_no_name_leads_outside(store: FileStore, name: str) -> None:
    store.put(CONTENT)
    assert not store.exists(name)
    with pytest.raises(FileMissing):
        store.open(name)


@pytest.mark.law("R13.3")
def test_what_the_program_packs_itself_may_be_larger_than_what_a_person_hands_in(store: FileStore) -> None:
    package = bytes(MAX_FILE_BYTES + 1)
    with pytest.raises(FileRefused):
        store.put(package)
    assert store.exists(store.put(package, limit=None))
