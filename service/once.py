"""Makes a secret file of this machine once: whole or not at all, and readable by the program's own user alone."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def make_once(path: Path, content: bytes) -> None:
    """Write a file unless it is there; of several processes the first one's content stays.

    Where there is no room nothing is left of it, neither under its name nor beside it.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    mine = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # A link appears whole or not at all, and never over the file that another process made meanwhile.
        with suppress(FileExistsError):
            path.hardlink_to(mine)
    finally:
        mine.unlink()
