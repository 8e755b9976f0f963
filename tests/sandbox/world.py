"""The development PKI over real sockets with a clock that tests move and answers that tests spoil."""

from __future__ import annotations

import threading
import wsgiref.types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.adapters.signatures import build_engine
from service.domain.signatures import Judgement, Requirement, SignatureEngine, judge
from service.sandbox import pki as sandbox_pki
from service.sandbox.personas import PERSONAS
from service.sandbox.pki import DevPki
from service.sandbox.responders import Server, application
from tests.quick import KEYS

NOW = datetime(2026, 4, 7, 9, 0, tzinfo=UTC)
CONTENT = "Рұқсат беруге өтініш".encode()
Spoiler = Callable[[str, bytes], bytes]
"""Takes the path asked for and the true answer, returns what is sent instead."""


@dataclass
class World:
    """A PKI whose responders listen on loopback, its clock and how its answers are spoilt."""

    pki: DevPki
    url: str
    now: datetime = NOW
    spoil: Spoiler | None = None
    asked: list[str] = field(default_factory=list)

    def engine(self, *, fetch: bool = True, timeout: float = 5, ocsp_url: str | None = None) -> SignatureEngine:
        """An engine that trusts this PKI."""
        return build_engine(
            self.pki.roots,
            self.pki.intermediates,
            now=lambda: self.now,
            ocsp_timeout=timeout,
            fetch=fetch,
            ocsp_url=ocsp_url,
        )

    def judge(
        self, cms: bytes, requirement: Requirement, content: bytes = CONTENT, ocsp: tuple[bytes, ...] = ()
    ) -> Judgement:
        """Verify over real sockets and judge."""
        return judge(self.engine().verify_cms(cms, content, ocsp=ocsp), requirement, now=self.now)

    def iin(self, persona: str) -> str:
        """The number of a persona."""
        return PERSONAS[persona].iin


class Spoilable:
    """The PKI's responders, whose answers a test may spoil and whose questions it may count."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._inner = application(world.pki)

    def __call__(
        self, environ: wsgiref.types.WSGIEnvironment, start_response: wsgiref.types.StartResponse
    ) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self._world.asked.append(path)
        status: list[str] = []

        def take_status(line: str, headers: object, error: object = None) -> Callable[[bytes], object]:
            status.append(line)
            return lambda written: None

        answer = b"".join(self._inner(environ, take_status))
        try:
            body = self._world.spoil(path, answer) if self._world.spoil else answer
        except ServerFailure:
            status, body = ["500 Internal Server Error"], b"<html>error</html>"
        start_response(status[0], [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(body)))])
        return [body]


class ServerFailure(Exception):
    """Raised by a spoiler that wants the server to answer 500."""


def fail(path: str, answer: bytes) -> bytes:
    """A spoiler: the server answers 500."""
    raise ServerFailure


def never_answer(path: str, answer: bytes) -> bytes:
    """A spoiler: the answer does not come before the test is over."""
    test_is_over.wait(10)
    return answer


test_is_over = threading.Event()


@pytest.fixture(scope="session")
def listening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    server = Server()
    made: list[World] = []
    pki = DevPki(tmp_path_factory.mktemp("sandbox") / "pki", server.url, lambda: made[0].now if made else NOW)
    made.append(World(pki, server.url))
    server.start(Spoilable(made[0]))
    yield made[0]
    server.stop()


@pytest.fixture
def world(listening: World) -> Iterator[World]:
    """The PKI at its usual time with nothing spoilt."""
    listening.now, listening.spoil = NOW, None
    listening.asked.clear()
    test_is_over.clear()
    yield listening
    test_is_over.set()
    listening.now, listening.spoil = NOW, None


@pytest.fixture(scope="session")
def impostor(tmp_path_factory: pytest.TempPathFactory) -> DevPki:
    """A PKI of a stranger, with the same names as ours and other keys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox_pki, "_keys", KEYS)
        return DevPki(Path(tmp_path_factory.mktemp("impostor")) / "pki", "http://127.0.0.1:9", lambda: NOW)
