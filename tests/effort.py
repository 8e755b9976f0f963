"""How hard the tests try: where a test may try any number of examples, it tries a part of them unless asked for all."""

from __future__ import annotations

import os

THOROUGH = os.environ.get("RUQSAT_TEST_THOROUGHLY", "") not in ("", "0")
"""Every example is tried, which takes minutes longer."""


def examples(all_of_them: int) -> int:
    """How many examples to try: all of them, or every third."""
    return all_of_them if THOROUGH else all_of_them // 3
