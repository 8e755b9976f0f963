"""The signature of an operation as the diagram's check needs it: parameters, what it returns, its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class OperationSignature:
    """Name as on the diagram (`register.insert_permit`), required and optional parameters, keys it adds to the data."""

    name: str
    required: frozenset[str]
    optional: frozenset[str]
    returns: tuple[str, ...]
    summary: str


OperationCatalogue = Mapping[str, OperationSignature]
