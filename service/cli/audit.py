"""`ruqsat audit`."""

from __future__ import annotations

from datetime import datetime

import click

from service.cli.audit_hands import hands, processors
from service.cli.audit_text import AUDIT, AUDIT_FOUND
from service.cli.common import program, told
from service.cli.speech import spoken
from service.cli.terms_text import text
from service.domain.audited import Disagreement
from service.usecases.audit import audit as audit_cases


@click.command()
@click.option("--without-files", is_flag=True, help="Do not read the stored files: much faster where they are many.")
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=processors,
    help="How many processes look through many cases; else one for each processor, four at most.",
)
@spoken
def audit(without_files: bool, processes: int, lang: str) -> int:
    """Recompute the journal's chains and seals, compare them with all that is stored; name what does not agree.

    The first line names the first place that does not agree; exit 1 then. It only reads, also beside a running program.
    """
    found = 0
    with told(lang):
        ours = program()
        for disagreement in audit_cases(ours, files=not without_files, hands=hands(ours.settings, processes)):
            found += 1
            click.echo(_line(disagreement, lang))
    click.echo(text(AUDIT, "found", lang, n=found) if found else text(AUDIT, "agrees", lang))
    return 1 if found else 0


def _line(found: Disagreement, lang: str) -> str:
    """Where it disagrees, in what and how; rows and values are named as they are stored."""
    number = found.case_number
    where = text(AUDIT, "of_case", lang, number=number) if number else text(AUDIT, "of_office", lang)
    what = text(AUDIT, found.what, lang) if found.what in AUDIT else found.what
    data = {name: _value(value) for name, value in found.data.items()}
    return f"{where}: {what}: {text(AUDIT_FOUND, found.code, lang, **data)}"


def _value(value: object) -> str:
    """A value as it is stored; of several each, and a dash for none."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "-"
    return "-" if value is None else str(value)
