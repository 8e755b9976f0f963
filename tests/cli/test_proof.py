"""A package and a proof are checked on any machine, with nothing but the public key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from service.cli import main
from service.domain.proofs import signed
from service.usecases.case_package import package_of
from service.usecases.terms_proof import terms_proof
from service.web.term_names import term_words
from tests.program import Story


@pytest.mark.law("L69.1", "D25", "R2.4")
def test_verify_needs_neither_server_nor_database(story: Story, tmp_path: Path) -> None:
    case = story.assigned()
    package, proof, key = (tmp_path / name for name in ("case.zip", "terms.json", "key.pem"))
    package.write_bytes(package_of(story.program, case.id).content)
    proof.write_bytes(terms_proof(story.program, case.id, term_words()))
    key.write_text(story.program.system_key.public_key)
    elsewhere = {"RUQSAT_INSTANCE": str(tmp_path / "elsewhere"), "RUQSAT_DATABASE_URL": "", "RUQSAT_ENV": "development"}
    for file in (package, proof):
        answer = CliRunner().invoke(main, ["verify", str(file), "--key", str(key), "--json"], env=elsewhere)
        assert answer.exit_code == 0, answer.output
        told = json.loads(answer.output)
        assert (told["ours"], told["case"], told["faults"]) == (True, case.number, [])
    assert not (tmp_path / "elsewhere").exists()
    read = CliRunner().invoke(main, ["verify", str(package), "--key", str(key)], env=elsewhere).output
    assert "2023-09-12 10:00:" in read
    assert "(UTC+6)" in read
    assert "UTC+5" not in read
    proof.write_bytes(proof.read_bytes().replace(b"2023-09-12", b"2023-09-11", 1))
    answer = CliRunner().invoke(main, ["verify", str(proof), "--key", str(key)], env=elsewhere)
    assert answer.exit_code == 1
    assert "Does not agree: the system's signature does not hold" in answer.output
    in_russian = CliRunner().invoke(main, ["verify", str(proof), "--key", str(key), "--lang", "ru"], env=elsewhere)
    assert "Не согласуется: подпись системы не сходится" in in_russian.output


@pytest.mark.law("D25", "L69.1")
def test_verify_recounts_the_days_and_believes_no_signature_of_ours_instead(story: Story, tmp_path: Path) -> None:
    case, key = story.assigned(), story.program.system_key
    told = json.loads(terms_proof(story.program, case.id, term_words()))["content"]
    (service,) = [term for term in told["terms"] if term["element"] == "deadline_service"]
    service["counted"]["counted"].remove("2023-09-15")
    proof, public = tmp_path / "terms.json", tmp_path / "key.pem"
    proof.write_bytes(signed(told, key.key_id, key.public_key, key.sign))
    public.write_text(key.public_key)
    answer = CliRunner().invoke(main, ["verify", str(proof), "--key", str(public), "--json"])
    assert answer.exit_code == 1
    assert json.loads(answer.output)["faults"] == ["terms: deadline_service"]
