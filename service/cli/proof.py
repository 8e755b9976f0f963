"""`ruqsat verify`: papers, packages of cases and proofs of terms."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from service.bootstrap import Offline, offline
from service.cli.common import program, told
from service.cli.files import DiskFile
from service.cli.proof_text import HEADS, LABELS, PROVING, fault, lines, page_words, printable, reasons, verdict
from service.cli.speech import spoken
from service.cli.terms_text import text
from service.domain.deadlines import local
from service.domain.files import MAX_FILE_BYTES
from service.domain.json_files import read_unambiguous
from service.domain.proofs import Signed, read_signed
from service.domain.worktime import offset_name
from service.program import Program
from service.settings import of_commands
from service.usecases.case_package import fetch_package
from service.usecases.people import ADMINISTRATOR
from service.usecases.record_reading import record_taken
from service.usecases.terms_paper import terms_proof_paper
from service.usecases.terms_proof import terms_proof
from service.usecases.verify_document import Checked, verify_file
from service.usecases.verify_package import SignerFound, verify_package
from service.usecases.verify_terms import is_terms_proof, verify_terms
from service.web.document_names import document_name
from service.web.permit_states import status_name
from service.web.term_names import term_words

LONGEST_PROOF = 20 * 1024 * 1024


@dataclass(frozen=True)
class Answer:
    """What a check has found: for programs `facts`, for people a sentence and named facts; `holds` gives the exit."""

    holds: bool
    facts: dict[str, object]
    head: str
    rows: dict[str, object]


@click.command()
@click.argument("file", type=DiskFile(most=None))
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@click.option(
    "--key",
    type=DiskFile(),
    help="The published public key (PEM); a package or a proof needs no server and no database then.",
)
@spoken
def verify(file: Path, as_json: bool, key: Path | None, lang: str) -> int:
    """Is this paper, package or proof ours and unaltered, and who signed it?

    Exit 1 when it is not, and when a signature in it does not hold.

    A PDF is looked up in the database. The package of a case (ZIP) and the proof of terms (JSON) are checked by
    themselves, with the system's public key.
    """
    with told(lang):
        proof = read_proof(file)
        if proof is None and not zipfile.is_zipfile(file):
            with file.open("rb") as paper:  # what is larger is no paper of ours, whatever stands behind
                answer = _paper(verify_file(program(), paper.read(MAX_FILE_BYTES + 1)), lang)
        else:
            ours = offline(of_commands(), key.read_bytes() if key else None)
            answer = _package(file, ours, lang) if proof is None else _terms(proof, ours, lang)
    said = json.dumps(answer.facts, ensure_ascii=False) if as_json else "\n".join(lines(answer.head, answer.rows, lang))
    click.echo(printable(said))
    return 0 if answer.holds else 1


def _package(file: Path, ours: Offline, lang: str) -> Answer:
    found = verify_package(file, ours.keys.verify, ours.engine_for)
    facts: dict[str, object] = {
        "ours": found.genuine,
        "signatures_hold": found.signatures_hold,
        "case": found.case,
        "as_of": found.as_of,
        "files": found.files,
        "journal_lines": found.journal_length,
        "key": _key(found.key_id, ours),
        "roots": "known" if ours.knows_roots else "of the package itself: compare them",
        "signatures": [f"{each.path}: {each.name}, {each.verdict}" for each in found.signatures],
        "faults": [f"{fault.path}: {fault.what}" for fault in found.faults],
    }
    rows: dict[str, object] = {
        "case": found.case,
        "as_of": _moment(found.as_of),
        "files": found.files,
        "journal": found.journal_length,
        "key": _key(found.key_id, ours, lang),
        "roots": text(LABELS, "known_roots" if ours.knows_roots else "own_roots", lang),
        "signature": [_signature(each, lang) for each in found.signatures],
        "fault": [fault(each.path, each.what, lang) for each in found.faults],
    }
    whole = "package" if found.signatures_hold else "package_refused"
    head = text(HEADS, whole if found.genuine else "package_wrong", lang, n=len(found.faults))
    return Answer(found.genuine and found.signatures_hold, facts, head, rows)


def _signature(found: SignerFound, lang: str) -> str:
    said = f"{found.path}: {found.name}: {verdict(found.verdict, lang)}"
    return f"{said} ({reasons(found.reasons, lang)})" if found.reasons else said


def read_proof(file: Path) -> Signed | None:
    """The signed content of a JSON file; None for any other file."""
    if file.stat().st_size > LONGEST_PROOF:
        return None
    try:
        return read_signed(read_unambiguous(file.read_bytes()))
    except (RecursionError, ValueError):
        return None


def _terms(signed: Signed, ours: Offline, lang: str) -> Answer:
    if not is_terms_proof(signed):
        raise click.UsageError(text(PROVING, "no_proof", lang))
    found = verify_terms(signed, ours.keys.verify)
    facts: dict[str, object] = {
        "ours": not found.faults,
        "case": found.case,
        "terms": found.terms,
        "journal_lines": found.journal_length,
        "key": _key(found.key_id, ours),
        "faults": list(found.faults),
    }
    rows: dict[str, object] = {
        "case": found.case,
        "terms": found.terms,
        "journal": found.journal_length,
        "key": _key(found.key_id, ours, lang),
        "fault": [fault("", each, lang) for each in found.faults],
    }
    head = text(HEADS, "terms_wrong" if found.faults else "terms", lang, n=len(found.faults))
    return Answer(not found.faults, facts, head, rows)


def _key(key_id: str, ours: Offline, lang: str = "en") -> str:
    return key_id if len(ours.keys) else text(LABELS, "own_key", lang, key=key_id)


def _paper(checked: Checked, lang: str) -> Answer:
    facts = _facts(checked)
    holds = checked.genuine and checked.judgement is not None and checked.judgement.valid
    filed = checked.document.kind if checked.document is not None and checked.document.filed else ""
    head = (filed or "genuine") if checked.genuine else "altered" if checked.altered else "foreign"
    return Answer(holds, facts, text(HEADS, checked.unreadable or head, lang), _rows(checked, facts, lang))


def _rows(checked: Checked, facts: dict[str, object], lang: str) -> dict[str, object]:
    if checked.unreadable:
        return {}
    document, signed = checked.document, checked.judgement
    rows: dict[str, object] = {}
    if document is not None:
        rows |= {"document": f"{page_words(document_name(document.kind), lang)} {document.number}"}
        rows |= {"case": checked.case_number}
    rows["signature"] = verdict(signed.verdict, lang) if signed else text(LABELS, "none", lang)
    if signed is not None:
        rows |= {"why": reasons(signed.reasons, lang)}
        rows |= {"signed_by": facts["signed_by"], "certificate": facts["certificate"]}
        rows |= {"signed_at": _moment(str(facts["signed_at"]))}
    if checked.status is not None:
        rows |= {"permit": page_words(status_name(checked.status), lang), "valid_until": facts["valid_until"]}
    if checked.corrected_by is not None:
        fresh, day = checked.corrected_by, local(checked.corrected_by.signed_at).date()
        rows["corrected_by"] = text(LABELS, "corrected", lang, code=fresh.verification_code, day=day.isoformat())
    if checked.test:
        rows["signature"] = [rows["signature"], text(LABELS, "test", lang)]
    return rows


def _facts(checked: Checked) -> dict[str, object]:
    """The same for programs: codes and values."""
    facts: dict[str, object] = {"ours": checked.genuine, "altered": checked.altered}
    if checked.unreadable:
        return facts | {"unreadable": checked.unreadable, "signature": "none"}
    if checked.document is not None:
        facts |= {"kind": checked.document.kind, "number": checked.document.number, "case": checked.case_number}
    if checked.corrected_by is not None:
        facts["corrected_by"] = checked.corrected_by.verification_code
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


def _moment(told: str) -> str:
    """An instant as people read it, with the offset that it had; empty where none is told."""
    if not told:
        return ""
    instant = datetime.fromisoformat(told)
    return f"{local(instant):%Y-%m-%d %H:%M:%S} ({offset_name(instant)})"


def _write(file: Path, made: bytes) -> None:
    """The file, whole or as it was before; what is no file, such as a terminal, takes it as it comes."""
    if file.exists() and not file.is_file():
        file.write_bytes(made)
        return
    mine = file.with_name(f".{file.name}.part")
    try:
        mine.write_bytes(made)
        mine.replace(file)
    finally:
        mine.unlink(missing_ok=True)


def _packed(ours: Program, case_id: int) -> bytes:
    return fetch_package(ours, ADMINISTRATOR, case_id).content


PROOFS: Mapping[str, Callable[[Program, int], bytes]] = {
    ".json": lambda ours, case_id: terms_proof(ours, case_id, term_words()),
    ".pdf": lambda ours, case_id: terms_proof_paper(ours, case_id, term_words()),
    ".zip": _packed,
}
"""What proves a case, by the ending of the file."""


@click.command()
@click.argument("number")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@spoken
def prove(number: str, file: Path, lang: str) -> None:
    """Write what proves a case: FILE.zip, its whole package; FILE.json, its terms, signed; FILE.pdf, its terms to read.

    Each but the PDF can be checked without us: `ruqsat verify FILE`. That it is taken is a line of the case's journal.
    """
    if file.suffix not in PROOFS:
        raise click.UsageError(text(PROVING, "ending", lang))
    with told(lang):
        ours = program()
        case_id = ours.queries.case_by_number(number.upper())
        if case_id is None:
            raise click.UsageError(text(PROVING, "no_case", lang, number=number))
        made = PROOFS[file.suffix](ours, case_id)
        if file.suffix != ".zip":  # who takes the package has written so
            record_taken(ours, ADMINISTRATOR, case_id, f"{number.upper()}-terms{file.suffix}")
        _write(file, made)
    click.echo(text(PROVING, "written", lang, file=file, size=file.stat().st_size))
