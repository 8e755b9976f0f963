"""`ruqsat audit`."""

from __future__ import annotations

import click

from service.cli.common import program, told
from service.usecases.audit import audit as audit_cases


@click.command()
@click.option("--without-files", is_flag=True, help="Do not read the stored files: much faster where they are many.")
def audit(without_files: bool) -> int:
    """Recompute the journal's chains and seals, compare them with all that is stored; name what does not agree.

    The first line names the first place that does not agree; exit 1 then. It only reads, also beside a running program.
    """
    found = 0
    with told():
        for disagreement in audit_cases(program(), files=not without_files):
            found += 1
            click.echo(f"{disagreement.case_number or 'office'}: {disagreement.what}: {disagreement.detail}")
    click.echo(f"{found} disagreements" if found else "everything agrees")
    return 1 if found else 0
