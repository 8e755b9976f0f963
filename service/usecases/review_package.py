"""The way of the administrative case to the reviewing body: packed when it is sent, kept by its hash (R13.3, L69.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.appeal import Complaint
from service.domain.case import Case
from service.domain.channels import Message, NotDelivered, Trouble
from service.domain.errors import NotFound
from service.domain.people import SYSTEM, Actor
from service.usecases.case_package import build_package
from service.usecases.package_complaints import Reader
from service.usecases.services import Services


def send_package(services: Services, message: Message) -> Mapping[str, Any]:
    """Put the package into the in-tray of the reviewing body, which works in this program (R13.1).

    The step that forwards the complaint has left the message; this is repeated until it succeeds. Packed is the
    complaint and with it the contested case, where there is one, with the complaints that were decided on it before;
    the complaint keeps the hash.
    """
    if message.case_id is None or "complaint" not in message.payload:
        raise NotDelivered(Trouble.BAD_MESSAGE, "it names no complaint", temporary=False)
    with services.reading() as uow:
        uow.at_one_moment()
        complaint = uow.find(Complaint, case_id=message.case_id)
        if complaint is None:
            raise NotDelivered(Trouble.BAD_MESSAGE, "there is no such complaint", temporary=False)
        contested = [uow.get(Case, complaint.contested_case_id)] if complaint.contested_case_id else []
        of_complaint = uow.get(Case, complaint.case_id)
        package = build_package(services, uow, of_complaint, contested, reader=Reader.REVIEWING_BODY)
    sha256 = services.files.put(package.content, limit=None)
    with services.unit_of_work() as uow:
        case = uow.cases.lock(message.case_id)
        kept = uow.get(Complaint, complaint.id)
        if not kept.package_sha256:
            kept.package_sha256 = sha256
            uow.note(case, SYSTEM, "package_sent", sha256=sha256, name=package.name, size=len(package.content))
            uow.commit()
    return {"sha256": kept.package_sha256}


def fetch_sent_package(services: Services, actor: Actor, case_id: int) -> bytes:
    """The package as it was sent, byte for byte; that it was taken away is a line of the complaint's journal.

    `NotFound` before it was sent, and of a case that is no complaint.
    """
    with services.unit_of_work() as uow:
        complaint = uow.find(Complaint, case_id=case_id)
        if complaint is None or not complaint.package_sha256:
            raise NotFound(what="package")
        content = services.files.read(complaint.package_sha256)
        uow.note(uow.get(Case, case_id), actor, "package_fetched", sha256=complaint.package_sha256)
        uow.commit()
    return content
