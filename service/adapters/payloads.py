"""Takes values out of a message's payload; what does not fit will never fit, so it is never tried again (R10.2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from service.domain.channels import NotDelivered, Trouble


def required(payload: Mapping[str, Any], name: str, among: Collection[str] = ()) -> str:
    """A text that must be there, and be one of `among` if given. Raises NotDelivered for good."""
    value = optional(payload, name)
    if not value or (among and value not in among):
        raise bad(name)
    return value


def optional(payload: Mapping[str, Any], name: str) -> str:
    """A text, "" where absent. Raises NotDelivered for good when it is something else."""
    value = payload.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise bad(name)
    return value


def texts(payload: Mapping[str, Any], name: str) -> list[str]:
    """A list of texts, empty where absent. Raises NotDelivered for good when it is something else."""
    value = payload.get(name) or []
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise bad(name)
    return value


def instant(payload: Mapping[str, Any], name: str) -> str:
    """An instant with its offset, ISO 8601, that must be there. Raises NotDelivered for good."""
    value = required(payload, name)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise bad(name) from None
    if moment.tzinfo is None:
        raise bad(name)
    return moment.isoformat()


def bad(name: str) -> NotDelivered:
    """The error that names what does not fit."""
    return NotDelivered(Trouble.BAD_MESSAGE, name, temporary=False)
