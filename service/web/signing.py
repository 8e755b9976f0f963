"""What the signing panel shows and sends: the documents letter by letter, and whose signature is expected."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import request

from service.domain.signatures import SignatureTextError, cms_from_text
from service.web.services import ground


@dataclass(frozen=True)
class ToSign:
    """One document to sign: its title and its bytes; `address` shows them to the person."""

    title: str
    content: bytes
    address: str = ""

    @property
    def base64(self) -> str:
        """The bytes as NCALayer takes them."""
        return base64.b64encode(self.content).decode()

    @property
    def sha256(self) -> str:
        """The hash of the bytes, shown before signing."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def size(self) -> int:
        """The number of bytes."""
        return len(self.content)


@dataclass(frozen=True)
class Signing:
    """A signature asked of a person: documents, expected IIN and BIN, the role's OID, fields sent along.

    `personas` pairs keys with names and stands in the demo only, where the stand-in of NCALayer signs.
    """

    documents: Sequence[ToSign]
    iin: str = ""
    bin: str = ""
    role: str = ""
    title: str = ""
    button: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    offered_personas: Sequence[tuple[str, str]] = ()
    persona: str = ""

    @property
    def address(self) -> str:
        """Where the browser finds NCALayer."""
        return ground().settings.ncalayer_url

    @property
    def test(self) -> bool:
        """Say whether signatures made here are for testing."""
        return ground().settings.demo

    @property
    def personas(self) -> Sequence[tuple[str, str]]:
        """The made-up people whose keys may be chosen; nobody outside of the demo."""
        return self.offered_personas if self.test else ()


def signatures(count: int = 1) -> list[bytes] | None:
    """Take the signatures (CMS) that the panel has sent, one for each document; None when any is missing or broken."""
    sent = request.form.getlist("signature")
    try:
        found = [cms_from_text(text) for text in sent]
    except SignatureTextError:
        return None
    return found if len(found) == count else None
