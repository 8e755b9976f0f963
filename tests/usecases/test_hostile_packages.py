"""Whatever bytes are handed to the check of packages and proofs, it says what is wrong and how it ends (L69.1, D25)."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.bootstrap import offline
from service.cli import main
from service.cli.proof import read_proof
from service.domain.chain import GENESIS
from service.domain.proofs import read_signed, signed
from service.program import Program
from service.usecases.case_package import package_of
from service.usecases.terms_proof import terms_proof
from service.usecases.verify_package import PackageChecked, verify_package
from service.usecases.verify_terms import verify_terms
from service.web.term_names import term_words
from tests.program import Story
from tests.usecases.test_signatures_wait import without_ocsp

GONE = object()
ODD: tuple[Any, ...] = (GONE, None, 5, -1, 1.5, "x", "", "\ud800", [], [5], {}, {"a": 1}, True, "9" * 500, [[[]]])
"""In place of what stands there."""
NEEDED = [("case",), ("as_of",), ("files",), ("journal",)]
OTHER_MOMENTS = ("x", "2023-09-12", "2023-09-12T10:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00")

Files = dict[str, bytes]


class Bench:
    """A package and a proof of one case, and the check of what became of them; all that is signed here is ours."""

    def __init__(self, program: Program, case_id: int) -> None:
        self.key, self.ours = program.system_key, offline(program.settings)
        with zipfile.ZipFile(io.BytesIO(package_of(program, case_id).content)) as archive:
            self.files = {name: archive.read(name) for name in archive.namelist()}
        self.content: dict[str, Any] = json.loads(self.files["manifest.json"])["content"]
        self.terms: dict[str, Any] = json.loads(terms_proof(program, case_id, term_words()))["content"]
        unsigned = {name: content for name, content in self.files.items() if not name.startswith("signatures/")}
        self.unsigned = self.listing(unsigned)
        """The same without signatures, of which each costs time."""

    def sign(self, content: dict[str, Any]) -> bytes:
        return signed(content, self.key.key_id, self.key.public_key, self.key.sign)

    def listing(self, files: Files) -> Files:
        """These files with a list of them that is right and signed."""
        content = deepcopy(self.content)
        known = {file["path"]: file for file in content["files"]}
        content["files"] = [{**known.get(path, {}), "path": path, "sha256": sha256(files[path])} for path in files]
        content["files"] = [file for file in content["files"] if file["path"] != "manifest.json"]
        return {**files, "manifest.json": self.sign(content)}

    def checked(self, files: Files) -> PackageChecked:
        return verify_package(zipped(files), self.ours.keys.verify, self.ours.engine_for)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def zipped(files: Files) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.fixture
def bench(story: Story) -> Bench:
    return Bench(story.program, story.assigned().id)


@pytest.mark.law("L69.1")
def test_the_lines_that_are_told_are_those_of_the_case_itself_and_not_of_one_enclosed(bench: Bench) -> None:
    bench.content["enclosed"] = [{"case": "P-1", "folder": "P-1/", "journal": {"length": 0, "hash": GENESIS}}]
    found = bench.checked(bench.listing({**bench.unsigned, "P-1/journal.json": b"[]"}))
    assert found.journal_length == len(json.loads(bench.files["journal.json"])) > 0


def places(told: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value of a content; of a list the first two are enough."""
    inner = told.items() if isinstance(told, dict) else enumerate(told[:2]) if isinstance(told, list) else ()
    for name, value in inner:
        yield (*path, name)
        yield from places(value, (*path, name))


def mutilated(content: Any, path: tuple[Any, ...], odd: Any) -> Any:
    """The content with something else in one place."""
    changed = deepcopy(content)
    parent = changed
    for name in path[:-1]:
        parent = parent[name]
    if odd is GONE:
        del parent[path[-1]]
    else:
        parent[path[-1]] = odd
    return changed


