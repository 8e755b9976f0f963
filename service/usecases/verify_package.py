"""Checks the package of a case from its own bytes: without server and database, with the public key (L69.1)."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service.domain.canonical import digest
from service.domain.chain import GENESIS
from service.domain.proofs import Signed, Verify, read_signed
from service.domain.signatures import Evidence, Requirement, SignatureEngine, judge
from service.usecases.case_package import FORMAT, JOURNAL, MANIFEST

LARGEST = 4 * 1024**3
"""A package that says it holds more is not unpacked: a case has at most some hundreds of files of 20 MB."""

MOST_SIGNERS = 4


EngineFor = Callable[[Sequence[bytes], datetime], SignatureEngine]
"""Makes an engine that asks nobody, from the certificates of a package and the instant by which it judges."""


@dataclass(frozen=True)
class Fault:
    """What does not agree in a package: the file, and what is wrong with it."""

    path: str
    what: str


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
        """Whether the package is whole and ours, and every signature in it holds."""
        return not self.faults


def verify_package(packed: bytes, verify: Verify, engine_for: EngineFor) -> PackageChecked:
    """Check a package: the list and its signature, every file's hash, the journal's chain, every signature.

    `engine_for` makes an engine that looks at signatures without asking anybody; it is handed the certificates of the
    package, for one who has no list of trusted roots.
    """
    found = PackageChecked()
    contents = _unpacked(packed, found)
    told = read_signed(_json(contents.get(MANIFEST, b"")))
    if told is None or told.content.get("format") != FORMAT:
        found.faults.append(Fault(MANIFEST, "no_manifest"))
        return found
    found.case, found.as_of, found.key_id = str(told.content["case"]), str(told.content["as_of"]), told.key_id
    if not verify(told):
        found.faults.append(Fault(MANIFEST, "signature"))
    found.faults += _against_list(told, contents)
    found.files = len(contents)
    found.journal_length = _check_journal(told.content["journal"], JOURNAL, contents, found)
    for case in told.content.get("enclosed", ()):
        _check_journal(case["journal"], f"{case['folder']}{JOURNAL}", contents, found)
    _check_signatures(contents, engine_for, found)
    return found


def _unpacked(packed: bytes, found: PackageChecked) -> dict[str, bytes]:
    contents: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > LARGEST:
                found.faults.append(Fault("", "too_large"))
                return {}
            for entry in entries:
                if entry.filename in contents:
                    found.faults.append(Fault(entry.filename, "twice"))
                contents[entry.filename] = _read(archive, entry, found)
    except zipfile.BadZipFile:
        found.faults.append(Fault("", "no_package"))
    return contents


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, found: PackageChecked) -> bytes:
    if entry.compress_type != zipfile.ZIP_STORED:
        found.faults.append(Fault(entry.filename, "not_as_packed"))
        return b""
    try:
        return archive.read(entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return b""  # its hash tells that it is not what it was


def _against_list(told: Signed, contents: Mapping[str, bytes]) -> Iterator[Fault]:
    listed = {str(file["path"]): file for file in told.content["files"]}
    for path, file in listed.items():
        if path not in contents:
            yield Fault(path, "missing")
        elif hashlib.sha256(contents[path]).hexdigest() != file["sha256"]:
            yield Fault(path, "changed")
    for path in contents.keys() - listed.keys() - {MANIFEST}:
        yield Fault(path, "not_listed")


def _check_journal(end: Mapping[str, Any], path: str, contents: Mapping[str, bytes], found: PackageChecked) -> int:
    """The chain computed again from its first line; it must end where the signed list says."""
    lines, previous = _json(contents.get(path, b"")) or [], GENESIS
    for number, line in enumerate(lines, 1):
        # A line that the reader may not see bears its hash alone; what it hangs on can be seen all the same.
        said = {name: value for name, value in line.items() if name != "hash"}
        own = digest(said) if said.keys() - {"sequence", "previous"} else line.get("hash")
        if (line.get("sequence"), line.get("previous"), line.get("hash")) != (number, previous, own):
            found.faults.append(Fault(path, f"line {number}"))
            return len(lines)
        previous = line["hash"]
    if (len(lines), previous) != (end["length"], end["hash"] or GENESIS):
        found.faults.append(Fault(path, "length"))
    return len(lines)


def _check_signatures(contents: Mapping[str, bytes], engine_for: EngineFor, found: PackageChecked) -> None:
    by_hash = {hashlib.sha256(content).hexdigest(): path for path, content in contents.items()}
    enclosed = [content for path, content in contents.items() if "/certificates/" in path]
    engine = engine_for(enclosed, datetime.fromisoformat(found.as_of))
    for path in sorted(path for path in contents if path.endswith("/signature.json")):
        told = _json(contents[path]) or {}
        signed = by_hash.get(str(told.get("content_sha256")))
        if signed is None:
            found.faults.append(Fault(path, "nothing_signed"))
            continue
        folder = path.removesuffix("signature.json")
        answers = [content for name, content in contents.items() if name.startswith(f"{folder}ocsp/")]
        evidence = _evidence(engine, contents[signed], contents.get(f"{folder}signature.p7s", b""), answers)
        judgement = judge(evidence, Requirement(timestamp=False), now=datetime.fromisoformat(found.as_of))
        reasons = tuple(reason.value for reason in judgement.reasons)
        name = judgement.signer.full_name if judgement.signer else ""
        found.signatures.append(SignerFound(signed, name, judgement.verdict.value, reasons))
        if judgement.verdict.value != told.get("verdict"):
            found.faults.append(Fault(signed, f"signature: {', '.join(reasons)}"))


def _evidence(engine: SignatureEngine, content: bytes, cms: bytes, answers: Sequence[bytes]) -> Evidence:
    if not content.startswith(b"%PDF-"):
        return engine.verify_cms(cms, content, ocsp=answers)
    # Minutes bear two signatures; of each paper the last is looked at, which covers those before it.
    tried = (engine.verify_pdf(content, ocsp=answers, signatures=count) for count in range(1, MOST_SIGNERS + 1))
    return next((evidence for evidence in tried if evidence.signer_count == 1), engine.verify_pdf(content))


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None
