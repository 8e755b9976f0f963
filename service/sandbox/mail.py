"""A mail server on loopback that keeps every letter, to show in the demo and to check in the tests (L66.1)."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from service.sandbox.listening import EachInAThread, Listening
from service.sandbox.smtp import Conversation, Post
from service.sandbox.weather import Weather


@dataclass(frozen=True)
class Letter:
    """A letter as it arrived: envelope, headers and plain text; `raw` is every byte of it."""

    message_id: str
    sender: str
    to: tuple[str, ...]
    subject: str
    language: str
    body: str
    raw: bytes

    @property
    def parsed(self) -> EmailMessage:
        """The letter with all its headers and parts."""
        return message_from_bytes(self.raw, policy=default)


class MailSandbox(Listening):
    """The mail server: `start()`, `port`, `stop()`, and `letters`, each once by its Message-ID.

    With `weather` FAULT it answers 451, with GARBAGE it greets with nonsense. Addresses in `refused` get 550. With
    `tls` it offers STARTTLS; with `account` (user, password) it lets nobody send who has not signed in.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        refused: frozenset[str] = frozenset(),
        tls: ssl.SSLContext | None = None,
        account: tuple[str, str] | None = None,
    ) -> None:
        super().__init__(port)
        self.refused, self.tls = refused, tls
        self.credentials = None if account is None else base64.b64encode("\0{}\0{}".format(*account).encode())
        self._lock = threading.Lock()
        self._letters: dict[str, Letter] = {}
        self.repeats = 0

    @property
    def letters(self) -> list[Letter]:
        """Everything that arrived, the oldest first."""
        with self._lock:
            return list(self._letters.values())

    def forget(self) -> None:
        """Throw every letter away."""
        with self._lock:
            self._letters.clear()
            self.repeats = 0

    def _listen(self, host: str, port: int) -> socketserver.TCPServer:
        return _Server((host, port), self._handler())

    def keep(self, post: Post) -> None:
        """Keep a letter; the same Message-ID again is counted in `repeats` only."""
        parsed = message_from_bytes(post.raw, policy=default)
        plain = parsed.get_body(("plain",))
        letter = Letter(
            message_id=str(parsed["Message-ID"] or ""),
            sender=post.sender,
            to=post.to,
            subject=str(parsed["Subject"] or ""),
            language=str(parsed["Content-Language"] or ""),
            body="" if plain is None else plain.get_content().replace("\r\n", "\n"),
            raw=post.raw,
        )
        with self._lock:
            if letter.message_id in self._letters:
                self.repeats += 1
            else:
                self._letters[letter.message_id] = letter

    def _handler(self) -> type[socketserver.BaseRequestHandler]:
        server = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                if not server._up():
                    return
                conversation = Conversation(
                    self.request,
                    keep=server.keep,
                    refused=server.refused,
                    tls=server.tls,
                    credentials=server.credentials,
                    failing=server.weather is Weather.FAULT,
                )
                try:
                    if server.weather is Weather.GARBAGE:
                        conversation.say("ғ\x00 what?")
                    else:
                        conversation.run()
                except OSError:
                    # The caller has hung up; that is its right.
                    return

        return Handler


class _Server(EachInAThread, socketserver.TCPServer):
    allow_reuse_address = True
