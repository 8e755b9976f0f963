"""The state register of persons who carry out the issue of secured digital assets (R11.1, R11.2)."""

from __future__ import annotations

from service.domain.case import Case, searched
from service.domain.decisions import RegisterEntry
from service.domain.document_data import document_from
from service.domain.documents import Permit
from service.domain.errors import NotLawful
from service.operations import SignedPaper, Work, operation
from service.operations.decisions import signed_paper


@operation()
def insert_permit(work: Work, case: Case, *, permit_number: str) -> None:
    """Enter the holder in the state register as the signed permit says, in the same transaction (R11.1, A3.2)."""
    permit = _said(signed_paper(work), permit_number)
    work.uow.add(
        RegisterEntry(
            case_id=case.id,
            number=permit_number,
            holder_name=permit.applicant.name,
            holder_kind=case.applicant_kind.value,
            iin=case.iin,
            bin=case.bin,
            platform=permit.platform,
            purpose=permit.purpose,
            address="; ".join(address.line for address in permit.addresses),
            issued_on=permit.issued_on,
            valid_until=permit.valid_until,
            search_name=searched(permit.applicant.name),
            round=case.rounds,
        )
    )
    work.note_own(case, "register_entered", number=permit_number)


def _said(paper: SignedPaper, number: str) -> Permit:
    """What the permit of this number says; `NotLawful` where the paper that was signed is another one."""
    permit = document_from(paper.content) if paper.content else None
    if not isinstance(permit, Permit) or permit.number != number:
        raise NotLawful("signature_missing", "R9.1")
    return permit
