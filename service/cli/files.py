"""A file that a command is given: one on the disk, and no larger than anything of its kind."""

from __future__ import annotations

import os
from pathlib import Path

import click

from service.cli.speech import asked
from service.cli.terms_text import text
from service.cli.usage import USAGE
from service.domain.files import MAX_FILE_BYTES

MEGABYTE = 1024 * 1024


class DiskFile(click.Path):
    """A file that ends: no folder, and no device or pipe, of which a command would read for ever.

    With `most` it may have so many bytes; without, the command itself reads no more of it than it needs.
    """

    def __init__(self, most: int | None = MAX_FILE_BYTES) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)
        self.most = most

    def convert(self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path; a usage error in one line for what is no such file."""
        file = Path(os.fsdecode(super().convert(value, param, ctx)))
        if not file.is_file():
            raise click.UsageError(text(USAGE, "no_file", asked(), file=file))
        if self.most is not None and file.stat().st_size > self.most:
            raise click.UsageError(text(USAGE, "too_large", asked(), file=file, size=self.most // MEGABYTE))
        return file
