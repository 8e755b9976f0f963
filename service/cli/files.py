"""A file that a command is given: one on the disk, and no larger than anything of its kind."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO, Any

import click

from service.cli.speech import asked
from service.cli.terms_text import text
from service.cli.usage import USAGE
from service.domain.files import MAX_FILE_BYTES

MEGABYTE = 1024 * 1024


def require_disk_file(file: Path) -> None:
    """Refuse a device, a pipe and a folder in one line."""
    if not file.is_file():
        raise click.UsageError(text(USAGE, "no_file", asked(), file=file))


class Batch(click.File):
    """Lines of a file on the disk, or of the standard input."""

    def __init__(self) -> None:
        super().__init__("rb")

    def convert(
        self, value: str | os.PathLike[str] | IO[Any], param: click.Parameter | None, ctx: click.Context | None
    ) -> IO[Any]:
        """The open file; a usage error in one line for what is no such file."""
        if isinstance(value, str) and value != "-" and Path(value).exists():
            require_disk_file(Path(value))
        return super().convert(value, param, ctx)


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
        require_disk_file(file)
        if self.most is not None and file.stat().st_size > self.most:
            raise click.UsageError(text(USAGE, "too_large", asked(), file=file, size=self.most // MEGABYTE))
        return file
