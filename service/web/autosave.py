"""What the script that saves a page while it is filled in is told (`assets/_autosave.js`)."""

from __future__ import annotations

from typing import Any

from service.web import formats
from service.web.services import ground


def saved(**more: Any) -> dict[str, Any]:
    """That it is saved, and at which hour of Almaty by the program's clock: the browser's own may say another."""
    return {"saved": True, "at": formats.time(ground().clock.now()), **more}
