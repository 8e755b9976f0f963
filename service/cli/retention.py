"""`ruqsat clean`."""

from __future__ import annotations

import click

from service.cli.common import program, told
from service.usecases.people import ADMINISTRATOR
from service.usecases.retention import remove_unused_files, unused_files


@click.command()
@click.option("--decision", default="", help="Number and date of the paper by which the removal was decided.")
def clean(decision: str) -> None:
    """List the stored files that nothing refers to any more; with --decision remove them and record it."""
    with told():
        ours = program()
        if not decision.strip():
            count = 0
            for sha256 in unused_files(ours):
                count += 1
                click.echo(sha256)
            click.echo(f"{count} files; nothing was removed: that takes a decision (--decision)")
            return
        removed = remove_unused_files(ours, ADMINISTRATOR, decision)
    click.echo(f"{len(removed)} files removed, recorded in the journal of the office")
