"""A small web server on loopback that plays an outside system, and the switch that makes it fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer

from service.sandbox.listening import EachInAThread, Listening
from service.sandbox.weather import Weather

_MAX_BODY = 32 * 1024 * 1024


@dataclass(frozen=True)
class Reply:
    """What the system answers."""

    body: bytes
    status: int = 200
    content_type: str = "text/xml; charset=utf-8"


Answer = Callable[[str, bytes], Reply]
"""Takes a path and a body, gives the reply."""


class LoopbackServer(Listening):
    """An outside system on 127.0.0.1: `start()` it, send to `url`, `stop()` it; works in a `with` as well.

    With `weather` DOWN connections are closed unanswered; with SLOW an answer waits until the weather changes; with
    GARBAGE the answer is not XML. FAULT is left to `answer`.
    """

    def __init__(self, answer: Answer, *, port: int = 0) -> None:
        super().__init__(port)
        self._answer = answer

    @property
    def url(self) -> str:
        """The address of the server, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def _listen(self, host: str, port: int) -> HTTPServer:
        return _Server((host, port), self._handler())

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


class _Server(EachInAThread, HTTPServer):
    pass
