"""What of a complaint is another person's: of the holder of the permit who is heard on it (L73.1, L75.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from service.domain.case import Case, JournalEntry, Task
from service.domain.decisions import Hearing, IssuedDocument, SignatureRecord
from service.domain.minutes import HEARD_AT, Minutes, MinutesRemark
from service.domain.ports import UnitOfWork


@dataclass(frozen=True)
class OfHolder:
    """Positions, files, hearings and remarks of the holder by their keys, when the holder spoke and when it was noted.

    Who complained does not get them; of minutes only those that are not signed and sent. `signed` are the files under
    signatures of this case that are the holder's: what the first signer of such minutes has signed, and the letters to
    the holder. It stands empty for everybody else, and where no holder is heard.
    """

    positions: frozenset[int] = frozenset()
    files: frozenset[int | None] = frozenset()
    hearings: frozenset[int] = frozenset()
    spoken: frozenset[datetime] = frozenset()
    settled: frozenset[datetime | None] = frozenset()
    minutes: frozenset[int] = frozenset()
    signed: frozenset[str] = frozenset()
    remarks: frozenset[int] = frozenset()

    def answers(self, task: Task) -> bool:
        """Whether the answers to this task say how the holder was heard."""
        return task.element in HEARD_AT.values() and task.completed_at in self.settled

    def tells(self, line: JournalEntry) -> bool:
        """Whether a line of the journal tells of the holder."""
        own = line.role == "applicant" and line.at in self.spoken
        written_down = line.element in HEARD_AT.values() and line.at in self.settled
        return own or written_down or (line.action == "holder_invited" and bool(self.hearings))


def of_holder(uow: UnitOfWork, case: Case) -> OfHolder:
    """What in this case is of the holder of the permit that it contests."""
    said = [position for position in uow.cases.positions(case.id) if position.of_holder]
    heard = [hearing for hearing in uow.list(Hearing, case_id=case.id) if hearing.of_holder]
    hearings = frozenset(hearing.id for hearing in heard)
    drawn = [each for each in uow.list(Minutes, case_id=case.id) if each.hearing_id in hearings and not each.sent_at]
    remarks = [each for each in uow.list(MinutesRemark, case_id=case.id) if each.of_holder]
    return OfHolder(
        frozenset(position.id for position in said),
        frozenset(position.attachment_id for position in said if position.attachment_id is not None),
        hearings,
        frozenset(position.at for position in said) | frozenset(remark.at for remark in remarks),
        frozenset(hearing.settled_at for hearing in heard if hearing.settled_at is not None),
        frozenset(minutes.id for minutes in drawn),
        frozenset(minutes.first_sha256 for minutes in drawn if minutes.begun)
        | (given_up(uow, case) if hearings else frozenset())
        | _letters(uow, case),
        frozenset(remark.id for remark in remarks),
    )


def given_up(uow: UnitOfWork, case: Case) -> frozenset[str]:
    """The files of minutes that one of two had signed before the other left: another paper took their place (L74.1)."""
    signed = uow.list(SignatureRecord, case_id=case.id, purpose="hearing_minutes")
    used = {minutes.first_sha256 for minutes in uow.list(Minutes, case_id=case.id)}
    used |= {document.sha256 for document in uow.list(IssuedDocument, case_id=case.id)}
    return frozenset(record.content_sha256 for record in signed) - used


def _letters(uow: UnitOfWork, case: Case) -> frozenset[str]:
    """The files of letters that were signed in this case and stand in the case of somebody else."""
    found = set()
    for record in uow.list(SignatureRecord, case_id=case.id):
        for paper in uow.list(IssuedDocument, evidence_id=record.id):
            other = uow.get(Case, paper.case_id)
            if (other.bin, other.iin) != (case.bin, case.iin):
                found.add(record.content_sha256)
    return frozenset(found)
