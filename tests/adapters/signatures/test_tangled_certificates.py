"""A search for a chain among certificates of one name would take hours: it is not begun (R2.4, R3.3)."""

from __future__ import annotations

from time import thread_time

import pytest

from service.adapters.signatures import are_laborious, build_engine
from service.bootstrap import offline
from service.settings import Settings
from tests.adapters.signatures.tangled import Tangle, tangle
from tests.adapters.signatures.test_laborious_signatures import (
    CERTIFICATES,
    SEQUENCE,
    SET,
    UNSIGNED,
    Laborious,
    parts_of,
    tlv,
)
from tests.sandbox.world import CONTENT, NOW, World

RINGS = {
    "one name": tangle(16),
    "few of one name": tangle(7),
    "two names": tangle(16, ("А", "Ә")),
    "five names": tangle(15, ("А", "Ә", "Б", "В", "Г")),
}


@pytest.mark.law("R2.4", "R3.3")
@pytest.mark.parametrize("ring", RINGS.values(), ids=RINGS)
def test_a_signature_with_tangled_certificates_is_put_away_at_once(world: World, ring: Tangle) -> None:
    made = ring.signature(CONTENT)
    assert len(made) < 8000
    engine, began = world.engine(), thread_time()
    evidence = engine.verify_cms(made, CONTENT)
    assert thread_time() - began < 0.5
    assert (evidence.signature_ok, evidence.problems) == (False, ("format", "too_many_certificates"))
    assert engine.verify_cms(world.pki.sign_cms("entrepreneur", CONTENT), CONTENT).chain_ok


@pytest.mark.law("R2.4", "R3.3")
@pytest.mark.parametrize("ring", [tangle(2), tangle(6), tangle(16, tuple("АӘБВГҒДЕ"))])
def test_a_few_namesakes_are_searched(world: World, ring: Tangle) -> None:
    engine, began = world.engine(), thread_time()
    evidence = engine.verify_cms(ring.signature(CONTENT), CONTENT)
    assert thread_time() - began < 1
    assert (evidence.signature_ok, evidence.chain_ok, evidence.problems) == (True, False, ())


@pytest.mark.law("R2.4", "R3.3")
def test_namesakes_of_our_own_issuers_count_too_and_those_sent_along_do_not(world: World) -> None:
    ours, strange = tangle(6), tangle(8)
    engine = build_engine(world.pki.roots, [*world.pki.intermediates, *ours.certificates], now=lambda: NOW, fetch=False)
    began = thread_time()
    few = Tangle(strange.certificates[:2], strange.key)
    assert engine.verify_cms(few.signature(CONTENT), CONTENT).problems == ("format", "too_many_certificates")
    assert engine.verify_cms(ours.signature(CONTENT), CONTENT).problems == ()
    assert thread_time() - began < 1


@pytest.mark.law("R2.4", "D20")
def test_a_stamp_with_tangled_certificates_is_no_stamp(world: World) -> None:
    sound = Laborious(world.pki.sign_cms("entrepreneur", CONTENT))
    kind, tokens = parts_of(parts_of(sound.signer[-1])[0])
    told, explicit = parts_of(parts_of(tokens)[0])
    signed = parts_of(parts_of(explicit)[0])
    place = next(number for number, part in enumerate(signed) if part[:1] == CERTIFICATES)
    signed[place] = tlv(CERTIFICATES, *parts_of(signed[place]), *tangle(12).certificates)
    token = tlv(SEQUENCE, told, tlv(CERTIFICATES, tlv(SEQUENCE, *signed)))
    stamp = tlv(UNSIGNED, tlv(SEQUENCE, kind, tlv(SET, token)))
    made = sound.made(signers=tlv(SET, tlv(SEQUENCE, *sound.signer[:-1], stamp)))
    began = thread_time()
    evidence = world.engine().verify_cms(made, CONTENT)
    assert thread_time() - began < 0.5
    assert (evidence.signature_ok, evidence.timestamp_present, evidence.timestamp) == (True, True, None)


@pytest.mark.law("L69.1", "R2.4")
def test_a_package_with_tangled_certificates_is_not_searched(world: World) -> None:
    assert are_laborious(tangle(7).certificates)
    assert are_laborious([bytes([number % 256, number // 256]) for number in range(600)])
    assert not are_laborious([*tangle(6).certificates, *tangle(6).certificates, *world.pki.roots])
    with pytest.raises(ValueError, match="certificates"):
        offline(Settings()).engine_for(tangle(7).certificates, NOW)
