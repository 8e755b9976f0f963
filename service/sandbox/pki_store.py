"""Keeps the keys and certificates of the development PKI in one directory, made whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey


class Store:
    """One directory of keys (mode 0600) and certificates, each under a name."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    @classmethod
    def open(cls, directory: Path, fill: Callable[[Store], None]) -> Store:
        """Open the directory; on the first start let `fill` make its content beside it and move it into place.

        A start broken off in the middle leaves nothing behind that a later start would take for whole.
        """
        if not any(directory.glob("*.cer")):
            directory.parent.mkdir(parents=True, exist_ok=True)
            making = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
            try:
                fill(cls(making))
                making.rename(directory)
            except OSError:
                # Another process starting at the same moment was first: its content is as good as ours.
                if not any(directory.glob("*.cer")):
                    raise
            finally:
                shutil.rmtree(making, ignore_errors=True)
        return cls(directory)

    def save(self, name: str, key: RSAPrivateKey, certificate: x509.Certificate) -> None:
        """Write a key, readable by its owner only, and its certificate."""
        path = self.directory / f"{name}.key"
        path.touch(mode=0o600)
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        (self.directory / f"{name}.cer").write_bytes(certificate.public_bytes(serialization.Encoding.DER))

    def has(self, name: str) -> bool:
        """Whether there is a certificate of this name."""
        return (self.directory / f"{name}.cer").exists()

    def key(self, name: str) -> RSAPrivateKey:
        """Read a key; the costly check of its numbers is skipped, for we made it ourselves."""
        data = (self.directory / f"{name}.key").read_bytes()
        key = serialization.load_der_private_key(data, None, unsafe_skip_rsa_key_validation=True)
        if not isinstance(key, RSAPrivateKey):
            raise ValueError(f"{name}.key is not an RSA key")
        return key

    def certificate(self, name: str) -> x509.Certificate:
        """Read a certificate."""
        return x509.load_der_x509_certificate((self.directory / f"{name}.cer").read_bytes())
