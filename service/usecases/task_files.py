"""Papers that an officer adds to a task, such as the document behind an exemption from the hearing (L73.2)."""

from __future__ import annotations

from service.domain.case import OF_TASK, Attachment
from service.domain.errors import Forbidden, InvalidAnswers
from service.domain.files import MAX_TOTAL_BYTES, FileRefused, clean_file_name
from service.domain.forms import Problem
from service.domain.people import Actor
from service.domain.rounds import of_this_round
from service.usecases.editions import LoadedEdition
from service.usecases.services import Services
from service.usecases.tasks import task_to_do

PURPOSE = OF_TASK
"""Attachments of this purpose come from the office, not from the applicant."""


def add_task_file(services: Services, task_id: int, actor: Actor, field: str, name: str, content: bytes) -> Attachment:
    """Keep a file for a field of an open task's form; its type is told by its content.

    Raises `FileRefused`, `InvalidAnswers` for a field that the form does not have, `Forbidden`, `TaskClosed`.
    """
    kind = services.content_types.recognise(content)
    sha256 = services.files.put(content)
    with services.unit_of_work() as uow:
        case, task, _ = task_to_do(uow, task_id, actor)
        actor = actor.acting_in(task.role)
        if field not in file_fields(services.editions.of_case(uow, case), task.element):
            raise InvalidAnswers(errors={field: Problem("unknown")})
        ours = [file for file in uow.cases.attachments(case.id) if file.purpose == PURPOSE]
        if sum(file.size for file in ours) + len(content) > MAX_TOTAL_BYTES:
            raise FileRefused("too_large_together", limit=MAX_TOTAL_BYTES)
        file = Attachment(field, clean_file_name(name, kind), sha256, len(content), kind.media_type, uow.now)
        file.case_id, file.purpose = case.id, PURPOSE
        uow.add(file)
        uow.note(case, actor, "task_file_added", task.element, name=file.name, sha256=sha256)
        uow.commit()
        return file


def remove_task_file(services: Services, task_id: int, actor: Actor, attachment_id: int) -> None:
    """Take a file off an open task; its bytes stay in the store and its hash in the journal.

    `Forbidden` for a file of another task, and for one of an earlier round of the case, on which a decision rests.
    """
    with services.unit_of_work() as uow:
        case, task, _ = task_to_do(uow, task_id, actor)
        actor = actor.acting_in(task.role)
        file = uow.get(Attachment, attachment_id)
        wanted = file_fields(services.editions.of_case(uow, case), task.element)
        ours = file.case_id == case.id and file.purpose == PURPOSE and file.kind in wanted
        if not ours or not of_this_round(file, uow.cases.journal(case.id)):
            raise Forbidden(what="attachment")
        uow.note(case, actor, "task_file_removed", task.element, name=file.name, sha256=file.sha256)
        uow.remove(file)
        uow.commit()


def file_fields(edition: LoadedEdition, element: str) -> tuple[str, ...]:
    """The fields of a task's form that ask for a file."""
    form = edition.form(edition.catalogue.element(element).form)
    return tuple(asked.key for asked in form.walk() if asked.type == "filepicker")
