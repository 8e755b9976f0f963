"""The administrative case as one package: every paper, signature, notice and the journal, listed and signed (L69.1)."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.domain.canonical import canonical, instant
from service.domain.case import OF_APPLICATION, Attachment, Case
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, SignatureRecord
from service.domain.document_parts import Address, Party
from service.domain.files import clean_file_name
from service.domain.people import Actor
from service.domain.ports import UnitOfWork
from service.domain.proof_documents import CaseIndex, PackedFile, strip_of_the_program
from service.domain.proofs import signed
from service.usecases.case_facts import case_facts, journal_facts, signatures_of
from service.usecases.letters import provider
from service.usecases.of_holder import OfHolder, of_holder
from service.usecases.package_complaints import Enclosed, Reader, complaints_against
from service.usecases.proof_papers import print_proof
from service.usecases.services import Services

FORMAT, VERSION = "ruqsat/package", 1
MANIFEST, INDEX, JOURNAL, CASE, KEY = "manifest.json", "index.pdf", "journal.json", "case.json", "key.pem"

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP can tell: the package's own time stands in its manifest."""


@dataclass(frozen=True)
class CasePackage:
    """A package: the name to download it under, its bytes, and their hash."""

    name: str
    content: bytes
    sha256: str


def build_package(
    services: Services, uow: UnitOfWork, case: Case, enclosed: Sequence[Case] = (), *, reader: Reader = Reader.OFFICE
) -> CasePackage:
    """Everything of a case as a ZIP that can be checked without us: `ruqsat verify PACKAGE` (L69.1, R13.3).

    It holds the application as it was signed and as a paper, every attachment and document, every signature with its
    chain and the authority's answers, the rows of the case and its journal; `manifest.json` lists each file with its
    hash and is signed by the system's key. Of each `enclosed` case, and of the complaints against them all, it holds
    the same in a folder named by its number, as far as its reader may see the complaint (`complaints_against`). The
    same cases give the same bytes; nothing is written. `uow` reads at one moment (`at_one_moment`), so that what the
    rows say and the journal tell of the same acts. The applicant's leaves out what of a complaint is of the holder of
    the permit: its positions, its files and how it was heard (L75.1).
    """
    files = _Files()
    complaints = complaints_against(uow, (case, *enclosed), reader)
    inside = [*enclosed, *(each.case for each in complaints if each.whole)]
    without = of_holder(uow, case) if reader is Reader.APPLICANT else OfHolder()
    head = _put_case(services, uow, case, files, without)
    heads = [_put_case(services, uow, each, files, OfHolder(), _folder(each)) for each in inside]
    parts = [each for each in complaints if not each.whole]
    for part in parts:
        _put_part(services, uow, part, files)
    as_of = max(_as_of(uow, each) for each in (case, *inside, *(part.case for part in parts)))
    files.put(KEY, "key", services.system_key.public_key.encode())
    files.put(INDEX, "index", _index(services, uow, case, files.listed(), as_of, head))
    content = {
        "format": FORMAT,
        "version": VERSION,
        "case": case.number,
        "procedure": case.procedure,
        "as_of": instant(as_of),
        "journal": head,
        "enclosed": [
            {"case": each.number, "folder": _folder(each), "journal": its}
            for each, its in zip(inside, heads, strict=True)
        ],
        "files": [_told(file) for file in files.listed()],
    }
    key = services.system_key
    files.put(MANIFEST, "manifest", signed(content, key.key_id, key.public_key, key.sign))
    packed = files.zipped()
    return CasePackage(f"{case.number}.zip", packed, hashlib.sha256(packed).hexdigest())


def package_of(services: Services, case_id: int, reader: Reader = Reader.OFFICE) -> CasePackage:
    """The package of a case as it stands now; `NotFound`."""
    with services.reading() as uow:
        uow.at_one_moment()
        return build_package(services, uow, uow.get(Case, case_id), reader=reader)


def fetch_package(services: Services, actor: Actor, case_id: int) -> CasePackage:
    """The package for an officer who takes it away; that it was taken is a line of the journal."""
    made = package_of(services, case_id, Reader.of(actor))
    with services.unit_of_work() as uow:
        uow.note(uow.get(Case, case_id), actor, "package_fetched", sha256=made.sha256)
        uow.commit()
    return made


class _Files:
    """The files of a package, in the order in which they are put in."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}
        self._listed: dict[str, PackedFile] = {}

    def put(self, path: str, part: str, content: bytes) -> None:
        self._contents[path] = content
        self._listed[path] = PackedFile(path, part, len(content), hashlib.sha256(content).hexdigest())

    def holds(self, sha256: str, folder: str = "") -> bool:
        return any(file.sha256 == sha256 and file.path.startswith(folder) for file in self._listed.values())

    def listed(self) -> list[PackedFile]:
        return list(self._listed.values())

    def zipped(self) -> bytes:
        """Stored as they are: scans do not get smaller, and no library's packing decides the bytes."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for path, content in self._contents.items():
                entry = zipfile.ZipInfo(path, _EPOCH)
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, content)
        return packed.getvalue()


