"""The administrative case as one package that anybody can check without us."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from service.adapters.system_key import SystemKey
from service.bootstrap import offline
from service.domain.case import Case
from service.domain.proofs import read_signed, signed
from service.settings import Settings
from service.usecases.case_package import package_of
from service.usecases.claims import record_claim
from service.usecases.terms_proof import terms_proof
from service.usecases.verify_package import PackageChecked, verify_package
from service.usecases.verify_terms import verify_terms
from service.web.term_names import term_words
from tests.complaints import Complaints
from tests.papers import pdf_text
from tests.program import CONFORMS, Story


@pytest.mark.printed  # its index too, so that the seconds are those of a real package
@pytest.mark.law("L69.1", "R13.3")
def test_the_package_holds_every_paper_with_its_signature_and_the_journal(story: Story) -> None:
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    began = time.monotonic()
    made = package_of(story.program, case.id)
    assert time.monotonic() - began < 5
    assert package_of(story.program, case.id) == made
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        names = archive.namelist()
        listed = json.loads(archive.read("manifest.json"))["content"]["files"]
        told = json.loads(archive.read("case.json"))
    assert {file["path"] for file in listed} | {"manifest.json"} == set(names)
    parts = [file["part"] for file in listed]
    assert parts.count("attachment") == 2
    assert parts.count("document") == 1
    assert sum(name.endswith("signature.p7s") for name in names) == 2
    assert told["register"]["entry"]["number"] in next(name for name in names if name.startswith("documents/"))


@pytest.mark.printed
@pytest.mark.law("L69.1", "R13.3")
def test_the_package_of_a_contested_case_tells_hearing_notices_complaint_claim_and_decision(
    complaints: Complaints,
) -> None:
    refused = complaints.refused()
    complaint = complaints.forwarded(refused, "refusal")
    complaints.reviewed(complaint, "unconsidered", unconsidered_reason="returned")
    today = complaints.program.clock.now().date()
    claim = {"court": "СМАС", "number": "7119-23", "filed_on": today, "plaintiff": "ЖШС", "contests": "refusal"}
    named = {"case_number": refused.number, "document_number": complaints.document(refused, "refusal").number}
    record_claim(complaints.program, complaints.officer("unit"), {**claim, **named})
    complaints.program.sweep()
    case, appeal = unpacked(complaints, refused), unpacked(complaints, complaint)
    told = json.loads(case["case.json"])
    assert [hearing["outcome"] for hearing in told["hearings"]] == ["refuse"]
    assert {"preliminary_decision", "refused"} <= {notice["kind"] for notice in told["notices"]}
    assert told["deliveries"]
    assert [each["number"] for each in told["claims"]] == ["7119-23"]
    assert (told["complaints"][0]["number"], told["complaints"][0]["outcome"]) == (complaint.number, "unconsidered")
    assert not told["complaints"][0].keys() & {"residence", "postal_address", "circumstances"}
    assert told["complaints"][0]["decision"] == complaints.document(complaint, "review_decision").number
    inside = {name: content for name, content in appeal.items() if "/" in name or name.endswith(".json")}
    inside = {f"{complaint.number}/{name}": content for name, content in inside.items() if name != "manifest.json"}
    assert inside.items() <= case.items()
    decided = json.loads(appeal["case.json"])
    assert decided["complaint"]["outcome"] == "unconsidered"
    assert "review_decision" in {paper["kind"] for paper in decided["documents"]}
    index = " ".join(pdf_text(case["index.pdf"]).split())
    listed = json.loads(case["manifest.json"])["content"]["files"]
    assert all(file["sha256"] in index.replace(" ", "") for file in listed if file["path"] != "index.pdf")
    assert checked(complaints.program.settings, case).genuine
    assert checked(complaints.program.settings, appeal).genuine


def unpacked(story: Story, case: Case) -> dict[str, bytes]:
    """The files of the package of a case as it stands now."""
    with zipfile.ZipFile(io.BytesIO(package_of(story.program, case.id).content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def packed(story: Story) -> dict[str, bytes]:
    """The files of a granted case's package."""
    case = story.work("unit", story.complete(), "task_examine", **CONFORMS)
    story.work("head", case, "task_sign_permit", decision="sign")
    return unpacked(story, case)


