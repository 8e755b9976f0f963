"""Who may sign: the applicant, the head of a company, the head of the ministry, and nobody else."""

import pytest

from service.domain.signatures import Reason, Requirement, SignerRole
from service.sandbox.personas import COMPANY_BIN
from tests.adapters.signatures.wanted import COMPANY, PROPRIETOR
from tests.sandbox.world import CONTENT, World


@pytest.mark.law("R3.3")
def test_the_signature_of_another_person_is_refused(world: World) -> None:
    judgement = world.judge(world.pki.sign_cms("person", CONTENT), PROPRIETOR)
    assert judgement.reasons == (Reason.IIN_MISMATCH,)


@pytest.mark.law("R1.1", "R3.3")
@pytest.mark.parametrize("persona", ["company_head", "company_signer"])
def test_the_head_and_one_with_the_right_to_sign_sign_for_their_company(world: World, persona: str) -> None:
    assert world.judge(world.pki.sign_cms(persona, CONTENT), COMPANY).valid


@pytest.mark.law("R1.1", "R3.3")
def test_an_employee_does_not_sign_for_the_company_though_the_key_bears_its_number(world: World) -> None:
    judgement = world.judge(world.pki.sign_cms("company_employee", CONTENT), COMPANY)
    assert judgement.reasons == (Reason.ROLE,)
    assert judgement.signer is not None
    assert judgement.signer.bin == COMPANY_BIN
    assert SignerRole.ORGANISATION in judgement.signer.roles


@pytest.mark.law("R3.3")
def test_the_head_of_another_company_is_refused(world: World) -> None:
    assert world.judge(world.pki.sign_cms("company2_head", CONTENT), COMPANY).reasons == (Reason.BIN_MISMATCH,)


@pytest.mark.law("R9.1")
@pytest.mark.parametrize("persona", ["ministry_head", "ministry_acting"])
def test_the_head_and_the_acting_head_sign_each_with_their_own_key(world: World, persona: str) -> None:
    cms = world.pki.sign_cms(persona, CONTENT)
    assert world.judge(cms, Requirement.officer(world.iin(persona))).valid
    assert world.judge(cms, Requirement.officer(world.iin("ministry_unit"))).reasons == (Reason.IIN_MISMATCH,)


@pytest.mark.law("R3.3")
def test_an_authentication_key_signs_nothing(world: World) -> None:
    cms = world.pki.sign_cms("entrepreneur", CONTENT, authentication=True)
    assert world.judge(cms, PROPRIETOR).reasons == (Reason.KEY_USAGE,)
