"""Signatures made to be laborious, sent to the doors that take one: a sentence at once, and nothing is harmed."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from time import thread_time

import pytest
from werkzeug.test import TestResponse

from service.usecases.audit import audit
from tests.adapters.signatures.tangled import tangle
from tests.adapters.signatures.test_laborious_signatures import (
    CERTIFICATES,
    IDENTIFIER,
    SEQUENCE,
    SET,
    Laborious,
    parts_of,
    tlv,
)
from tests.program import Story
from tests.web.cabinet import Cabinet, content_to_sign, hidden, text

INTEGER, NOTHING, CONSTRUCTED = b"\x02", b"\x05\x00", b"\x24"
Bomb = Callable[[Laborious, bytes], bytes]


def attributes(of: Laborious, _content: bytes) -> bytes:
    """Thousands of them, beside those that are signed."""
    odd = (tlv(SEQUENCE, tlv(IDENTIFIER, bytes([42, 3, number % 127])), tlv(SET, NOTHING)) for number in range(2500))
    signed = tlv(CERTIFICATES, *parts_of(of.signer[3]), *odd)
    return of.made(signers=tlv(SET, tlv(SEQUENCE, *of.signer[:3], signed, *of.signer[4:])))


def number(of: Laborious, _content: bytes) -> bytes:
    """A version with a hundred thousand digits."""
    return of.made(signers=tlv(SET, tlv(SEQUENCE, tlv(INTEGER, b"\x7f" * 40_000), *of.signer[1:])))


def serial(of: Laborious, _content: bytes) -> bytes:
    """The certificate of a number with a million digits."""
    told, *rest = parts_of(parts_of(of.certificates)[0])
    fields, long = parts_of(told), tlv(INTEGER, b"\x7f" * 400_000)
    certificate = tlv(SEQUENCE, tlv(SEQUENCE, fields[0], long, *fields[2:]), *rest)
    signer = tlv(SEQUENCE, of.signer[0], tlv(SEQUENCE, parts_of(of.signer[1])[0], long), *of.signer[2:])
    return of.made(certificates=tlv(CERTIFICATES, certificate), signers=tlv(SET, signer))


def chunks(of: Laborious, _content: bytes) -> bytes:
    """Contents in boxes of no length within boxes of no length."""
    inside = (CONSTRUCTED + b"\x80") * 5000 + b"\x04\x01a" + bytes(2) * 5000
    told = tlv(SEQUENCE, parts_of(of.content)[0], tlv(CERTIFICATES, inside))
    signed = tlv(SEQUENCE, of.version, of.digests, told, of.certificates, tlv(SET, tlv(SEQUENCE, *of.signer)))
    return tlv(SEQUENCE, of.kind, tlv(CERTIFICATES, signed))


BOMBS: Mapping[str, Bomb] = {
    "tangled certificates": lambda _of, content: tangle(16).signature(content),
    "thousands of attributes": attributes,
    "a version of a hundred thousand digits": number,
    "a serial number of a million digits": serial,
    "an endless identifier": lambda of, _content: of.made(
        digests=tlv(SET, tlv(SEQUENCE, tlv(IDENTIFIER, b"\x81" * 9000)))
    ),
    "boxes within boxes": lambda _of, _content: b"\x30\x80" * 10_000 + bytes(20_000),
    "contents in boxes": chunks,
    "many certificates": lambda of, _content: of.made(
        certificates=tlv(CERTIFICATES, parts_of(of.certificates)[0] * 900)
    ),
}


def bombed(story: Story, page: TestResponse, bomb: Bomb) -> dict[str, object]:
    """What the signing panel of a page sends with such a signature."""
    content = content_to_sign(page)
    made = bomb(Laborious(story.pki.sign_cms("company_head", content)), content)
    return {**hidden(page), "signature": base64.b64encode(made).decode()}


@pytest.mark.law("R2.4", "R3.3")
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_the_doors_answer_a_laborious_signature_in_a_sentence_at_once(story: Story, bomb: Bomb) -> None:
    cabinet = Cabinet(story)
    seat, stranger = cabinet.seat("company_head"), cabinet.seat()
    draft = seat.ready()
    # A long number where nobody looks spoils no signature.
    status = 303 if bomb is number else 400
    for who, address in ((stranger, "/cabinet/sign-in"), (seat, f"{draft}/review")):
        sent, began = bombed(story, who.get(address), bomb), thread_time()
        answer = who.post(address, sent)
        assert thread_time() - began < 4
        assert answer.status_code == status, text(answer)
    if bomb is not number:
        assert stranger.sign_in_with("entrepreneur").status_code == 303
        assert seat.file(draft, "company_head").status_code == 303
    assert len(story.program.queries.cases().rows) == 1
    assert not list(audit(story.program))
