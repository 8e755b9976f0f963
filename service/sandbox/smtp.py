"""One SMTP conversation, seen from the mail server: as much of RFC 5321 as our own letters need."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass

_MAX_LINE = 8192
_ADDRESS = re.compile(r"(?:FROM|TO):\s*<([^<>]*)>", re.IGNORECASE)


@dataclass(frozen=True)
class Post:
    """A letter in its envelope."""

    sender: str
    to: tuple[str, ...]
    raw: bytes


class Conversation:
    """Talks with one client until it leaves."""

    def __init__(
        self,
        line: socket.socket,
        *,
        keep: Callable[[Post], None],
        refused: frozenset[str],
        tls: ssl.SSLContext | None,
        credentials: bytes | None,
        failing: bool,
    ) -> None:
        self._line = line
        self._incoming = line.makefile("rb")
        self._keep, self._refused, self._tls, self._credentials = keep, refused, tls, credentials
        self._failing = failing
        self._trusted = credentials is None
        self._secured = False
        self._sender = ""
        self._to: list[str] = []

    def run(self) -> None:
        """Greet, and answer command after command."""
        self.say("220 sandbox ESMTP")
        while command := self._incoming.readline(_MAX_LINE):
            verb, _, rest = command.decode("utf-8", "replace").strip().partition(" ")
            if verb.upper() == "QUIT":
                self.say("221 bye")
                return
            answer = self._ANSWERS.get(verb.upper())
            if answer is None:
                self.say("502 not known here")
            else:
                answer(self, rest)

    def say(self, *lines: str) -> None:
        """Send a reply."""
        self._line.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def _ehlo(self, rest: str) -> None:
        offers = ["sandbox", "8BITMIME", "SMTPUTF8", "SIZE 10485760"]
        if self._tls is not None and not self._secured:
            offers.append("STARTTLS")
        if self._credentials is not None:
            offers.append("AUTH PLAIN")
        self.say(*(f"250-{offer}" for offer in offers[:-1]), f"250 {offers[-1]}")

    def _starttls(self, rest: str) -> None:
        if self._tls is None:
            self.say("502 no TLS here")
            return
        self.say("220 go ahead")
        self._line = self._tls.wrap_socket(self._line, server_side=True)
        self._incoming = self._line.makefile("rb")
        self._secured = True

    def _auth(self, rest: str) -> None:
        self._trusted = rest.encode() == b"PLAIN " + (self._credentials or b"")
        self.say("235 welcome" if self._trusted else "535 who are you?")

    def _mail(self, rest: str) -> None:
        found = _ADDRESS.match(rest)
        if self._failing:
            self.say("451 try again later")
        elif not self._trusted:
            self.say("530 sign in first")
        elif found is None:
            self.say("501 from whom?")
        else:
            self._sender, self._to = found[1], []
            self.say("250 ok")

    def _rcpt(self, rest: str) -> None:
        found = _ADDRESS.match(rest)
        if found is None or not found[1]:
            self.say("501 to whom?")
        elif found[1] in self._refused:
            self.say("550 nobody of that name")
        else:
            self._to.append(found[1])
            self.say("250 ok")

    def _data(self, rest: str) -> None:
        if not self._to:
            self.say("503 to whom?")
            return
        self.say("354 end with a dot")
        raw = bytearray()
        while (line := self._incoming.readline()) not in (b"", b".\r\n"):
            raw += line[1:] if line.startswith(b".") else line
        if line:
            self._keep(Post(self._sender, tuple(self._to), bytes(raw)))
            self.say("250 kept")

    def _ok(self, rest: str) -> None:
        self.say("250 ok")

    _ANSWERS: dict[str, Callable[[Conversation, str], None]] = {  # noqa: RUF012 (never changed)
        "EHLO": _ehlo,
        "HELO": _ok,
        "STARTTLS": _starttls,
        "AUTH": _auth,
        "MAIL": _mail,
        "RCPT": _rcpt,
        "DATA": _data,
        "RSET": _ok,
        "NOOP": _ok,
    }
