"""Keeps object identifiers short: the library reads a long one in a time that grows with the square of its length.

One of some megabytes, in a signature that anybody may hand in, would keep it busy for an hour, in a loop that nothing
interrupts. `bounded` is called by every module that reads ASN.1 of strangers.
"""

from __future__ import annotations

from functools import cache

from asn1crypto import core

LONGEST = 256
"""Bytes of an identifier; those that are registered have some ten."""


@cache
def bounded() -> None:
    """From now on an identifier that is longer than any registered one is a fault of the file: a ValueError."""
    read = core.ObjectIdentifier.dotted.fget

    def dotted(identifier: core.ObjectIdentifier) -> str:
        if len(identifier.contents or b"") > LONGEST:
            raise ValueError("object identifier too long")
        told: str = read(identifier)
        return told

    core.ObjectIdentifier.dotted = property(dotted)
