"""The program's own key (Ed25519): it signs seals, proofs of terms and packages, so that nobody else can make them."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from service.domain.errors import RuqsatError
from service.domain.proofs import Signed
from service.once import make_once


class KeyUnusable(RuqsatError):
    """The file holds no Ed25519 key, or others may read it; the code says what is wrong."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(**data)
        self.code = code


class SystemKey:
    """The key that signs now, and the public keys of those that signed before it."""

    def __init__(self, private: Ed25519PrivateKey, earlier: Mapping[str, Ed25519PublicKey] | None = None) -> None:
        self._private = private
        self.public_key = pem_of(private.public_key())
        self.key_id = key_id_of(private.public_key())
        self._known = {**(earlier or {}), self.key_id: private.public_key()}

    def sign(self, content: bytes) -> bytes:
        """The signature over these bytes."""
        return self._private.sign(content)

    def verify(self, key_id: str, content: bytes, signature: bytes) -> bool:
        """Whether our key of this name, the present one or an earlier one, has signed these bytes."""
        known = self._known.get(key_id)
        return known is not None and _fits(known, content, signature)

    @classmethod
    def load(cls, path: Path, earlier: Path | None = None) -> SystemKey:
        """The key of a PEM file that only the program's user may read; `earlier` is a folder of public keys."""
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise KeyUnusable("key_open_to_others", file=path.name)
        try:
            found = load_pem_private_key(path.read_bytes(), None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as wrong:
            raise KeyUnusable("no_private_key", file=path.name) from wrong
        if not isinstance(found, Ed25519PrivateKey):
            raise KeyUnusable("key_of_another_kind", file=path.name)
        files = sorted(earlier.glob("*.pem")) if earlier and earlier.is_dir() else []
        keys = (public_key_in(file.read_bytes(), file.name) for file in files)
        return cls(found, {key_id_of(key): key for key in keys})

    @classmethod
    def made(cls, path: Path) -> SystemKey:
        """The key of this file, which is made first where there is none."""
        if not path.exists():
            key = Ed25519PrivateKey.generate()
            pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            make_once(path, pem)
        return cls.load(path)


class KnownKeys:
    """The public keys that are believed, by the names of their files; with none, each content's own key is.

    A person compares its name then.
    """

    def __init__(self, pems: Mapping[str, bytes]) -> None:
        keys = [public_key_in(pem, name) for name, pem in pems.items()]
        self._known = {key_id_of(key): key for key in keys}

    def __len__(self) -> int:
        return len(self._known)

    def verify(self, told: Signed) -> bool:
        """Whether a content bears the signature of a key that is believed."""
        key = self._known.get(told.key_id)
        if key is None and not self._known:
            try:
                key = public_key_in(told.public_key.encode())
            except KeyUnusable:
                return False
        return key is not None and key_id_of(key) == told.key_id and _fits(key, told.text, told.value)


def public_key_in(pem: bytes, name: str = "") -> Ed25519PublicKey:
    """The Ed25519 public key of a PEM text that stands in a file of this name; `KeyUnusable`."""
    try:
        found = load_pem_public_key(pem)
    except UnsupportedAlgorithm as unknown:
        raise KeyUnusable("public_key_of_another_kind", file=name) from unknown
    except ValueError as wrong:
        raise KeyUnusable("no_public_key", file=name) from wrong
    if not isinstance(found, Ed25519PublicKey):
        raise KeyUnusable("public_key_of_another_kind", file=name)
    return found


def key_id_of(key: Ed25519PublicKey) -> str:
    """By what a key is named: the SHA-256 of its 32 bytes."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def pem_of(key: Ed25519PublicKey) -> str:
    """A public key as people pass it on."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _fits(key: Ed25519PublicKey, content: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True
