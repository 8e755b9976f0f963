"""Reads an answer as it arrives, so that one that trickles in byte by byte is given up in time."""

from __future__ import annotations

import time

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

_PIECE = 64 * 1024


class TooSlow(Exception):
    """The answer was not whole in time."""


class TooLong(Exception):
    """The answer has more bytes than anybody asked for."""


def read_whole(response: requests.Response, *, until: float, limit: int) -> bytes:
    """The body of an answer that was asked for with `stream`, of at most `limit` bytes, as it was sent.

    `until` is an instant of `time.monotonic`, in seconds; looked at after each piece, however small. Raises TooSlow,
    TooLong, and requests.ConnectionError for a connection that broke.
    """
    content = bytearray()
    try:
        while piece := response.raw.read1(_PIECE):
            content += piece
            if len(content) > limit:
                raise TooLong
            if time.monotonic() > until:
                raise TooSlow
    except ReadTimeoutError as error:
        raise TooSlow from error
    except HTTPError as error:
        raise requests.ConnectionError(error) from error
    return bytes(content)
