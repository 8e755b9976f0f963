"""Whatever a file unfolds to, and however long it would be read: memory and time stay bounded (A1.9.2, A3.5)."""

from __future__ import annotations

import sys
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from time import thread_time

import pytest

from service.adapters.content_types import LookInside
from service.adapters.patience import MOST_SECONDS, OutOfPatience, patience
from service.adapters.signatures.pdf import read as read_pdf
from service.adapters.verification import read_code
from service.domain.files import MAX_FILE_BYTES, FileRefused
from tests.adapters.bombs import DRUDGERY, MEGABYTE, UNFOLDING, written


@contextmanager
def cheaply(megabytes: int = 64, seconds: float = 2) -> Iterator[None]:
    """What happens in here takes no more memory and no more of the processor."""
    tracemalloc.start()
    began, (before, _peak) = thread_time(), tracemalloc.get_traced_memory()
    try:
        yield
        _now, peak = tracemalloc.get_traced_memory()
        assert (peak - before) / MEGABYTE < megabytes
        assert thread_time() - began < seconds
    finally:
        tracemalloc.stop()


def came_to(content: bytes) -> str:
    try:
        LookInside().recognise(content)
    except FileRefused as refused:
        return refused.code
    return ""


@pytest.mark.law("A1.9.2")
@pytest.mark.parametrize("what", UNFOLDING)
def test_what_unfolds_to_gigabytes_is_not_unfolded(what: str) -> None:
    content, expected = UNFOLDING[what]
    assert len(content) < MAX_FILE_BYTES
    with cheaply():
        assert came_to(content) == expected


@pytest.mark.law("A3.5", "R2.4")
@pytest.mark.parametrize("what", [what for what, (content, _told) in UNFOLDING.items() if content.startswith(b"%PDF")])
def test_nor_where_a_code_or_a_signature_is_looked_for(what: str) -> None:
    content, _told = UNFOLDING[what]
    with cheaply():
        assert read_code(content) is None
    with cheaply():
        no_signature(content)


def no_signature(content: bytes) -> None:
    """A file from anywhere makes the reader raise anything; nothing of it is taken for a signature."""
    try:
        found = read_pdf(content)
    except Exception:  # noqa: BLE001
        found = None
    assert found is None


@pytest.mark.law("A1.9.2", "A3.5")
@pytest.mark.parametrize("what", DRUDGERY)
@pytest.mark.parametrize("reader", [came_to, read_code, no_signature])
def test_what_would_be_read_for_ever_is_put_away(
    what: str, reader: Callable[[bytes], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look at the clock is half a second later: nothing is read for longer than the patience lasts."""
    asked = count(step=0.5)
    monkeypatch.setattr("service.adapters.patience.thread_time", lambda: next(asked))
    with cheaply(seconds=1):
        reader(DRUDGERY[what])
    assert next(asked) <= 2 * MOST_SECONDS + 2
    assert sys.getprofile() is None


def test_a_reader_that_puts_up_with_every_fault_is_stopped_too(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = count()
    monkeypatch.setattr("service.adapters.patience.thread_time", lambda: next(asked))
    with pytest.raises(OutOfPatience), patience():
        while True:
            try:
                bytes.fromhex("x")
            except Exception:  # noqa: BLE001
                continue
    assert sys.getprofile() is None


@pytest.mark.law("A3.5")
def test_a_code_is_found_however_much_stands_beside_it() -> None:
    told = b"<</Keywords (ruqsat:AAAA-BBBB-CCCC-DDDD %s)>>" % (b"x " * 20_000)
    page = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"}
    assert read_code(written({**page, 3: told}, b"/Info 3 0 R")) == "AAAA-BBBB-CCCC-DDDD"
