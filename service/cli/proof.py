"""`ruqsat verify`: papers, packages of cases and proofs of terms."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import click

from service.bootstrap import Offline, offline
from service.cli.common import program, told
from service.domain.deadlines import local
from service.domain.proofs import Signed, read_signed
from service.program import Program
from service.settings import of_commands
from service.usecases.case_package import package_of
from service.usecases.terms_proof import terms_proof, terms_proof_paper
from service.usecases.verify_document import Checked, verify_file
from service.usecases.verify_package import verify_package
from service.usecases.verify_terms import is_terms_proof, verify_terms

LONGEST_PROOF = 20 * 1024 * 1024


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The published public key (PEM); a package or a proof needs no server and no database then.",
)
def verify(file: Path, as_json: bool, key: Path | None) -> int:
    """Is this paper, package or proof ours and unaltered, and who signed it? Exit 1 when it is not.

    A PDF is looked up in the database. The package of a case (ZIP) and the proof of terms (JSON) are checked by
    themselves, with the system's public key.
    """
    with told():
        proof = read_proof(file)
        if proof is None and not zipfile.is_zipfile(file):
            checked = verify_file(program(), file.read_bytes())
            facts = _facts(checked)
            holds = checked.genuine and checked.judgement is not None and checked.judgement.valid
        else:
            ours = offline(of_commands(), key.read_bytes() if key else None)
            facts, holds = _package(file, ours) if proof is None else _terms(proof, ours)
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else "\n".join(_lines(facts)))
    return 0 if holds else 1


def _lines(facts: dict[str, object]) -> list[str]:
    lines = []
    for name, value in facts.items():
        many = value if isinstance(value, list) else [value]
        lines += [f"{name}: {each}" for each in many] or [f"{name}: none"]
    return lines


def _package(file: Path, ours: Offline) -> tuple[dict[str, object], bool]:
    found = verify_package(file.read_bytes(), ours.keys.verify, ours.engine_for)
    facts: dict[str, object] = {
        "ours": found.genuine,
        "case": found.case,
        "as_of": found.as_of,
        "files": found.files,
        "journal_lines": found.journal_length,
        "key": _key(found.key_id, ours),
        "roots": "known" if ours.knows_roots else "of the package itself: compare them",
        "signatures": [f"{each.path}: {each.name}, {each.verdict}" for each in found.signatures],
        "faults": [f"{fault.path}: {fault.what}" for fault in found.faults],
    }
    return facts, found.genuine


def read_proof(file: Path) -> Signed | None:
    """The signed content of a JSON file; None for any other file."""
    if file.stat().st_size > LONGEST_PROOF:
        return None
    try:
        return read_signed(json.loads(file.read_bytes()))
    except ValueError:
        return None


def _terms(told: Signed, ours: Offline) -> tuple[dict[str, object], bool]:
    if not is_terms_proof(told):
        raise click.UsageError("this is no proof of terms")
    found = verify_terms(told, ours.keys.verify)
    facts: dict[str, object] = {
        "ours": not found.faults,
        "case": found.case,
        "terms": found.terms,
        "journal_lines": found.journal_length,
        "key": _key(found.key_id, ours),
        "faults": list(found.faults),
    }
    return facts, not found.faults


def _key(key_id: str, ours: Offline) -> str:
    return key_id if len(ours.keys) else f"{key_id}, of the file itself: compare it with the published one"


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


def _packed(ours: Program, case_id: int) -> bytes:
    return package_of(ours, case_id).content


PROOFS: Mapping[str, Callable[[Program, int], bytes]] = {
    ".json": terms_proof,
    ".pdf": terms_proof_paper,
    ".zip": _packed,
}
"""What proves a case, by the ending of the file."""


@click.command()
@click.argument("number")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def prove(number: str, file: Path) -> None:
    """Write what proves a case: FILE.zip, its whole package; FILE.json, its terms, signed; FILE.pdf, its terms to read.

    Each but the PDF can be checked without us: `ruqsat verify FILE`.
    """
    if file.suffix not in PROOFS:
        raise click.UsageError("FILE must end with .zip, .json or .pdf")
    with told():
        ours = program()
        case_id = ours.queries.case_by_number(number.upper())
        if case_id is None:
            raise click.UsageError(f"there is no case {number}")
        file.write_bytes(PROOFS[file.suffix](ours, case_id))
    click.echo(f"{file}: {file.stat().st_size} bytes")
