"""What a stranger sends to be checked keeps its reader busy for some seconds, and nobody else at all (L69.1, A3.5)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from click.testing import CliRunner

from service.cli import main
from service.domain.files import FileKind, FileRefused
from service.domain.signatures import Evidence, SignatureEngine
from service.usecases.packed_files import LARGEST_TOLD
from service.usecases.verify_document import verify_file
from service.usecases.verify_package import verify_package
from tests.program import Story
from tests.usecases.test_hostile_packages import Bench, sha256, zipped


@pytest.fixture
def bench(story: Story) -> Bench:
    return Bench(story.program, story.assigned().id)


@pytest.mark.law("L69.1", "R2.4")
def test_a_package_that_keeps_the_processor_busy_is_put_away(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.usecases.verify_package.MOST_SECONDS", -1.0)
    found = bench.checked(bench.files)
    assert ([(fault.path, fault.what) for fault in found.faults], found.signatures) == ([("", "too_laborious")], [])
    file = tmp_path / "case.zip"
    file.write_bytes(zipped(bench.files))
    key = tmp_path / "key.pem"
    key.write_text(bench.key.public_key)
    told = CliRunner().invoke(main, ["verify", str(file), "--key", str(key), "--lang", "en"])
    assert (told.exit_code, "its check took too long" in told.output) == (1, True)


@pytest.mark.law("L69.1", "R2.4")
def test_of_many_signatures_the_rest_is_not_checked_after_that_time(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = [0.0]
    monkeypatch.setattr("service.usecases.verify_package.process_time", lambda: taken[0])

    def engine_for(certificates: Sequence[bytes], now: datetime) -> SignatureEngine:
        taken[0] = 60.0
        return bench.ours.engine_for(certificates, now)

    found = verify_package(zipped(bench.files), bench.ours.keys.verify, engine_for)
    assert ([(fault.path, fault.what) for fault in found.faults], found.signatures) == ([("", "too_laborious")], [])


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("name", ["manifest.json", "journal.json", "signatures/001/signature.json"])
def test_a_list_of_many_megabytes_is_not_read(bench: Bench, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def reading(content: bytes) -> Any:
        read.append(len(content))
        return json.loads(content)

    monkeypatch.setattr("service.usecases.packed_files.read_unambiguous", reading)
    large = {**bench.files, name: bench.files[name] + b" " * LARGEST_TOLD}
    found = bench.checked(large if name == "manifest.json" else bench.listing(large))
    assert found.faults
    assert max(read, default=0) < LARGEST_TOLD


@pytest.mark.law("R2.4", "L69.1")
def test_a_paper_that_cannot_be_read_is_read_once(bench: Bench) -> None:
    papers: list[bytes] = []

    class Counting:
        def __init__(self, engine: SignatureEngine) -> None:
            self.verify_cms, self._verify = engine.verify_cms, engine.verify_pdf

        def verify_pdf(self, pdf: bytes, **more: Any) -> Evidence:
            papers.append(pdf)
            return self._verify(pdf, **more)

    paper = b"%PDF-1.7 " + b"1 0 obj <<>> endobj " * 100
    about = json.dumps({"content_sha256": sha256(paper)}).encode()
    files = bench.listing({**bench.files, "paper.pdf": paper, "signatures/009/signature.json": about})
    ours = bench.ours
    verify_package(zipped(files), ours.keys.verify, lambda *given: Counting(ours.engine_for(*given)))
    assert papers == [paper]


@pytest.mark.law("A3.5", "A1.9.2")
def test_a_paper_that_anybody_may_check_waits_among_those_of_strangers(story: Story) -> None:
    asked: list[bool] = []

    class Asked:
        def recognise(self, content: bytes | BinaryIO, *, of_stranger: bool = False) -> FileKind:
            asked.append(of_stranger)
            raise FileRefused("damaged")

    program = replace(story.program, content_types=Asked())
    assert verify_file(program, b"%PDF-1.7").unreadable == "damaged"
    assert asked == [True]
