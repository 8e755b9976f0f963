"""A system of the sandbox that listens on 127.0.0.1, whatever it speaks."""

from __future__ import annotations

import selectors
import socket
import socketserver
import sys
import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Any, Self

from service.sandbox.weather import Changeable


class EachInAThread(socketserver.ThreadingMixIn):
    """Answers each who asks in a thread that ends with the process; that they hang up is their right, and no fault."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of every other fault."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[misc] # of the server that this is mixed into


class Answering:
    """A server that answers in a thread of its own until `stop()`, which returns at once.

    Between two requests nothing wakes it: the library's own loop looks several times a second whether it shall stop.
    """

    def __init__(self, server: socketserver.TCPServer) -> None:
        self._server = server
        self._server.timeout = 0  # whoever has asked may have gone meanwhile
        self._server.socket.listen(128)  # many may ask at once
        self._told, self._tells = socket.socketpair()
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port listened on."""
        return int(self._server.server_address[1])

    def stop(self) -> None:
        """Stop answering and free the port."""
        self._tells.shutdown(socket.SHUT_RDWR)  # a process that was forked meanwhile may hold it open
        self._thread.join()
        self._tells.close()
        self._told.close()
        self._server.server_close()

    def _answer(self) -> None:
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._server, selectors.EVENT_READ)
            waiting.register(self._told, selectors.EVENT_READ)
            while self._told not in [key.fileobj for key, _events in waiting.select()]:
                self._server.handle_request()


class Listening(Changeable, ABC):
    """`start()` it, speak to its `port`, `stop()` it; works in a `with` as well."""

    def __init__(self, port: int = 0) -> None:
        super().__init__()
        self._wanted_port = port
        self._server: Answering | None = None

    @abstractmethod
    def _listen(self, host: str, port: int) -> socketserver.TCPServer:
        """Take the port and be ready to answer."""

    @property
    def port(self) -> int:
        """The port listened on, once started."""
        return self._wanted_port if self._server is None else self._server.port

    def start(self) -> Self:
        """Listen; a port of 0 takes any free one and keeps it for later starts."""
        self._open()
        self._server = Answering(self._listen("127.0.0.1", self._wanted_port))
        self._wanted_port = self.port
        return self

    def stop(self) -> None:
        """Stop listening; waiting answers are let go, and what arrived stays."""
        self._close()
        if self._server is not None:
            self._server.stop()
        self._server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