@pytest.mark.law("L69.1", "R2.4")
def test_a_list_that_says_anything_else_in_any_place_gets_a_verdict(bench: Bench) -> None:
    assert bench.checked(bench.listing(bench.files)).faults == []
    content = json.loads(bench.unsigned["manifest.json"])["content"]
    content["enclosed"] = [{"case": "P-1", "folder": "", "journal": content["journal"]}]
    for path in places(content):
        for odd in (*ODD, *(OTHER_MOMENTS if path == ("as_of",) else ())):
            found = bench.checked({**bench.unsigned, "manifest.json": bench.sign(mutilated(content, path, odd))})
            if odd is GONE and (path in NEEDED or path[-1] in ("path", "sha256", "folder", "length", "hash")):
                assert [fault.what for fault in found.faults] == ["not_readable"], path
            if path == ("as_of",):
                assert [(fault.path, fault.what) for fault in found.faults] == [("manifest.json", "not_readable")], odd


@pytest.mark.law("L69.1", "R2.4")
@pytest.mark.parametrize("odd", ODD[1:])
def test_a_manifest_or_a_file_of_json_that_is_something_else_is_told(bench: Bench, odd: Any) -> None:
    said = json.dumps(odd).encode()
    for name in ("journal.json", "signatures/001/signature.json"):
        assert not bench.checked(bench.listing({**bench.files, name: said})).genuine, name
    assert not bench.checked({**bench.files, "manifest.json": said}).genuine
    for part in ("content", "signature"):
        manifest = {**json.loads(bench.files["manifest.json"]), part: odd}
        assert not bench.checked({**bench.files, "manifest.json": json.dumps(manifest).encode()}).genuine, part


