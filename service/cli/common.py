"""What the commands share: the program, and errors as one line."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from service.bootstrap import Program, build
from service.domain.errors import RuqsatError
from service.settings import Settings, SettingsError, from_environment


@contextmanager
def told() -> Iterator[None]:
    """Named errors become one clear line and exit 2."""
    try:
        yield
    except (RuqsatError, SettingsError, OSError) as wrong:
        raise click.UsageError(str(wrong)) from wrong


def settings(**overrides: Any) -> Settings:
    """The settings of the environment; those of the demo where it is asked for, or where there is nothing else."""
    found = from_environment(**overrides)
    only_demo = "RUQSAT_ENV" not in os.environ and not found.database_url and found.has_demo
    return found.as_demo() if found.demo or only_demo else found


def program(**overrides: Any) -> Program:
    """The program with these settings."""
    with told():
        return build(settings(**overrides))
