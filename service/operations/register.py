"""The state register of persons who carry out the issue of secured digital assets (R11.1, R11.2)."""

from __future__ import annotations

from service.domain.case import Case
from service.domain.deadlines import years_after
from service.domain.decisions import RegisterEntry
from service.domain.permit import address_line
from service.operations import Work, operation


@operation()
def insert_permit(work: Work, case: Case, *, permit_number: str) -> None:
    """Enter the holder in the state register, in the same transaction as the signed permit (R11.1, A3.2)."""
    addresses = case.fields.get("addresses") or []
    work.uow.add(
        RegisterEntry(
            case_id=case.id,
            number=permit_number,
            holder_name=case.applicant_name,
            holder_kind=case.applicant_kind.value,
            iin=case.iin,
            bin=case.bin,
            platform=str(case.fields["platform"]),
            purpose=str(case.fields["purpose"]),
            address="; ".join(address_line(address) for address in addresses),
            issued_on=work.today,
            valid_until=years_after(work.today, work.periods["permit_years"]),
            search_name=case.search_name,
            round=case.rounds,
        )
    )
    work.note(case, "register_entered", number=permit_number)