@pytest.mark.law("L69.1", "R2.4")
def test_the_journal_and_the_evidence_may_hold_anything(bench: Bench) -> None:
    lines = json.loads(bench.files["journal.json"])
    for path in places(lines):
        for odd in ODD:
            other = mutilated(lines, path, odd)
            said = bench.listing({**bench.unsigned, "journal.json": json.dumps(other).encode()})
            assert other == lines or not bench.checked(said).genuine, (path, odd)
    deep, nan = b"[" * 100_000, b'[{"sequence": 1, "previous": NaN, "hash": NaN}]'
    for name, content in bench.files.items():
        for rubbish in (b"", b"\xff", b"%PDF-1.7", b"0\x82\xff\xff", deep, nan, content[: len(content) // 2]):
            files = {**bench.files, name: rubbish}
            found = bench.checked(bench.listing(files) if name != "manifest.json" else files)
            evidence = name.startswith(("journal", "manifest", "signatures/")) and "/ocsp/" not in name
            assert not (found.genuine and found.signatures_hold) or not evidence, (name, rubbish[:20])


@pytest.mark.law("L69.1", "R2.4")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_zip_that_was_cut_or_scratched_is_none_of_ours(bench: Bench, data: st.DataObject) -> None:
    packed = bytearray(zipped(bench.files))
    for _ in range(data.draw(st.integers(1, 3))):
        packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    cut = bytes(packed[: data.draw(st.integers(0, len(packed)))]) if data.draw(st.booleans()) else bytes(packed)
    verify_package(cut, bench.ours.keys.verify, bench.ours.engine_for)


@pytest.mark.law("D25", "L69.1")
def test_a_proof_that_says_anything_else_in_any_place_gets_a_verdict(bench: Bench) -> None:
    for path in places(bench.terms):
        for odd in ODD:
            told = read_signed(json.loads(bench.sign(mutilated(bench.terms, path, odd))))
            assert told is not None
            found = verify_terms(told, bench.ours.keys.verify)
            assert found.faults or path[0] not in ("terms", "journal") or len(path) > 1 or not odd, (path, odd)


@pytest.mark.law("L69.1", "R2.4")
def test_a_person_gets_a_sentence_and_exit_1(bench: Bench, tmp_path: Path, story: Story) -> None:
    key, file, folder = tmp_path / "key.pem", tmp_path / "case.zip", {"RUQSAT_INSTANCE": str(tmp_path / "elsewhere")}
    key.write_text(bench.key.public_key)
    for name, odd in [(name, GONE) for name in ("case", "files", "journal", "as_of")] + [("case", "\ud800\x1b[2J")]:
        manifest = bench.sign(mutilated(bench.content, (name,), odd))
        file.write_bytes(zipped({**bench.files, "manifest.json": manifest, "extra\x1b.txt": b""}))
        for more in ([], ["--json"]):
            answer = CliRunner().invoke(main, ["verify", str(file), "--key", str(key), *more], env=folder)
            assert (answer.exit_code, type(answer.exception)) == (1, SystemExit), answer.output
            assert "Traceback" not in answer.output
            assert "\x1b" not in answer.output


@pytest.mark.law("L69.1", "R2.4", "R3.3")
def test_a_signature_that_is_recorded_as_not_checked_or_refused_is_told(story: Story, tmp_path: Path) -> None:
    online = story.program
    story.program = without_ocsp(online, story)
    case = story.filed()
    waits = Bench(online, case.id)
    found = waits.checked(waits.files)
    assert (found.genuine, found.signatures_hold) == (True, False)
    told = json.loads(waits.files["signatures/001/signature.json"])
    lie = {**waits.files, "signatures/001/signature.json": json.dumps({**told, "verdict": "valid"}).encode()}
    assert not waits.checked(waits.listing(lie)).genuine
    key, file = tmp_path / "key.pem", tmp_path / "case.zip"
    key.write_text(waits.key.public_key)
    file.write_bytes(zipped(waits.files))
    answer = CliRunner().invoke(main, ["verify", str(file), "--key", str(key)])
    assert answer.exit_code == 1
    assert "The package is whole and ours, but not every signature in it is valid." in answer.output


def behind(packed: bytes, more: bytes) -> bytes:
    """The package with its last file followed by something, its index and its end put right."""
    start = int.from_bytes(packed[-6:-2], "little")
    end = packed[-22:-6] + (start + len(more)).to_bytes(4, "little") + packed[-2:]
    return packed[:start] + more + packed[start:-22] + end


PAPER = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
WRAPPED: dict[str, Any] = {
    "before": lambda packed: PAPER + packed,
    "between": lambda packed: behind(packed, PAPER),
    "after": lambda packed: packed + PAPER,
    "as a note": lambda packed: packed[:-2] + len(PAPER).to_bytes(2, "little") + PAPER,
}


@pytest.mark.law("L69.1", "R2.4")
def test_a_paper_with_a_package_of_ours_inside_is_not_called_ours(bench: Bench) -> None:
    packed = zipped(bench.unsigned)
    assert not verify_package(packed, bench.ours.keys.verify, bench.ours.engine_for).faults
    for where, wrap in WRAPPED.items():
        found = verify_package(wrap(packed), bench.ours.keys.verify, bench.ours.engine_for)
        assert ("", "not_as_packed") in [(fault.path, fault.what) for fault in found.faults], where


@pytest.mark.law("L69.1", "D25")
def test_what_says_two_things_under_one_name_is_no_proof(bench: Bench, tmp_path: Path) -> None:
    proof, file = bench.sign(bench.terms), tmp_path / "terms.json"
    file.write_bytes(b'{"content": {"case": "P-2023-999999"}, ' + proof[1:])
    assert read_signed(json.loads(file.read_bytes())) is not None
    assert read_proof(file) is None
    twice = b'{"content": {}, ' + bench.unsigned["manifest.json"][1:]
    assert [fault.what for fault in bench.checked({**bench.unsigned, "manifest.json": twice}).faults] == ["no_manifest"]


@pytest.mark.law("L69.1")
def test_a_package_with_more_files_than_any_case_has_is_put_away(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.usecases.packed_files.MOST_FILES", 5)
    found = bench.checked({f"{number}.txt": b"" for number in range(6)})
    assert ("", "too_large") in [(fault.path, fault.what) for fault in found.faults]


@pytest.mark.law("R2.4")
def test_a_file_larger_than_the_memory_is_read_only_at_its_beginning(
    tmp_path: Path, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.cli.proof.program", lambda **_: story.program)
    file = tmp_path / "huge.pdf"
    with file.open("wb") as sparse:
        sparse.write(b"%PDF-1.7")
        sparse.truncate(2**40)
    told = CliRunner().invoke(main, ["verify", str(file), "--json"])
    assert (told.exit_code, json.loads(told.stdout)["unreadable"]) == (1, "too_large")
    with file.open("ab") as sparse:
        sparse.write(zipped({"a": b"b"}))
    told = CliRunner().invoke(main, ["verify", str(file), "--json"])
    assert (told.exit_code, json.loads(told.stdout)["ours"]) == (1, False)
