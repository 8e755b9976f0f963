"""Reads TOML that somebody has written by hand, as `tomllib` does, but for keys that would keep it busy without end."""

from __future__ import annotations

import re
import tomllib
from typing import Any

MOST_PARTS = 50
"""Parts of one dotted key; ours have two. The library's work grows with their square."""
_LONG_KEY = re.compile(rf"""(?<![\w-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){{{MOST_PARTS}}}""")


def read_toml(content: bytes) -> dict[str, Any]:
    """What a file says; ValueError or RecursionError for one that cannot be read."""
    text = content.decode()
    if long := _LONG_KEY.search(text):
        line = text.count("\n", 0, long.start()) + 1
        raise ValueError(f"Key of more than {MOST_PARTS} parts (at line {line})")
    return tomllib.loads(text)
