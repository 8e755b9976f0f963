"""Addresses of pages, compiled once for all tests of a worker: that is the dearest part of making an application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


@pytest.fixture(scope="session", autouse=True)
def compiled_routes() -> Iterator[None]:
    """Every application that a test makes builds its addresses by the same functions, which know nothing of it."""
    compiled, known = Rule._compile_builder, dict[Any, Builder]()

    def remembered(rule: Rule, append_unknown: bool = True) -> Builder:
        if rule.defaults:
            return compiled(rule, append_unknown)
        key = (tuple(rule._trace), append_unknown)
        if key not in known:
            known[key] = compiled(rule, append_unknown)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", remembered)
        yield
