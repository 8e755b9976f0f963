"""A small web server on loopback that plays an outside system, and the switch that makes it fail."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from service.sandbox.weather import Changeable, Weather

_MAX_BODY = 32 * 1024 * 1024


@dataclass(frozen=True)
class Reply:
    """What the system answers."""

    body: bytes
    status: int = 200
    content_type: str = "text/xml; charset=utf-8"


Answer = Callable[[str, bytes], Reply]
"""Takes a path and a body, gives the reply."""


class LoopbackServer(Changeable):
    """An outside system on 127.0.0.1: `start()` it, send to `url`, `stop()` it; works in a `with` as well.

    With `weather` DOWN connections are closed unanswered; with SLOW an answer waits until the weather changes; with
    GARBAGE the answer is not XML. FAULT is left to `answer`.
    """

    def __init__(self, answer: Answer, *, port: int = 0) -> None:
        super().__init__()
        self._answer = answer
        self._wanted_port = port
        self._http: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def port(self) -> int:
        """The port listened on, once started."""
        return self._wanted_port if self._http is None else int(self._http.server_address[1])

    @property
    def url(self) -> str:
        """The address of the server, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> Self:
        """Listen; a port of 0 takes any free one and keeps it for later starts."""
        self._open()
        self._http = ThreadingHTTPServer(("127.0.0.1", self._wanted_port), self._handler())
        self._http.daemon_threads = True
        self._wanted_port = self.port
        # A short poll lets stop() return at once.
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening; waiting answers are let go."""
        self._close()
        if self._http is not None and self._thread is not None:
            self._http.shutdown()
            self._http.server_close()
            self._thread.join()
        self._http = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def reply(self, path: str, body: bytes) -> Reply | None:
        """Answer in today's weather; None closes the connection."""
        if not self._up():
            return None
        if self.weather is Weather.GARBAGE:
            return Reply("<html><p>Қате: 502 Bad Gateway".encode(), content_type="text/html; charset=utf-8")
        return self._answer(path, body)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = min(int(self.headers.get("Content-Length") or 0), _MAX_BODY)
                self._give(server.reply(self.path, self.rfile.read(length)))

            def do_GET(self) -> None:
                self._give(server.reply(self.path, b""))

            def _give(self, reply: Reply | None) -> None:
                self.close_connection = True
                if reply is None:
                    return
                try:
                    self.send_response(reply.status)
                    self.send_header("Content-Type", reply.content_type)
                    self.send_header("Content-Length", str(len(reply.body)))
                    self.end_headers()
                    self.wfile.write(reply.body)
                except ConnectionError:
                    # The caller has hung up; that is its right.
                    return

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: requests may bear personal numbers."""

        return Handler
