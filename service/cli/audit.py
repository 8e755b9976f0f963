"""`ruqsat audit`."""

from __future__ import annotations

import click

from service.cli.common import program, told
from service.usecases.audit import audit as audit_cases


@click.command()
def audit() -> int:
    """Compare engine, tasks, deadlines, documents, register and stored files of every case. Exit 1 if two disagree."""
    found = 0
    with told():
        for disagreement in audit_cases(program()):
            found += 1
            click.echo(f"{disagreement.case_number}: {disagreement.what}: {disagreement.detail}")
    click.echo(f"{found} disagreements" if found else "everything agrees")
    return 1 if found else 0
