"""A system of the sandbox that listens on 127.0.0.1, whatever it speaks."""

from __future__ import annotations

import socketserver
import threading
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from service.sandbox.weather import Changeable


class Listening(Changeable, ABC):
    """`start()` it, speak to its `port`, `stop()` it; works in a `with` as well."""

    def __init__(self, port: int = 0) -> None:
        super().__init__()
        self._wanted_port = port
        self._server: socketserver.TCPServer | None = None
        self._thread: threading.Thread | None = None

    @abstractmethod
    def _listen(self, host: str, port: int) -> socketserver.TCPServer:
        """Take the port and be ready to answer."""

    @property
    def port(self) -> int:
        """The port listened on, once started."""
        return self._wanted_port if self._server is None else int(self._server.server_address[1])

    def start(self) -> Self:
        """Listen; a port of 0 takes any free one and keeps it for later starts."""
        self._open()
        self._server = self._listen("127.0.0.1", self._wanted_port)
        self._wanted_port = self.port
        # A short poll lets stop() return at once.
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop listening; waiting answers are let go, and what arrived stays."""
        self._close()
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
        self._server = self._thread = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
