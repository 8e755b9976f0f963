"""The development PKI on its first start and on later ones, and the people whose keys it holds."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from service.adapters.signatures import is_development_root
from service.domain import identifiers
from service.domain.signatures import DEVELOPMENT_MARK
from service.sandbox import pki_store
from service.sandbox.personas import PERSONAS, Persona
from service.sandbox.pki import EXPIRED_AT, DevPki
from tests.sandbox.world import NOW, World


def test_keys_can_be_read_by_their_owner_only(world: World, tmp_path: Path) -> None:
    pki = DevPki(tmp_path / "pki", "http://127.0.0.1:9")
    keys = list((tmp_path / "pki").glob("*.key"))
    assert len(keys) == len(PERSONAS) + 4
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}
    assert pki.roots != world.pki.roots


def test_a_second_start_finds_the_same_keys(world: World) -> None:
    again = DevPki(world.pki._store.directory, world.url)
    assert again.roots == world.pki.roots
    assert again.certificate("entrepreneur") == world.pki.certificate("entrepreneur")


def test_a_first_start_broken_off_in_the_middle_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_save = pki_store.Store.save

    def save_a_few(self: pki_store.Store, name: str, *rest: object) -> None:
        if name == "tsa":
            raise KeyboardInterrupt
        whole_save(self, name, *rest)  # type: ignore[arg-type] # passed on as they came

    with monkeypatch.context() as broken:
        broken.setattr(pki_store.Store, "save", save_a_few)
        with pytest.raises(KeyboardInterrupt):
            DevPki(tmp_path / "pki", "http://127.0.0.1:9")
    assert list(tmp_path.iterdir()) == []
    assert DevPki(tmp_path / "pki", "http://127.0.0.1:9").roots


def test_the_root_declares_itself_a_development_root(world: World) -> None:
    (root,) = world.pki.roots
    (name,) = x509.load_der_x509_certificate(root).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert DEVELOPMENT_MARK in str(name.value)
    assert is_development_root(root)


def test_a_root_of_the_real_authority_is_not_taken_for_one_of_development(world: World) -> None:
    assert not is_development_root(self_signed("НЕГІЗГІ ОРТАЛЫҚ (RSA)"))
    assert not is_development_root(self_signed("ATTEST CA"))
    assert is_development_root(self_signed("ҰКО 3.0 (RSA TEST)"))
    assert is_development_root(self_signed("ҰЛТТЫҚ ОРТАЛЫҚ (GOST) TEST 2022"))


@pytest.mark.law("R1.1")
@pytest.mark.parametrize("persona", PERSONAS.values(), ids=PERSONAS)
def test_every_persona_has_numbers_of_the_right_shape_and_is_described_in_three_languages(persona: Persona) -> None:
    assert identifiers.is_iin(persona.iin)
    assert persona.bin == "" or identifiers.is_bin(persona.bin)
    assert bool(persona.bin) == bool(persona.organisation)
    assert set(persona.description) == {"kk", "ru", "en"}
    assert all(persona.description.values())


def test_no_two_personas_share_a_number() -> None:
    assert len({persona.iin for persona in PERSONAS.values()}) == len(PERSONAS)


@pytest.mark.law("R1.1")
def test_the_branch_is_one_and_the_companies_are_not() -> None:
    assert identifiers.is_branch(PERSONAS["branch_head"].bin)
    assert not identifiers.is_branch(PERSONAS["company_head"].bin)
    assert not identifiers.is_branch(PERSONAS["company2_head"].bin)


def test_certificates_serve_from_2015_on_but_for_the_expired_one(world: World) -> None:
    for key in PERSONAS:
        certificate = world.pki.certificate(key)
        assert certificate.not_valid_before_utc == datetime(2015, 1, 1, tzinfo=UTC)
        assert (certificate.not_valid_after_utc == EXPIRED_AT) == (key == "expired")
    assert EXPIRED_AT < NOW


def self_signed(name: str) -> bytes:
    key = generate_private_key(SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), 1, NOW, NOW.replace(year=2030))
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)
