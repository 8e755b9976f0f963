"""Keys of strangers: what is none of ours is put away in a sentence, whatever kind of key it is."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from service.adapters.system_key import KeyUnusable, KnownKeys, SystemKey
from service.domain.proofs import Signed


def pem(der: bytes) -> str:
    return f"-----BEGIN PUBLIC KEY-----\n{base64.b64encode(der).decode()}\n-----END PUBLIC KEY-----\n"


OF_NO_KNOWN_KIND = pem(bytes.fromhex("300c 3005 06032a0304 03 03 00 0102"))
"""A public key of the kind 1.2.3.4, which is nobody's."""
RSA = generate_private_key(65537, 2048).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
FOREIGN = {
    "of a kind that nobody knows": (OF_NO_KNOWN_KIND, "public_key_of_another_kind"),
    "of RSA": (RSA.decode(), "public_key_of_another_kind"),
    "no key": (pem(b"x"), "no_public_key"),
    "no PEM": ("x", "no_public_key"),
}


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("what", FOREIGN)
def test_what_bears_a_foreign_key_is_not_ours(what: str) -> None:
    assert not KnownKeys({}).verify(Signed({}, "", FOREIGN[what][0], b""))


@pytest.mark.law("L69.1")
@pytest.mark.parametrize("what", FOREIGN)
def test_a_foreign_key_among_our_earlier_ones_is_named_by_its_file(what: str, tmp_path: Path) -> None:
    SystemKey.made(tmp_path / "own.pem")
    earlier = tmp_path / "keys"
    earlier.mkdir()
    (earlier / "2024.pem").write_text(FOREIGN[what][0])
    with pytest.raises(KeyUnusable) as refused:
        SystemKey.load(tmp_path / "own.pem", earlier)
    assert (refused.value.code, refused.value.data) == (FOREIGN[what][1], {"file": "2024.pem"})
    with pytest.raises(KeyUnusable):
        KnownKeys({"2024.pem": FOREIGN[what][0].encode()})


@pytest.mark.law("L69.1")
def test_a_private_key_of_a_kind_that_nobody_knows_does_not_sign(tmp_path: Path) -> None:
    der = base64.b64encode(bytes.fromhex("300e 020100 3005 06032a0304 0402 0500")).decode()
    file = tmp_path / "own.pem"
    file.write_text(f"-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n")
    file.chmod(0o600)
    with pytest.raises(KeyUnusable, match="no_private_key"):
        SystemKey.load(file)
