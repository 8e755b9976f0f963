"""The gateway of the "electronic government": what the state knows already is not asked of the applicant."""

from __future__ import annotations

from service.domain.case import ApplicantKind, Case, StateData
from service.domain.channels import COMPANY, ENTREPRENEUR, PERSON
from service.domain.messages import OutboxMessage
from service.operations import Work, operation


@operation()
def request_state_data(work: Work, case: Case) -> None:
    """Ask the state systems for the identity document and the registration of the applicant (R4.1).

    The requests leave after the commit and are repeated until answered; the answers are kept with the case.
    """
    questions: list[tuple[str, dict[str, str]]] = [(PERSON, {"iin": case.iin})]
    if case.applicant_kind is ApplicantKind.COMPANY:
        questions.append((COMPANY, {"bin": case.bin}))
    else:
        questions.append((ENTREPRENEUR, {"iin": case.iin}))
    for channel, payload in questions:
        work.uow.add(
            StateData(case.id, channel, work.now),
            OutboxMessage(f"{case.number}/{channel}", channel, payload, work.now, work.now, case.id),
        )
    work.note_own(case, "state_data_requested", sources=[channel for channel, _ in questions])
