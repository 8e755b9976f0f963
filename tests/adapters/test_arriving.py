"""An answer that trickles in byte by byte is given up in time, whoever asked (R4.1)."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from service.adapters.shep import ShepChannel, ShepTransport
from service.adapters.signatures.fetch import Fetcher, NoAnswer
from service.domain.channels import PERSON, NotDelivered, Trouble
from service.sandbox.personas import PERSONAS
from tests.adapters.gateway import message, settings

WHOLE = 1000
"""Bytes of the answer; the first dozen alone takes longer than is waited."""
PAUSE = 0.05


@pytest.fixture
def trickling() -> Iterator[str]:
    """The address of somebody who sends one byte of the answer at a time."""
    ended = threading.Event()

    def trickle(door: socket.socket) -> None:
        with contextlib.suppress(OSError):
            guest, _ = door.accept()
            with guest:
                guest.recv(65536)
                guest.sendall(f"HTTP/1.1 200 OK\r\nContent-Length: {WHOLE}\r\n\r\n".encode())
                while not ended.wait(PAUSE):
                    guest.sendall(b" ")

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=trickle, args=(door,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        ended.set()
        door.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.law("R4.1")
def test_the_gateway_is_given_up_after_the_whole_time_though_each_byte_comes_soon(trickling: str) -> None:
    shep, began = ShepChannel(ShepTransport(settings(trickling, total_timeout=0.5))), time.monotonic()
    with pytest.raises(NotDelivered) as refused:
        shep.send(message(PERSON, {"iin": PERSONAS["person"].iin}))
    assert (refused.value.reason, refused.value.detail) == (Trouble.NO_ANSWER, "too slow")
    assert time.monotonic() - began < WHOLE * PAUSE / 5


@pytest.mark.law("R3.3")
def test_a_certification_authority_is_given_up_so_too(trickling: str) -> None:
    began = time.monotonic()
    with pytest.raises(NoAnswer, match="TooSlow"):
        Fetcher(0.5).get(f"{trickling}/crl", limit=10_000)
    assert time.monotonic() - began < WHOLE * PAUSE / 5
