"""What a time stamp proves, and what it does not."""

from datetime import timedelta

import pytest
from asn1crypto import cms as asn1

from service.domain.signatures import Reason, Requirement
from service.sandbox.personas import PERSONAS
from service.sandbox.pki import DevPki
from service.sandbox.signing import sign
from service.sandbox.stamping import StampingAuthority
from tests.adapters.signatures.wanted import PROPRIETOR, changed
from tests.sandbox.world import CONTENT, NOW, World


@pytest.mark.law("R2.4")
def test_a_signature_stamped_before_the_key_was_revoked_stays_valid(world: World) -> None:
    cms = world.pki.sign_cms("entrepreneur", CONTENT)
    serial = world.pki.certificate("entrepreneur").serial_number
    world.pki.revoke(serial, NOW + timedelta(days=1))
    try:
        world.now = NOW + timedelta(days=2)
        assert world.judge(cms, PROPRIETOR).valid
        later = world.pki.sign_cms("entrepreneur", CONTENT)
        assert world.judge(later, PROPRIETOR).reasons == (Reason.REVOKED,)
    finally:
        world.pki.reinstate(serial)


@pytest.mark.law("R2.4")
def test_a_signature_stamped_before_the_certificate_expired_stays_valid(world: World) -> None:
    holder = world.pki.issue(PERSONAS["entrepreneur"], not_after=NOW + timedelta(days=30))
    stamper = world.pki.stamping.at(lambda: NOW)
    stamped = sign(CONTENT, holder, at=NOW, stamper=stamper)
    unstamped = sign(CONTENT, holder, at=NOW)
    world.now = NOW + timedelta(days=365)
    assert world.judge(stamped, PROPRIETOR).valid
    assert Reason.EXPIRED in world.judge(unstamped, PROPRIETOR).reasons


@pytest.mark.law("R2.4")
def test_a_missing_stamp_is_refused_only_where_one_is_demanded(world: World) -> None:
    cms = world.pki.sign_cms("entrepreneur", CONTENT, with_tsa=False)
    assert world.judge(cms, PROPRIETOR).reasons == (Reason.TIMESTAMP,)
    assert world.judge(cms, Requirement.sign_in()).valid


@pytest.mark.law("R2.4")
def test_a_stamp_of_a_strangers_authority_counts_for_nothing(world: World, impostor: DevPki) -> None:
    holder = world.pki.holder("entrepreneur")
    cms = sign(CONTENT, holder, at=NOW, stamper=impostor.stamping.at(lambda: NOW))
    evidence = world.engine().verify_cms(cms, CONTENT)
    assert evidence.timestamp_present
    assert evidence.timestamp is None
    assert world.judge(cms, PROPRIETOR).reasons == (Reason.TIMESTAMP,)


@pytest.mark.law("R2.4")
def test_a_stamp_moved_from_another_signature_counts_for_nothing(world: World) -> None:
    donor = asn1.ContentInfo.load(world.pki.sign_cms("entrepreneur", b"another document"))

    def transplant(info: asn1.ContentInfo) -> None:
        stamps = donor["content"]["signer_infos"][0]["unsigned_attrs"]
        info["content"]["signer_infos"][0]["unsigned_attrs"] = stamps

    moved = changed(world.pki.sign_cms("entrepreneur", CONTENT), transplant)
    assert world.judge(moved, PROPRIETOR).reasons == (Reason.TIMESTAMP,)


@pytest.mark.law("R2.4")
def test_a_person_cannot_stamp_their_own_signature(world: World) -> None:
    holder = world.pki.holder("entrepreneur")
    own = StampingAuthority(holder, lambda: NOW)
    cms = sign(CONTENT, holder, at=NOW, stamper=own.at(lambda: NOW))
    assert world.judge(cms, PROPRIETOR).reasons == (Reason.TIMESTAMP,)


@pytest.mark.law("R2.4")
def test_a_stamp_from_the_future_is_refused(world: World) -> None:
    cms = world.pki.sign_cms("entrepreneur", CONTENT, at=NOW + timedelta(hours=1))
    assert world.judge(cms, PROPRIETOR).reasons == (Reason.TIMESTAMP,)