def _folder(case: Case) -> str:
    return f"{case.number}/"


def _put_case(
    services: Services, uow: UnitOfWork, case: Case, files: _Files, without: OfHolder, folder: str = ""
) -> dict[str, Any]:
    """Everything of one case into its folder; the end of its journal, by which the list is checked."""
    lines = uow.cases.journal(case.id)
    papers = uow.cases.documents(case.id)
    attached = [file for file in uow.cases.attachments(case.id) if file.id not in without.files]
    _put_filed(services, case, attached, papers, files, folder)
    _put_issued(services, [paper for paper in papers if not paper.filed], files, folder)
    _put_signatures(services, signatures_of(uow, case, without), files, folder)
    files.put(f"{folder}{CASE}", "facts", canonical(case_facts(uow, case, without)))
    files.put(f"{folder}{JOURNAL}", "journal", canonical(journal_facts(lines, without)))
    return {"chain": case.id, "length": len(lines), "hash": lines[-1].hash if lines else ""}


def _put_part(services: Services, uow: UnitOfWork, part: Enclosed, files: _Files) -> None:
    """Of a complaint the decision, and what was filed where its reader may see it, each with its signature."""
    case, folder = part.case, _folder(part.case)
    if part.as_filed:
        attached = [file for file in uow.cases.attachments(case.id) if file.purpose == OF_APPLICATION]
        _put_filed(services, case, attached, uow.cases.documents(case.id), files, folder)
    _put_issued(services, part.decision, files, folder)
    shown = [each for each in signatures_of(uow, case, OfHolder()) if files.holds(each[0].content_sha256, folder)]
    _put_signatures(services, shown, files, folder)


def _as_of(uow: UnitOfWork, case: Case) -> datetime:
    lines = uow.cases.journal(case.id)
    return lines[-1].at if lines else case.received_at


def _put_filed(
    services: Services,
    case: Case,
    attached: Sequence[Attachment],
    papers: Sequence[IssuedDocument],
    files: _Files,
    folder: str,
) -> None:
    """What a person has filed: as it was signed, with what was attached, and as a paper."""
    if case.manifest:
        files.put(f"{folder}application/manifest.json", "application", case.manifest)
    for number, file in enumerate(attached, 1):
        name = clean_file_name(file.name)
        files.put(f"{folder}attachments/{number:03}-{name}", "attachment", services.files.read(file.sha256))
    for filed in (paper for paper in papers if paper.filed):
        name = clean_file_name(f"{filed.number}.pdf")
        files.put(f"{folder}application/{name}", "application", services.files.read(filed.sha256))


def _put_issued(services: Services, papers: Sequence[IssuedDocument], files: _Files, folder: str) -> None:
    for number, paper in enumerate(papers, 1):
        name = clean_file_name(f"{paper.kind}-{paper.number}".replace("/", "-"))
        files.put(f"{folder}documents/{number:03}-{name}.pdf", "document", services.files.read(paper.sha256))


def _put_signatures(
    services: Services, signatures: Sequence[tuple[SignatureRecord, dict[str, Any]]], files: _Files, folder: str
) -> None:
    """Each signature with its evidence, and the bytes that it signs where they stand in the package under no name."""
    for number, (record, told) in enumerate(signatures, 1):
        if not files.holds(record.content_sha256):
            files.put(f"{folder}signed/{number:03}", "signed", services.files.read(record.content_sha256))
        for name, content in _evidence(record, told):
            files.put(f"{folder}signatures/{number:03}/{name}", "signature", content)


def _evidence(record: SignatureRecord, told: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    yield "signature.json", canonical(told)
    yield "signature.p7s", record.cms
    for number, der in enumerate(record.certificates, 1):
        yield f"certificates/{number}.cer", base64.b64decode(der)
    for number, der in enumerate(record.ocsp, 1):
        yield f"ocsp/{number}.der", base64.b64decode(der)


def _index(
    services: Services, uow: UnitOfWork, case: Case, files: list[PackedFile], as_of: datetime, head: dict[str, Any]
) -> bytes:
    edition = services.editions.of_case(uow, case)
    paper = CaseIndex(
        provider=provider(services, edition, local(as_of).date()),
        applicant=Party(case.applicant_name, Address(), "" if case.bin else case.iin, case.bin),
        application_number=case.number,
        applied_on=local(case.received_at).date(),
        strip=strip_of_the_program(services.settings.address, as_of, test=not services.settings.production),
        as_of=as_of,
        files=tuple(files),
        journal_length=head["length"],
        journal_hash=head["hash"],
        key_id=services.system_key.key_id,
        language=case.language,  # type: ignore[arg-type]  # one of the three
    )
    return print_proof(services, uow, case, paper, as_of)


def _told(file: PackedFile) -> dict[str, object]:
    return {"path": file.path, "part": file.part, "size": file.size, "sha256": file.sha256}
