"""Signatures made to be laborious: whoever sends one keeps nobody waiting for more than seconds (R2.4, R3.3)."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from inspect import unwrap
from io import BytesIO
from random import Random
from time import thread_time

import pytest
from asn1crypto import parser
from pypdf import PdfWriter

from service.adapters.patience import patience
from service.adapters.signatures import embed, prepare
from tests.sandbox.world import CONTENT, NOW, World

SOON = 0.4
"""Seconds of the processor after which patience ends here: without any, each of these signatures takes minutes."""
MUCH = 2_000_000
"""Bytes, or half of what a form may hold in its signature."""
SEQUENCE, SET, IDENTIFIER = b"\x30", b"\x31", b"\x06"
CERTIFICATES, UNSIGNED = b"\xa0", b"\xa1"
ENDLESS = IDENTIFIER, b"\x81" * MUCH + b"\x01"


def tlv(tag: bytes, *parts: bytes) -> bytes:
    """A value of ASN.1 with its tag and its length."""
    body = b"".join(parts)
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8 or 1, "big")
    length = size if len(body) < 128 else bytes([0x80 | len(size)]) + size
    return tag + length + body


def parts_of(encoded: bytes) -> list[bytes]:
    """The values within a value."""
    body, found = parser.parse(encoded)[4], []
    while body:
        size = parser.peek(body)
        found.append(body[:size])
        body = body[size:]
    return found


class Laborious:
    """A sound signature, and what can be put in its parts."""

    def __init__(self, sound: bytes) -> None:
        kind, explicit = parts_of(sound)
        self.kind = kind
        self.version, self.digests, self.content, self.certificates, signers = parts_of(parts_of(explicit)[0])
        self.signer = parts_of(parts_of(signers)[0])

    def made(self, *, digests: bytes = b"", certificates: bytes = b"", signers: bytes = b"") -> bytes:
        """The signature with other parts."""
        kept = digests or self.digests, self.content, certificates or self.certificates
        signed = tlv(SEQUENCE, self.version, *kept, signers or tlv(SET, tlv(SEQUENCE, *self.signer)))
        return tlv(SEQUENCE, self.kind, tlv(CERTIFICATES, signed))

    def stamped(self, times: int) -> bytes:
        """With its time stamp as often."""
        kind, tokens = parts_of(parts_of(self.signer[-1])[0])
        stamps = tlv(UNSIGNED, tlv(SEQUENCE, kind, tlv(SET, parts_of(tokens)[0] * times)))
        return self.made(signers=tlv(SET, tlv(SEQUENCE, *self.signer[:-1], stamps)))

    def issued_by(self, name: bytes) -> bytes:
        """Of a certificate whose issuer has this name."""
        told, *rest = parts_of(parts_of(self.certificates)[0])
        fields = parts_of(told)
        certificate = tlv(SEQUENCE, tlv(SEQUENCE, *fields[:3], name, *fields[4:]), *rest)
        named = tlv(SEQUENCE, name, parts_of(self.signer[1])[1])
        signer = tlv(SEQUENCE, self.signer[0], named, *self.signer[2:])
        return self.made(certificates=tlv(CERTIFICATES, certificate), signers=tlv(SET, signer))


def _name(text: bytes, times: int = 1) -> bytes:
    return tlv(SEQUENCE, tlv(SET, tlv(SEQUENCE, tlv(IDENTIFIER, b"\x55\x04\x03"), tlv(b"\x0c", text))) * times)


TRICKS: Mapping[str, Callable[[Laborious], bytes]] = {
    "an endless identifier": lambda of: tlv(SEQUENCE, tlv(*ENDLESS)),
    "one among the digests": lambda of: of.made(digests=tlv(SET, tlv(SEQUENCE, tlv(*ENDLESS)))),
    "many digests": lambda of: of.made(digests=tlv(SET, tlv(SEQUENCE, tlv(IDENTIFIER, b"\x2a")) * (MUCH // 5))),
    "many signers": lambda of: of.made(signers=tlv(SET, tlv(SEQUENCE) * (MUCH // 2))),
    "many time stamps": lambda of: of.stamped(MUCH // 3000),
    "many certificates": lambda of: of.made(certificates=tlv(CERTIFICATES, parts_of(of.certificates)[0] * 1000)),
    "a long name": lambda of: of.issued_by(_name(b"a " * (MUCH // 2))),
    "a name of many parts": lambda of: of.issued_by(_name(b"a", MUCH // 15)),
    "boxes within boxes": lambda of: b"\x30\x80" * (MUCH // 4) + bytes(MUCH // 2),
}  # fmt: skip


@pytest.fixture(autouse=True)
def alone_in_memory() -> Iterator[None]:
    """What other tests have left in memory is not gone through meanwhile: it is no labour of these signatures."""
    gc.freeze()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


@pytest.fixture(autouse=True)
def soon_out_of_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unwrap(patience), "__defaults__", (SOON,))


@pytest.mark.law("R2.4", "R3.3")
@pytest.mark.parametrize("trick", TRICKS)
def test_a_laborious_signature_is_put_away_and_the_next_one_is_checked(world: World, trick: str) -> None:
    content = bytes(MUCH)
    sound, engine = world.pki.sign_cms("entrepreneur", content), world.engine()
    made = TRICKS[trick](Laborious(sound))
    began = thread_time()
    evidence = engine.verify_cms(made, content)
    assert thread_time() - began < SOON + 1
    assert (evidence.signature_ok, evidence.chain_ok, "format" in evidence.problems) == (False, False, True)
    assert "too_long" not in evidence.problems
    assert engine.verify_cms(sound, content).signature_ok


@pytest.mark.law("R2.4", "R3.3")
@pytest.mark.parametrize("trick", TRICKS)
def test_one_that_is_longer_than_it_can_be_is_not_read_at_all(
    world: World, trick: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound, engine = Laborious(world.pki.sign_cms("entrepreneur", CONTENT)), world.engine()
    made, read = TRICKS[trick](sound), list[bytes]()
    monkeypatch.setattr("service.adapters.signatures.engine.parse", read.append)
    assert engine.verify_cms(made, CONTENT).problems == ("format", "too_long")
    assert not read


@pytest.mark.law("R2.4", "R3.3")
def test_a_signature_may_carry_what_it_signs_however_long_that_is(world: World) -> None:
    content = bytes(300_000)
    evidence = world.engine().verify_cms(world.pki.sign_cms("entrepreneur", content, detached=False), content)
    assert (evidence.content_matches, evidence.signature_ok) == (True, True)


@pytest.mark.law("R2.4", "A3.5")
@pytest.mark.parametrize("trick", ["an endless identifier", "one among the digests", "a name of many parts"])
def test_nor_does_one_within_a_document_keep_anybody_waiting(
    world: World, trick: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.adapters.signatures.pdf._ROOM", 5 * MUCH)
    blank, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(blank)
    prepared = prepare(blank.getvalue(), field="RUQSAT", reason="Рұқсат", name="БАСШЫҒАЛИЕВ ҚАНАТ", at=NOW)
    made = TRICKS[trick](Laborious(world.pki.sign_cms("ministry_head", prepared.to_sign)))
    began = thread_time()
    evidence = world.engine().verify_pdf(embed(prepared, made))
    assert thread_time() - began < 2 * SOON + 2
    assert not evidence.signature_ok


@pytest.mark.law("R2.4", "A3.5")
def test_one_within_a_document_may_be_no_longer_where_the_document_is_long(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.adapters.signatures.pdf._ROOM", 200_000)
    blank, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("plan.bin", Random(1).randbytes(200_000))
    writer.write(blank)
    prepared = prepare(blank.getvalue(), field="RUQSAT", reason="Рұқсат", name="БАСШЫҒАЛИЕВ ҚАНАТ", at=NOW)
    made = world.pki.sign_cms("ministry_head", bytes(70_000), detached=False)
    evidence = world.engine().verify_pdf(embed(prepared, made))
    assert "too_long" in evidence.problems
