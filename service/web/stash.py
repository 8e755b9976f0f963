"""A place for small things that must survive a redirect: texts typed before a session ended, sessions signed out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Stash(Protocol):
    """Bytes under a key until an instant; after it they are gone."""

    def put(self, key: str, value: bytes, until: datetime) -> None:
        """Keep the bytes until then; the same key again replaces them."""
        ...

    def get(self, key: str, now: datetime) -> bytes | None:
        """The bytes, or None when there are none or their time has passed."""
        ...

    def remove(self, key: str) -> None:
        """Forget the key; nothing happens when it is not known."""
        ...


class WallClock:
    """The time on the wall: sessions end by it, so that moving the demo's clock signs nobody out."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)
