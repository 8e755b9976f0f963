"""The words of the newest edition, for pages that belong to no case yet."""

from __future__ import annotations

from service.domain.deadlines import local
from service.domain.errors import NoEdition
from service.web.officer.door import program
from service.web.officer.reading import Words


def newest_words(process: str) -> Words:
    """How the newest edition calls things in one of its procedures. `NoEdition` before the first was deployed."""
    with program().reading() as uow:
        newest = uow.editions.newest()
        if newest is None:
            raise NoEdition(local(uow.now).date())
        return Words(program().editions.of(uow, newest.id, process))
