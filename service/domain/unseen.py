"""Characters that nobody sees: a text of nothing else is empty, and with one among them two names look alike."""

from __future__ import annotations

import re

UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Marks that turn the direction of writing, blanks that take no room, and letters without a shape."""
