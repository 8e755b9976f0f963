"""`ruqsat verify` and `ruqsat audit`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from service.cli.common import program, told
from service.domain.deadlines import local
from service.usecases.audit import audit as audit_cases
from service.usecases.verify_document import Checked, verify_file


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def verify(file: Path, as_json: bool) -> int:
    """Is this PDF ours, who signed it and when, and is the permit in force? Exit 1 when it is not ours or altered."""
    with told():
        checked = verify_file(program(), file.read_bytes())
    facts = _facts(checked)
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else "\n".join(f"{k}: {v}" for k, v in facts.items()))
    return 0 if checked.genuine and checked.judgement is not None and checked.judgement.valid else 1


def _facts(checked: Checked) -> dict[str, object]:
    facts: dict[str, object] = {"ours": checked.genuine, "altered": checked.altered}
    if checked.unreadable:
        return facts | {"unreadable": checked.unreadable, "signature": "none"}
    if checked.document is not None:
        facts |= {"kind": checked.document.kind, "number": checked.document.number, "case": checked.case_number}
    if checked.judgement is not None:
        signer, signed_at = checked.judgement.signer, checked.judgement.signed_at
        facts["signature"] = checked.judgement.verdict.value
        facts["reasons"] = [reason.value for reason in checked.judgement.reasons]
        facts["signed_by"] = signer.full_name if signer else ""
        facts["certificate"] = signer.serial if signer else ""
        facts["signed_at"] = local(signed_at).isoformat() if signed_at else ""
    else:
        facts["signature"] = "none"
    if checked.evidence is not None:
        facts["test_signature"] = checked.evidence.test
    if checked.entry is not None and checked.status is not None:
        facts |= {"status": checked.status.value, "valid_until": checked.entry.valid_until.isoformat()}
    return facts


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
