"""At the sockets of the server: connections that say nothing, requests without end, pages that a browser keeps."""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any, cast

import pytest
from waitress import create_server, wasyncore
from werkzeug import formparser

from service.cli.serve import server_options
from service.settings import Settings
from tests.program import Story
from tests.web.cabinet import PDF, Cabinet
from tests.web.ground_visitor import House, heading
from tests.web.office import text

GET = b"GET / HTTP/1.1\r\nHost: ruqsat.test\r\nConnection: close\r\n\r\n"
STALLED = b"GET / HTTP/1.1\r\nHost: ruqsat.test\r\nX-Wait: "


def hello(_environ: Any, start_response: Any) -> Iterable[bytes]:
    """The smallest page."""
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]


@contextmanager
def served() -> Iterator[int]:
    """The port of a server that listens as that of the program does."""
    channels: dict[int, wasyncore.dispatcher] = {}
    options = server_options(Settings())
    server = create_server(hello, **{**options, "port": 0, "threads": 2}, map=channels)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield cast(int, server.effective_port)
    finally:
        server.trigger.pull_trigger(lambda: wasyncore.close_all(channels))
        thread.join(10)
        server.task_dispatcher.shutdown()


def asked(port: int, request: bytes) -> bytes:
    """The first line of the answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        return connection.recv(4096).split(b"\r\n")[0]


def test_who_opens_hundreds_of_connections_and_says_nothing_keeps_nobody_out() -> None:
    with served() as port, ExitStack() as opened:
        for _ in range(200):
            silent = opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            silent.sendall(STALLED)
        assert asked(port, GET) == b"HTTP/1.1 200 OK"


def test_a_request_that_no_page_would_read_is_refused_before_it_is_sent() -> None:
    with served() as port:
        told = b"POST / HTTP/1.1\r\nHost: ruqsat.test\r\nContent-Length: 600000000\r\n\r\n"
        assert b" 413 " in asked(port, told)


@pytest.mark.law("L75.1")
def test_after_signing_out_no_browser_and_no_cache_holds_what_was_shown_to_a_person() -> None:
    person = House().visitor()
    assert person.get("/").headers["Cache-Control"] == "private, no-cache"
    person.sign_in()
    answers = [person.get(address) for address in ("/", "/cabinet/form", "/no-such-page", "/fail/boom")]
    answers += [person.post("/cabinet/form", {"page": "/cabinet/form"}), person.get("/static/none.css")]
    assert {answer.headers["Cache-Control"] for answer in answers} == {"private, no-store"}


@pytest.mark.parametrize("address", ["/static/none.css", "/static/build/none.css?v=1", "/static/../none?v=1"])
def test_a_file_that_is_not_there_is_remembered_by_no_cache(address: str) -> None:
    answer = House().visitor().client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "private, no-cache")


class NoRoom:
    """Where a large file waits while it is read, on a disk that is full."""

    def __init__(self, *_size: object, **_how: object) -> None:
        self._file = SpooledTemporaryFile(max_size=10**9)  # noqa: SIM115 - closed by who reads the request

    def write(self, content: bytes) -> int:
        """Take the beginning only."""
        if self._file.tell() + len(content) > 1000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self._file.write(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


FULL = {"kk": "Біздің қоймамыз толып қалды", "ru": "Наше хранилище заполнено", "en": "Our storage is full"}


@pytest.mark.law("A1.9.2", "R2.4")
def test_a_large_file_without_a_place_to_wait_in_is_told_as_a_full_storage(
    story: Story, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seats = {language: Cabinet(story).seat("company_head", language) for language in FULL}
    draft = seats["en"].begin()
    with monkeypatch.context() as full:
        full.setattr(formparser, "SpooledTemporaryFile", NoRoom)
        for language, seat in seats.items():
            answer = seat.attach(draft, "үзінді.pdf", PDF + b"%" * 2000)
            assert (answer.status_code, heading(answer)) == (503, FULL[language])
    told = [line.exc_info[1] for line in caplog.records if line.exc_info and "no room for" in line.getMessage()]
    assert [getattr(error, "errno", None) for error in told] == [errno.ENOSPC] * len(FULL)  # the operator reads what
    assert "үзінді.pdf" not in text(seats["en"].get(f"{draft}/files"))
