"""The applicant enters the cabinet by signing a challenge; there is no password (R1.1, R2.4)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import timedelta

from service.domain.decisions import SIGN_IN
from service.domain.errors import SignatureRefused
from service.domain.messages import Challenge
from service.domain.people import Actor, Applicant
from service.domain.signatures import Requirement
from service.usecases.evidence import verified
from service.usecases.services import Services

GOOD_FOR = timedelta(minutes=10)
"""How long a challenge may be signed."""


def new_challenge(services: Services) -> tuple[str, bytes]:
    """A nonce and the text to be signed; it names its purpose, so that it can be mistaken for nothing else."""
    with services.unit_of_work() as uow:
        # Everybody may ask for one: those that nobody can sign any more would only pile up.
        uow.challenges.forget(uow.now - 2 * GOOD_FOR)
        challenge = Challenge(secrets.token_hex(24), uow.now)
        uow.add(challenge)
        uow.commit()
        return challenge.nonce, challenge_text(services, challenge.nonce)


def challenge_text(services: Services, nonce: str) -> bytes:
    """The text of a challenge."""
    content = {"purpose": "sign-in", "service": "ruqsat", "address": services.settings.address, "nonce": nonce}
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def sign_in_applicant(services: Services, nonce: str, cms: bytes) -> Applicant:
    """Who signed the challenge: a person, or a legal entity's head or right-to-sign holder (R1.1).

    A challenge serves once and for ten minutes. `SignatureRefused` with its reasons; `SignatureUnchecked` when the
    state of the certificate cannot be learned now.
    """
    with services.unit_of_work() as uow:
        is_good = uow.challenges.take(nonce, uow.now - GOOD_FOR, uow.now)
        uow.commit()
    try:
        if not is_good:
            raise SignatureRefused(reasons=["challenge"])
        evidence = verified(services, cms, challenge_text(services, nonce), Requirement.sign_in(), purpose=SIGN_IN)
    except SignatureRefused as refused:
        record_refused_sign_in(services, refused.data["reasons"])
        raise
    with services.unit_of_work() as uow:
        uow.add(evidence)
        uow.note(None, Actor(evidence.signer_name, "applicant", iin=evidence.signer_iin), "applicant_signed_in")
        uow.commit()
    return Applicant(evidence.signer_iin, evidence.signer_bin, evidence.signer_name, evidence.signer_organisation)


def record_refused_sign_in(services: Services, reasons: Sequence[str]) -> None:
    """Write down in the journal that somebody was not let into the cabinet, and why (L69.1)."""
    with services.unit_of_work() as uow:
        uow.note(None, Actor("", "unknown"), "sign_in_refused", reasons=list(reasons))
        uow.commit()
