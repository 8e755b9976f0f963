"""Signed contents: what the system's key has signed can be checked by anybody with its public part, without us."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.canonical import canonical

ALGORITHM = "Ed25519"

Sign = Callable[[bytes], bytes]


def signed(content: Mapping[str, Any], key_id: str, public_key: str, sign: Sign) -> bytes:
    """The content with the signature over its canonical text, as canonical JSON."""
    value = base64.b64encode(sign(canonical(content))).decode()
    signature = {"algorithm": ALGORITHM, "key_id": key_id, "public_key": public_key, "value": value}
    return canonical({"content": content, "signature": signature})


@dataclass(frozen=True)
class Signed:
    """A signed content as it was read; nothing is known of its signature yet."""

    content: Mapping[str, Any]
    key_id: str
    public_key: str
    value: bytes

    @property
    def text(self) -> bytes:
        """The bytes over which the signature is made."""
        return canonical(self.content)


Verify = Callable[[Signed], bool]
"""Whether a signed content bears the signature of a key that is believed."""


def read_signed(told: object) -> Signed | None:
    """Read a signed content; None for anything else, also for what has no canonical text."""
    if not (isinstance(told, dict) and isinstance(told.get("content"), dict)):
        return None
    signature = told.get("signature")
    if not isinstance(signature, dict) or signature.get("algorithm") != ALGORITHM:
        return None
    try:
        value = base64.b64decode(str(signature["value"]), validate=True)
        found = Signed(told["content"], str(signature["key_id"]), str(signature["public_key"]), value)
        return found if found.public_key.isascii() and found.text else None
    except (KeyError, RecursionError, binascii.Error, ValueError):
        return None
