"""The permit: how long it lasts and where its holder works (A3.2, A2.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.document_parts import Address

ADDRESS_PARTS = ("postcode", "region", "city", "district", "settlement", "street", "house", "premises")


def address_of(parts: Mapping[str, Any]) -> Address:
    """An address of the application from its parts (A2.1)."""
    return Address(**{name: str(parts.get(name) or "") for name in ADDRESS_PARTS})


def address_line(parts: Mapping[str, Any]) -> str:
    """An address on one line, in the order of annex 2."""
    return address_of(parts).line
