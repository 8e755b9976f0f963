"""`ruqsat clean`."""

from __future__ import annotations

import click

from service.bootstrap import require_own_files
from service.cli.common import program, told
from service.cli.proof_text import PROVING
from service.cli.speech import spoken
from service.cli.terms_text import text
from service.usecases.people import ADMINISTRATOR
from service.usecases.retention import remove_unused_files, unused_files


@click.command()
@click.option("--decision", default="", help="Number and date of the paper by which the removal was decided.")
@spoken
def clean(decision: str, lang: str) -> None:
    """List the stored files that nothing refers to any more; with --decision remove them and record it.

    Files of the last day are passed over: they may belong to a step that is not saved yet.
    """
    with told(lang):
        ours = program()
        require_own_files(ours)
        if not decision.strip():
            count = 0
            for sha256 in unused_files(ours):
                count += 1
                click.echo(sha256)
            click.echo(text(PROVING, "kept", lang, n=count))
            return
        removed = remove_unused_files(ours, ADMINISTRATOR, decision)
    click.echo(text(PROVING, "removed", lang, n=len(removed)))
