"""An officer puts a reminder or an escalation away; the case's journal keeps who did and when."""

from __future__ import annotations

from service.domain.case import Case
from service.domain.errors import Forbidden
from service.domain.messages import OfficerNote
from service.domain.people import Actor
from service.usecases.services import Services


def dismiss_note(services: Services, note_id: int, actor: Actor) -> None:
    """Mark a note as read; one that was read already stays as it is.

    `Forbidden` when the note is for another person or for a role that the actor does not hold.
    """
    with services.unit_of_work() as uow:
        note = uow.locked.one(OfficerNote, note_id)
        is_mine = note.officer_id == actor.officer_id if note.officer_id else note.role in actor.roles
        if not is_mine:
            raise Forbidden(what="note")
        actor = actor.acting_in(note.role)
        if note.read_at is None:
            note.read_at = uow.now
            case = uow.get(Case, note.case_id) if note.case_id is not None else None
            uow.note(case, actor, "note_dismissed", note.element, kind=note.kind)
            uow.commit()
