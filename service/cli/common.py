"""What the commands share: the program, and errors as one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from service.bootstrap import build
from service.domain.errors import RuqsatError
from service.program import Program
from service.settings import SettingsError, of_commands


@contextmanager
def told() -> Iterator[None]:
    """Named errors become one clear line and exit 2."""
    try:
        yield
    except (RuqsatError, SettingsError, OSError) as wrong:
        raise click.UsageError(str(wrong)) from wrong


def program(**overrides: Any) -> Program:
    """The program with these settings."""
    with told():
        return build(of_commands(**overrides))
