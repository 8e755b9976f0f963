"""Signatures that are checked in the same moment do not disturb each other (R2.4)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from service.adapters.signatures import engine as engines
from service.adapters.signatures import signed_data
from tests.sandbox.world import CONTENT, World


@pytest.mark.law("R2.4", "R3.3")
def test_of_four_signatures_sent_at_once_no_two_are_read_in_the_same_moment(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """asn1crypto completes what it shares between threads in place: two readers can find it half made."""
    inside, together = threading.Semaphore(1), threading.Event()
    parse: Callable[[bytes], Any] = signed_data.parse

    def watched(cms: bytes) -> Any:
        if not inside.acquire(timeout=0.2):
            together.set()
            return parse(cms)
        try:
            together.wait(0.5)  # long enough for another to come in
            return parse(cms)
        finally:
            inside.release()

    monkeypatch.setattr(engines, "parse", watched)
    signed, engine = world.pki.sign_cms("entrepreneur", CONTENT), world.engine()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda cms: engine.verify_cms(cms, CONTENT), [signed] * 4))
    assert all(evidence.signature_ok and not evidence.problems for evidence in found)
    assert not together.is_set()
