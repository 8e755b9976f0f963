"""Asks the services of a certification authority over HTTP."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import requests

from service.adapters.arriving import TooLong, TooSlow, read_whole

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class NoAnswer(Exception):
    """The service gave no usable answer: it cannot be reached, is too slow, or answers with an error."""


class Fetcher:
    """Fetches small answers within `timeout` seconds each; redirects are not followed."""

    def __init__(self, timeout: float) -> None:
        self.timeout = timeout

    def get(self, url: str, *, limit: int) -> bytes:
        """Read what lies at an address, at most `limit` bytes; raises NoAnswer."""
        return self._ask("GET", url, None, {}, limit)

    def post(self, url: str, body: bytes, kind: str, *, limit: int) -> bytes:
        """Send `body` of the given content type and read the answer, at most `limit` bytes; raises NoAnswer."""
        return self._ask("POST", url, body, {"Content-Type": kind}, limit)

    def _ask(self, method: str, url: str, body: bytes | None, headers: dict[str, str], limit: int) -> bytes:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise NoAnswer("scheme")
        until = time.monotonic() + self.timeout
        try:
            with requests.Session() as session:
                # A proxy of the environment could not reach this machine's own addresses.
                session.trust_env = parts.hostname not in _LOOPBACK
                with session.request(
                    method, url, data=body, headers=headers, timeout=self.timeout, stream=True, allow_redirects=False
                ) as response:
                    if response.status_code != requests.codes.ok:
                        raise NoAnswer(f"status {response.status_code}")
                    return read_whole(response, until=until, limit=limit)
        except (requests.RequestException, TooLong, TooSlow, OSError, ValueError) as error:
            raise NoAnswer(type(error).__name__) from error
