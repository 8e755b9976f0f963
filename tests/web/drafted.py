"""What lies in the database of a draft that is filled in at the cabinet."""

from __future__ import annotations

from service.domain.case import Attachment, Draft
from tests.web.cabinet import Seat

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def draft_of(seat: Seat, address: str) -> Draft:
    """The draft as it is kept."""
    return seat.story.program.queries.draft(address.rsplit("/", 1)[-1])[0]


def files_of(seat: Seat, address: str) -> list[Attachment]:
    """The files of a draft."""
    return list(seat.story.program.queries.draft(address.rsplit("/", 1)[-1])[1])