def checked(settings: Settings, files: dict[str, bytes], key: bytes | None = None) -> PackageChecked:
    """What the check says of a package of these files; neither server nor database is asked."""
    ours, buffer = offline(settings, key), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return verify_package(buffer.getvalue(), ours.keys.verify, ours.engine_for)


@pytest.mark.law("L69.1", "R2.4")
def test_a_package_is_checked_without_our_server(story: Story, packed: dict[str, bytes], tmp_path: Path) -> None:
    found = checked(story.program.settings, packed)
    assert found.faults == []
    assert [each.verdict for each in found.signatures] == ["valid", "valid"]
    stranger = replace(Settings(), instance=tmp_path / "elsewhere")
    assert checked(stranger, packed).genuine
    assert checked(stranger, packed, story.program.system_key.public_key.encode()).genuine


def attachment(files: dict[str, bytes]) -> str:
    return next(name for name in files if name.startswith("attachments/"))


def swap(files: dict[str, bytes]) -> None:
    files[attachment(files)] += b" "


def take_away(files: dict[str, bytes]) -> None:
    del files[attachment(files)]


def put_in(files: dict[str, bytes]) -> None:
    files["documents/999-permit.pdf"] = b"%PDF-1.7"


def rewrite_a_line(files: dict[str, bytes]) -> None:
    lines = json.loads(files["journal.json"])
    lines[3]["actor"] = "БАСҚА БІРЕУ"
    files["journal.json"] = json.dumps(lines).encode()


def rewrite_the_list(files: dict[str, bytes]) -> None:
    told = json.loads(files["manifest.json"])
    told["content"]["case"] = "P-2023-000999"
    files["manifest.json"] = json.dumps(told).encode()


@pytest.mark.law("L69.1", "R2.4")
@pytest.mark.parametrize("harm", [swap, take_away, put_in, rewrite_a_line, rewrite_the_list])
def test_a_package_that_was_changed_is_found(
    story: Story, packed: dict[str, bytes], harm: Callable[[dict[str, bytes]], None]
) -> None:
    harm(packed)
    assert not checked(story.program.settings, packed).genuine


@pytest.mark.law("L69.1")
def test_a_package_signed_by_another_key_is_not_ours(story: Story, packed: dict[str, bytes], tmp_path: Path) -> None:
    told = read_signed(json.loads(packed["manifest.json"]))
    assert told is not None
    other = SystemKey.made(tmp_path / "other.pem")
    packed["manifest.json"] = signed(told.content, other.key_id, other.public_key, other.sign)
    found = checked(story.program.settings, packed)
    assert [(fault.path, fault.what) for fault in found.faults] == [("manifest.json", "signature")]


def proof_of(story: Story) -> dict[str, Any]:
    """The proof of a case whose completeness check was late and whose term spans a weekend."""
    case = story.assigned()
    story.at("2023-09-15T12:00:00")
    return dict(json.loads(terms_proof(story.program, case.id, term_words())))


@pytest.mark.law("D25", "D28", "R8.2")
def test_the_proof_tells_how_each_date_was_counted_and_why_days_were_skipped(story: Story) -> None:
    proof = proof_of(story)
    terms = {term["element"]: term for term in proof["content"]["terms"]}
    service = next(term for term in terms.values() if "A1.4" in term["law"])
    assert service["counted"]["counted"] == ["2023-09-13", "2023-09-14", "2023-09-15", "2023-09-18", "2023-09-19"]
    assert [day for day, _name, _basis in service["counted"]["skipped"]] == ["2023-09-16", "2023-09-17"]
    assert terms["deadline_completeness"]["missed"]
    told = read_signed(proof)
    assert told is not None
    found = verify_terms(told, offline(story.program.settings).keys.verify)
    assert found.faults == ()
    assert found.journal_length == len(proof["content"]["journal"])


def other_day(content: dict[str, Any]) -> None:
    content["terms"][0]["due_at"] = "2023-09-30T12:30:00+00:00"


def other_line(content: dict[str, Any]) -> None:
    content["journal"][0]["at"] = "2023-09-01T12:30:00+00:00"


@pytest.mark.law("D25", "L69.1")
@pytest.mark.parametrize("harm", [other_day, other_line])
def test_a_proof_that_was_changed_is_none(story: Story, harm: Callable[[dict[str, Any]], None]) -> None:
    proof = proof_of(story)
    harm(proof["content"])
    told = read_signed(proof)
    assert told is not None
    assert "signature" in verify_terms(told, offline(story.program.settings).keys.verify).faults
