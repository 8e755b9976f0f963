"""What the procedure demands of a signature, whatever engine looked into it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.signatures import (
    CLOCK_TOLERANCE,
    Evidence,
    KeyUse,
    Reason,
    Requirement,
    SignatureTextError,
    Signer,
    SignerRole,
    Verdict,
    cms_from_text,
    judge,
)

NOW = datetime(2026, 4, 7, 9, 0, tzinfo=UTC)
IIN, OTHER_IIN = "850615300129", "790215300458"
BIN, OTHER_BIN = "150340001236", "190940999015"
YEAR = timedelta(days=365)

PROPRIETOR = Signer(
    iin=IIN,
    bin="",
    surname="ӨТІНУШІ",
    common_name="ӨТІНУШІ ҮЛГІ",
    patronymic="СЫНАҚҰЛЫ",
    organisation="",
    roles=frozenset({SignerRole.PERSON}),
    use=KeyUse.SIGN,
    serial="1f",
    issuer="ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ",
    valid_from=NOW - YEAR,
    valid_until=NOW + YEAR,
)
SOUND = Evidence(
    signer=PROPRIETOR,
    signer_count=1,
    content_matches=True,
    digest_ok=True,
    signature_ok=True,
    chain_ok=True,
    revocation="good",
    revocation_source="ocsp",
    revocation_at=NOW,
    revoked_at=None,
    timestamp=NOW,
    timestamp_present=True,
    timestamp_revocation="good",
    problems=(),
    engine="test",
    cms=b"",
    content_sha256="",
    certificates=(),
    ocsp=(),
    test=False,
)
FILING = Requirement.sole_proprietor(IIN)


def of_company(role: SignerRole) -> Evidence:
    roles = frozenset({SignerRole.ORGANISATION, role})
    return replace(SOUND, signer=replace(PROPRIETOR, bin=BIN, organisation="Үлгі", roles=roles))


def reasons(evidence: Evidence, requirement: Requirement = FILING) -> set[Reason]:
    return set(judge(evidence, requirement, now=NOW).reasons)


@pytest.mark.law("R2.4", "R3.3")
def test_a_sole_proprietors_sound_signature_is_valid() -> None:
    judgement = judge(SOUND, FILING, now=NOW)
    assert judgement.valid
    assert judgement.reasons == ()
    assert judgement.signer == PROPRIETOR
    assert judgement.signed_at == NOW


@pytest.mark.law("R2.4", "R3.3")
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"signer_count": 0}, Reason.SIGNER_COUNT),
        ({"signer_count": 2}, Reason.SIGNER_COUNT),
        ({"signer_count": 0, "problems": ("format", "ValueError")}, Reason.FORMAT),
        ({"signer": None}, Reason.CERTIFICATE),
        ({"content_matches": False}, Reason.CONTENT),
        ({"digest_ok": False}, Reason.CONTENT),
        ({"signature_ok": False, "chain_ok": False}, Reason.SIGNATURE),
        ({"chain_ok": False}, Reason.CHAIN),
        ({"revocation": "revoked"}, Reason.REVOKED),
        ({"timestamp": None}, Reason.TIMESTAMP),
        ({"timestamp": None, "timestamp_present": False}, Reason.TIMESTAMP),
        ({"timestamp_revocation": "revoked"}, Reason.TIMESTAMP),
        ({"timestamp": NOW + CLOCK_TOLERANCE + timedelta(seconds=1)}, Reason.TIMESTAMP),
    ],
)
def test_what_speaks_against_a_signature_makes_it_invalid(change: dict[str, object], reason: Reason) -> None:
    judgement = judge(replace(SOUND, **change), FILING, now=NOW)  # type: ignore[arg-type] # a table of changes
    assert judgement.verdict is Verdict.INVALID
    assert judgement.reasons == (reason,)


@pytest.mark.law("R3.3")
def test_another_persons_signature_is_refused() -> None:
    assert reasons(SOUND, Requirement.sole_proprietor(OTHER_IIN)) == {Reason.IIN_MISMATCH}


@pytest.mark.law("R3.3")
def test_a_key_for_authentication_signs_nothing() -> None:
    for use in (KeyUse.AUTH, KeyUse.UNKNOWN):
        assert reasons(replace(SOUND, signer=replace(PROPRIETOR, use=use))) == {Reason.KEY_USAGE}


@pytest.mark.law("R1.1", "R3.3")
@pytest.mark.parametrize("role", [SignerRole.HEAD, SignerRole.CAN_SIGN])
def test_a_head_and_one_with_the_right_to_sign_may_sign_for_a_company(role: SignerRole) -> None:
    assert judge(of_company(role), Requirement.legal_entity(BIN), now=NOW).valid
    assert judge(of_company(role), Requirement.sign_in(), now=NOW).valid


@pytest.mark.law("R1.1", "R3.3")
@pytest.mark.parametrize("role", [SignerRole.EMPLOYEE, SignerRole.HR, SignerRole.CAN_SIGN_FINANCIAL])
def test_other_keys_of_a_company_may_not_though_they_bear_its_number(role: SignerRole) -> None:
    assert reasons(of_company(role), Requirement.legal_entity(BIN)) == {Reason.ROLE}
    assert reasons(of_company(role), Requirement.sign_in()) == {Reason.ROLE}


@pytest.mark.law("R3.3")
def test_a_head_of_another_company_is_refused() -> None:
    assert reasons(of_company(SignerRole.HEAD), Requirement.legal_entity(OTHER_BIN)) == {Reason.BIN_MISMATCH}


@pytest.mark.law("R3.3")
def test_a_company_may_demand_the_person_who_signed_in() -> None:
    demanded = Requirement.legal_entity(BIN, OTHER_IIN)
    assert reasons(of_company(SignerRole.HEAD), demanded) == {Reason.IIN_MISMATCH}


@pytest.mark.law("R3.3")
def test_a_personal_key_does_not_sign_for_a_company() -> None:
    assert reasons(SOUND, Requirement.legal_entity(BIN)) == {Reason.ROLE, Reason.BIN_MISMATCH}


@pytest.mark.law("R3.3")
def test_a_companys_key_does_not_sign_for_its_head_as_a_proprietor() -> None:
    assert reasons(of_company(SignerRole.HEAD)) == {Reason.ROLE}


@pytest.mark.law("R9.1")
@pytest.mark.parametrize("role", [SignerRole.HEAD, SignerRole.CAN_SIGN, SignerRole.EMPLOYEE])
def test_an_officer_signs_with_the_key_of_the_own_body(role: SignerRole) -> None:
    assert judge(of_company(role), Requirement.officer(IIN, BIN), now=NOW).valid
    assert judge(of_company(role), Requirement.officer(IIN), now=NOW).valid
    assert reasons(of_company(role), Requirement.officer(OTHER_IIN, BIN)) == {Reason.IIN_MISMATCH}
    assert reasons(of_company(role), Requirement.officer(IIN, OTHER_BIN)) == {Reason.BIN_MISMATCH}


@pytest.mark.law("R9.1")
def test_a_personal_key_or_one_that_names_the_organisation_alone_is_no_officers_key() -> None:
    assert reasons(SOUND, Requirement.officer(IIN, BIN)) == {Reason.ROLE, Reason.BIN_MISMATCH}
    assert reasons(of_company(SignerRole.ORGANISATION), Requirement.officer(IIN, BIN)) == {Reason.ROLE}
    assert reasons(of_company(SignerRole.HR), Requirement.officer(IIN, BIN)) == {Reason.ROLE}


@pytest.mark.law("R3.3")
def test_an_expired_certificate_is_refused_unless_the_stamp_is_from_before() -> None:
    expired = replace(PROPRIETOR, valid_until=NOW - timedelta(days=1))
    unstamped = replace(SOUND, signer=expired, timestamp=None, timestamp_present=False)
    assert reasons(unstamped, replace(FILING, timestamp=False)) == {Reason.EXPIRED}
    assert reasons(replace(SOUND, signer=expired)) == {Reason.EXPIRED}
    assert reasons(replace(SOUND, signer=expired, timestamp=NOW - timedelta(days=2))) == set()


@pytest.mark.law("R3.3")
def test_a_certificate_from_tomorrow_is_refused() -> None:
    assert reasons(replace(SOUND, signer=replace(PROPRIETOR, valid_from=NOW + timedelta(days=1)))) == {
        Reason.NOT_YET_VALID
    }


@pytest.mark.law("R2.4", "R3.3")
def test_a_key_revoked_after_the_stamp_had_signed_validly() -> None:
    stamped = replace(SOUND, revocation="revoked", timestamp=NOW - timedelta(days=2))
    assert reasons(replace(stamped, revoked_at=NOW - timedelta(days=1))) == set()
    assert reasons(replace(stamped, revoked_at=NOW - timedelta(days=3))) == {Reason.REVOKED}
    unstamped = replace(stamped, timestamp=None, timestamp_present=False, revoked_at=NOW - timedelta(days=1))
    assert reasons(unstamped, replace(FILING, timestamp=False)) == {Reason.REVOKED}


@pytest.mark.law("R2.4")
def test_a_stamp_is_not_missed_where_none_is_demanded_but_a_broken_one_is_not_overlooked() -> None:
    without = replace(SOUND, timestamp=None, timestamp_present=False, timestamp_revocation="unknown")
    assert reasons(without, Requirement.sign_in()) == set()
    assert reasons(replace(without, timestamp_present=True), Requirement.sign_in()) == {Reason.TIMESTAMP}


@pytest.mark.law("R2.4")
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"revocation": "unknown"}, Reason.REVOCATION_UNKNOWN),
        ({"timestamp_revocation": "unknown"}, Reason.TIMESTAMP_UNKNOWN),
    ],
)
def test_what_is_not_known_leaves_a_signature_unchecked_and_never_invalid(
    change: dict[str, object], reason: Reason
) -> None:
    judgement = judge(replace(SOUND, **change), FILING, now=NOW)  # type: ignore[arg-type] # a table of changes
    assert judgement.verdict is Verdict.UNCHECKED
    assert judgement.reasons == (reason,)
    assert not judgement.valid


@pytest.mark.law("R2.4")
def test_a_signature_of_a_kind_that_cannot_be_computed_is_unchecked_but_still_the_signers_own() -> None:
    strange = replace(SOUND, algorithm_known=False, digest_ok=False, signature_ok=False, content_matches=False)
    judgement = judge(strange, FILING, now=NOW)
    assert judgement.verdict is Verdict.UNCHECKED
    assert judgement.reasons == (Reason.ALGORITHM,)
    assert reasons(strange, Requirement.sole_proprietor(OTHER_IIN)) == {Reason.IIN_MISMATCH}


@pytest.mark.law("R2.4", "R3.3")
def test_a_strangers_signature_is_invalid_even_while_revocation_is_unknown() -> None:
    judgement = judge(replace(SOUND, revocation="unknown"), Requirement.sole_proprietor(OTHER_IIN), now=NOW)
    assert judgement.verdict is Verdict.INVALID


@pytest.mark.parametrize(
    "text", ["c2lnbmF0dXJl", "c2ln\r\nbmF0dXJl\n", "-----BEGIN CMS-----\nc2lnbmF0dXJl\n-----END CMS-----\n"]
)
def test_a_signature_comes_as_base64_with_or_without_armour(text: str) -> None:
    assert cms_from_text(text) == b"signature"


@pytest.mark.parametrize("text", ["", "  ", "қолтаңба", "c2ln*mF0dXJl", "abc"])
def test_what_is_not_base64_is_named(text: str) -> None:
    with pytest.raises(SignatureTextError) as refused:
        cms_from_text(text)
    assert refused.value.code == "signature_text"
