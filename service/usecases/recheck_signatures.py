"""Signatures that could not be checked when an application was filed: looked at again until there is a verdict (U9)."""

from __future__ import annotations

import logging
from datetime import timedelta

from service.domain.case import APPEAL, Case, CaseState
from service.domain.deadlines import registered_on
from service.domain.decisions import SignatureRecord
from service.domain.messages import OfficerNote
from service.domain.people import SYSTEM
from service.domain.ports import UnitOfWork
from service.domain.signatures import Evidence, Reason, Requirement, Verdict, judge
from service.usecases.evidence import record
from service.usecases.moves import Move
from service.usecases.services import Services

log = logging.getLogger(__name__)

PAUSE = timedelta(minutes=1)
SIGNATURE_CHECKED = "message_signature_checked"
"""Where a case waits whose signature could not be checked yet."""


def recheck_signatures(services: Services) -> int:
    """Check again what waits; how many cases went on. One that cannot be looked at never stops the others."""
    with services.reading() as uow:
        waiting = uow.signatures.unchecked(uow.now - PAUSE)
    moved = 0
    for record_id in waiting:
        try:
            moved += _recheck(services, record_id)
        except Exception:  # the others wait for their verdicts, too
            log.exception("signature %s could not be looked at", record_id)
    return moved


def _recheck(services: Services, record_id: int) -> bool:
    """Whether there is a verdict now; it moves the case by its message."""
    with services.reading() as uow:
        kept = uow.get(SignatureRecord, record_id)
        case = uow.get(Case, kept.case_id)
    evidence = services.signatures.verify_cms(kept.cms, case.manifest, at=kept.signed_at)
    now = services.clock.now()
    judgement = judge(evidence, Requirement.applicant(case.iin, case.bin), now=now)
    with services.unit_of_work() as uow:
        case, kept = uow.cases.lock(case.id), uow.get(SignatureRecord, record_id)
        if kept.verdict != Verdict.UNCHECKED:
            return False
        kept.checked_at = now
        decided = judgement.verdict is not Verdict.UNCHECKED
        if decided and _trusts_otherwise(kept, evidence):
            # Nobody is refused because a process was set up wrongly: it waits for one that knows the root.
            log.error("signature %s led to a trusted root and does not here: is RUQSAT_TRUST the same?", record_id)
            decided = False
        if decided:
            _decide(services, uow, case, kept, record(evidence, judgement, kept.purpose, now, case.manifest))
        uow.commit()
        return decided


def _trusts_otherwise(kept: SignatureRecord, evidence: Evidence) -> bool:
    """Whether certificates, of the signer or of the stamp, led to a trusted root when it was recorded and do not here.

    What was of a kind that cannot be checked was not followed to its root then; an authority may be revoked since.
    """
    led_to_a_root = (evidence.chain_ok or "ca_revoked" in evidence.problems) and evidence.timestamp is not None
    return Reason.ALGORITHM not in kept.reasons and evidence.signature_ok and not led_to_a_root


def _decide(services: Services, uow: UnitOfWork, case: Case, kept: SignatureRecord, fresh: SignatureRecord) -> None:
    kept.verdict, kept.reasons, kept.ocsp = fresh.verdict, fresh.reasons, fresh.ocsp
    uow.note(case, SYSTEM, "signature_checked", verdict=fresh.verdict, reasons=fresh.reasons)
    if case.procedure == APPEAL:
        if fresh.verdict == Verdict.INVALID:
            # The complaint stays accepted (L64.1): people decide what an invalid signature means for it.
            uow.add(OfficerNote(case.id, "signature", uow.now, "start_complaint", role="chancellery"))
    elif case.state is CaseState.OPEN:
        # What comes after the closing is looked at on the next working day, as an application is (D24).
        checked_on = registered_on(services.calendar, uow.now).isoformat()
        said = {"signature": fresh.verdict, "signature_checked_on": checked_on}
        Move(services, uow, case, SYSTEM).receive(SIGNATURE_CHECKED, said)
