"""What the commands share: the program, and errors as one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from service.bootstrap import build
from service.cli.speech import asked, sentence
from service.domain.deadlines import ZoneDataError
from service.domain.errors import RuqsatError
from service.program import Program
from service.settings import of_commands


@contextmanager
def told(lang: str = "") -> Iterator[None]:
    """Named errors become one clear sentence and exit 2, in this language, else in that of the command."""
    try:
        yield
    except BrokenPipeError:
        # Whoever reads the output has seen enough; click ends the command quietly.
        raise
    except (RuqsatError, ZoneDataError, OSError) as wrong:
        raise click.UsageError(sentence(wrong, lang or asked())) from wrong


def program(**overrides: Any) -> Program:
    """The program with these settings."""
    with told():
        return build(of_commands(**overrides))
