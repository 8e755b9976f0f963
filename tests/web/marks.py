"""The marks by which tabs are told apart, as a page carries them."""

from __future__ import annotations

import json
import re
from html import unescape

from werkzeug.test import TestResponse


def stood(page: TestResponse) -> str:
    """The marks that a page carries of what its fields said."""
    found = re.search(r'name="stood" value="([^"]*)"', page.text)
    assert found is not None
    return unescape(found[1])


def in_turn(stood: str, turn: int) -> str:
    """The marks of a page that counts what it sends."""
    return json.dumps({**json.loads(stood), "turn": turn})
