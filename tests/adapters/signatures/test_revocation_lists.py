"""Revocation lists are fetched beside each other: a slow one holds up only who needs it, and not for long (R2.4)."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from service.adapters.signatures.crl import RevocationLists
from service.adapters.signatures.fetch import Fetcher, NoAnswer
from tests.sandbox.world import NOW, World


class Far(Fetcher):
    """Lists that arrive when the test says so; it counts what is asked for."""

    def __init__(self, world: World, timeout: float) -> None:
        super().__init__(timeout)
        self.lists = {"nca.crl": world.pki.crl, "root.crl": world.pki.root_crl}
        self.asked: list[str] = []
        self.begun, self.arrives = threading.Event(), threading.Event()

    def get(self, url: str, *, limit: int) -> bytes:
        """The list of the authority is on its way until it `arrives`; that of the root is there at once."""
        name = url.rpartition("/")[2]
        self.asked.append(name)
        if name == "nca.crl":
            self.begun.set()
            assert self.arrives.wait(10)
        return self.lists[name]()


class Lists:
    """The revocation lists of the development PKI, asked about an authority of its own and about somebody's key."""

    def __init__(self, world: World, timeout: float) -> None:
        self.far = Far(world, timeout)
        self.lists = RevocationLists(self.far)
        self.root, self.authority, self.key = (
            world.pki.root.certificate,
            world.pki.issuer.certificate,
            world.pki.certificate("entrepreneur"),
        )

    def of_key(self) -> datetime | None:
        return self.lists.revoked_at(self.key, self.authority, NOW)

    def of_authority(self) -> datetime | None:
        return self.lists.revoked_at(self.authority, self.root, NOW)


@pytest.mark.law("R2.4", "R3.3")
def test_a_list_that_is_on_its_way_keeps_nobody_from_another(world: World) -> None:
    lists = Lists(world, timeout=10)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lists.of_key)
        assert lists.far.begun.wait(5)
        assert lists.of_authority() is None
        assert not waiting.done()
        lists.far.arrives.set()
        assert waiting.result(5) is None
    assert sorted(lists.far.asked) == ["nca.crl", "root.crl"]


@pytest.mark.law("R2.4")
def test_a_list_is_fetched_once_for_all_who_need_it_at_the_same_time(world: World) -> None:
    lists = Lists(world, timeout=10)
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(lists.of_key) for _ in range(4)]
        assert lists.far.begun.wait(5)
        lists.far.arrives.set()
        assert [each.result(5) for each in waiting] == [None] * 4
    assert lists.of_key() is None
    assert lists.far.asked == ["nca.crl"]


@pytest.mark.law("R2.4")
def test_nobody_waits_longer_for_a_list_than_it_may_take(world: World) -> None:
    lists = Lists(world, timeout=0.05)
    with ThreadPoolExecutor(1) as pool:
        fetching = pool.submit(lists.of_key)
        assert lists.far.begun.wait(5)
        with pytest.raises(NoAnswer):
            lists.of_key()
        lists.far.arrives.set()
        assert fetching.result(5) is None
    assert lists.far.asked == ["nca.crl"]


@pytest.mark.law("R2.4")
def test_a_list_that_could_not_be_had_is_asked_for_again(world: World) -> None:
    lists = Lists(world, timeout=10)
    lists.far.arrives.set()
    true, lists.far.lists["nca.crl"] = lists.far.lists["nca.crl"], lambda: b"not a list"
    with pytest.raises(Exception, match="crl_unreadable"):
        lists.of_key()
    lists.far.lists["nca.crl"] = true
    assert lists.of_key() is None
