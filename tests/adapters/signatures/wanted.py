"""Whose signature the tests want, and how one is changed."""

from asn1crypto import cms as asn1

from service.domain.signatures import Requirement
from service.sandbox.personas import COMPANY_BIN, PERSONAS

PROPRIETOR = Requirement.sole_proprietor(PERSONAS["entrepreneur"].iin)


COMPANY = Requirement.legal_entity(COMPANY_BIN)


def changed(cms: bytes, change: object) -> bytes:
    info = asn1.ContentInfo.load(cms)
    assert callable(change)
    change(info)
    encoded: bytes = info.dump()
    return encoded
