"""Checks the package of a case from its own bytes: without server and database, with the public key (L69.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import process_time
from typing import Any

from service.domain.canonical import digest
from service.domain.chain import GENESIS
from service.domain.proofs import Verify, read_signed
from service.domain.signatures import Evidence, Requirement, SignatureEngine, Verdict, judge
from service.usecases.case_package import FORMAT, JOURNAL, MANIFEST
from service.usecases.packed_files import Fault, PackedFiles, packed_files

MOST_SIGNERS = 4
EARLIEST, LATEST = 2000, 2999
"""The years in which a package can have been made: with others no dates can be compared."""

LARGEST_EVIDENCE = 32 * 1024**2
"""Certificates and answers of the authority that are larger together belong to no case."""

MOST_SECONDS = 15.0
"""Of the processor, which a package may take: one of ours with a hundred signatures takes two."""

EngineFor = Callable[[Sequence[bytes], datetime], SignatureEngine]
"""Makes an engine that asks nobody, from the certificates of a package and the instant by which it judges."""


@dataclass(frozen=True)
class SignerFound:
    """One signature of the package: over which file, by whom, and whether it holds."""

    path: str
    name: str
    verdict: str
    reasons: tuple[str, ...]


@dataclass
class PackageChecked:
    """What the check of a package has found; `faults` is empty when everything agrees."""

    case: str = ""
    as_of: str = ""
    key_id: str = ""
    files: int = 0
    journal_length: int = 0
    signatures: list[SignerFound] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def genuine(self) -> bool:
        """Whether the package is whole and ours, and each signature comes to the verdict that was recorded."""
        return not self.faults

    @property
    def signatures_hold(self) -> bool:
        """Whether every signature in it is valid: one that was refused, or waits for its check, is kept as such."""
        return all(each.verdict == Verdict.VALID for each in self.signatures)


def verify_package(packed: bytes | Path, verify: Verify, engine_for: EngineFor) -> PackageChecked:
    """Check a package: the list and its signature, every file's hash, the journal's chain, every signature.

    Each signature is computed anew over the file that it signs, with the certificates and the authority's answers that
    lie beside it, and the verdict compared with the one that was recorded. Whose signature the step had asked for (IIN,
    BIN, office) is not judged again. `engine_for` makes an engine that asks nobody; it is handed the certificates of
    the package, for one who has no list of trusted roots. Whatever the bytes are, the answer is what is wrong in them.
    """
    with packed_files(packed) as contents:
        found = _checked(contents, verify, engine_for)
    found.faults[:0] = contents.faults
    return found


def _checked(contents: PackedFiles, verify: Verify, engine_for: EngineFor) -> PackageChecked:
    found = PackageChecked()
    until = process_time() + MOST_SECONDS
    told = read_signed(contents.told(MANIFEST))
    if told is None or told.content.get("format") != FORMAT:
        found.faults.append(Fault(MANIFEST, "no_manifest"))
        return found
    found.key_id, found.files = told.key_id, len(contents)
    if not verify(told):
        found.faults.append(Fault(MANIFEST, "signature"))
    try:
        listed = _Listed.of(told.content)
    except (AttributeError, KeyError, TypeError, ValueError):
        found.faults.append(Fault(MANIFEST, "not_readable"))
        return found
    found.case, found.as_of = listed.case, listed.as_of.isoformat(timespec="microseconds")
    found.faults += _against_list(listed, contents)
    for path, end in listed.journals.items():
        if _is_over(until, found):
            return found
        lines = _list(contents.told(path))
        found.faults += _against_journal(lines, end, path)
        if path == JOURNAL:
            found.journal_length = len(lines)
    _check_signatures(contents, engine_for, listed.as_of, found, until)
    return found


def _is_over(until: float, found: PackageChecked) -> bool:
    """Whether the package has taken more of the processor than any of ours; what is left of it is not looked at."""
    if process_time() <= until:
        return False
    found.faults.append(Fault("", "too_laborious"))
    return True


@dataclass(frozen=True)
class _Listed:
    """What the list says: the case, its moment, the hash of each file, and the end of each journal by its file."""

    case: str
    as_of: datetime
    files: Mapping[str, str]
    journals: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> _Listed:
        """Read the list; `KeyError`, `TypeError`, `ValueError` or `AttributeError` for one that we would not write."""
        as_of = datetime.fromisoformat(content["as_of"])
        if as_of.tzinfo is None or not EARLIEST <= as_of.year <= LATEST:
            raise ValueError(content["as_of"])
        ends = {JOURNAL: content["journal"]}
        ends |= {f"{case['folder']}{JOURNAL}": case["journal"] for case in content.get("enclosed", ())}
        return cls(
            str(content["case"]),
            as_of,
            {str(file["path"]): str(file["sha256"]) for file in content["files"]},
            {path: {"length": end["length"], "hash": end["hash"]} for path, end in ends.items()},
        )


def _against_list(listed: _Listed, contents: PackedFiles) -> Iterator[Fault]:
    for path, sha256 in listed.files.items():
        if path not in contents:
            yield Fault(path, "missing")
        elif contents.sha256(path) != sha256:
            yield Fault(path, "changed")
    for path in contents.keys() - listed.files.keys() - {MANIFEST}:
        yield Fault(path, "not_listed")


def _against_journal(lines: Sequence[Any], end: Mapping[str, Any], path: str) -> Iterator[Fault]:
    """The chain computed again from its first line; it must end where the signed list says."""
    previous = GENESIS
    for number, line in enumerate(lines, 1):
        if not isinstance(line, dict) or not _hangs_on(line, number, previous):
            yield Fault(path, f"line {number}")
            return
        previous = line["hash"]
    if (len(lines), previous) != (end["length"], end["hash"] or GENESIS):
        yield Fault(path, "length")


def _hangs_on(line: Mapping[str, Any], number: int, previous: str) -> bool:
    said = {name: value for name, value in line.items() if name != "hash"}
    # A line that the reader may not see bears its hash alone; what it hangs on can be seen all the same.
    hidden = said.keys() == {"sequence", "previous"} and isinstance(line.get("hash"), str)
    try:
        own = line["hash"] if hidden else digest(said)
    except (RecursionError, ValueError):  # nothing that we write: a number that is none, or too deep to be written
        return False
    return bool((line.get("sequence"), line.get("previous"), line.get("hash")) == (number, previous, own))


def _check_signatures(
    contents: PackedFiles, engine_for: EngineFor, as_of: datetime, found: PackageChecked, until: float
) -> None:
    paths = sorted(path for path in contents if path.endswith("/signature.json"))
    if not paths:
        return
    beside = [path for path in contents if "/certificates/" in path or path.rpartition("ocsp/")[1]]
    try:
        if contents.size(beside) > LARGEST_EVIDENCE:
            raise ValueError("certificates")
        engine = engine_for([contents[path] for path in beside if "/certificates/" in path], as_of)
    except (TypeError, ValueError):
        found.faults.append(Fault("", "certificates"))
        return
    answers: dict[str, list[bytes]] = {}
    for path in beside:
        folder, separator, _name = path.rpartition("ocsp/")
        if separator:
            answers.setdefault(folder, []).append(contents[path])
    by_hash = {contents.sha256(path): path for path in contents}
    for path in paths:
        if _is_over(until, found):
            return
        told = contents.told(path)
        signed = by_hash.get(str(told.get("content_sha256"))) if isinstance(told, dict) else None
        if signed is None:
            found.faults.append(Fault(path, "nothing_signed" if isinstance(told, dict) else "not_readable"))
            continue
        folder = path.removesuffix("signature.json")
        cms = contents.get(f"{folder}signature.p7s", b"")
        evidence = _evidence(engine, contents[signed], cms, answers.get(folder, ()))
        judgement = judge(evidence, Requirement(timestamp=False), now=as_of)
        reasons = tuple(reason.value for reason in judgement.reasons)
        name = judgement.signer.full_name if judgement.signer else ""
        found.signatures.append(SignerFound(signed, name, judgement.verdict.value, reasons))
        if judgement.verdict.value != told.get("verdict"):
            found.faults.append(Fault(signed, f"signature: {', '.join(reasons)}" if reasons else "verdict"))


def _evidence(engine: SignatureEngine, content: bytes, cms: bytes, answers: Sequence[bytes]) -> Evidence:
    if not content.startswith(b"%PDF-"):
        return engine.verify_cms(cms, content, ocsp=answers)
    # Minutes bear two signatures; of each paper the last is looked at, which covers those before it.
    first = engine.verify_pdf(content, ocsp=answers)
    if not first.cms:
        return first  # nothing was found in it, however often it is read
    tried = (engine.verify_pdf(content, ocsp=answers, signatures=count) for count in range(2, MOST_SIGNERS + 1))
    return next((evidence for evidence in (first, *tried) if evidence.signer_count == 1), first)


def _list(told: object) -> list[Any]:
    return told if isinstance(told, list) else []
