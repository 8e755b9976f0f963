"""What the tests of the gateway's channels share: settings for a sandbox, messages, a key of the organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from service.adapters.shep import ShepSettings
from service.adapters.shep_signature import OrganisationKey
from service.domain.channels import Message

NOON = dt.datetime(2026, 4, 20, 7, 0, tzinfo=dt.UTC)


def settings(url: str, **changes: Any) -> ShepSettings:
    """Settings for a gateway at `url`, with short times."""
    values: dict[str, Any] = {
        "sync_url": f"{url}/sync",
        "async_url": f"{url}/async",
        "sender_id": "ruqsat",
        "password": "sandbox",
        "requestor_bin": "010640999019",
        "read_timeout": 5,
    }
    return ShepSettings(**{**values, **changes})


def message(channel: str, payload: Mapping[str, Any], message_id: str = "m-1") -> Message:
    """An outbox row of noon."""
    return Message(message_id, channel, 7, payload, NOON)


@cache
def organisation_key(name: str = "Үлгі ұйым") -> OrganisationKey:
    """A key of an organisation with a certificate that it signed itself."""
    key = generate_private_key(65537, 2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    certificate = (
        builder.serial_number(x509.random_serial_number())
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2045, 1, 1, tzinfo=dt.UTC))
        .sign(key, SHA256())
    )
    return OrganisationKey(key, certificate)


def der(key: OrganisationKey) -> bytes:
    """The key's certificate."""
    return key.certificate.public_bytes(Encoding.DER)
