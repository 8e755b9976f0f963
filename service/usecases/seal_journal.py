"""Seals the journal: the ends of all chains that have grown, signed by the system's key (L69.1)."""

from __future__ import annotations

import base64
import logging
from datetime import timedelta

from service.domain.canonical import canonical, digest
from service.domain.case import JournalEntry
from service.domain.chain import GENESIS, Seal, as_rows, lacking, seal_content
from service.domain.people import SYSTEM
from service.usecases.services import Services

log = logging.getLogger(__name__)

MOST_HEADS = 1000
"""How many ends one seal names; where more have grown, several seals follow each other."""

SERIES = "seal"


def seal_journal(services: Services) -> int:
    """Seal every chain that has grown; how many seals were made.

    Each seal is also written beside the files, so that who can change the database only cannot take it away unseen.
    What that list has lost is told, and stays lost until a person puts it back.
    """
    _tell_losses(services)
    made = 0
    while (seal := _seal(services)) is not None:
        made += 1
        log.info("seal %s over %s chains: %s", seal.number, len(seal.heads), seal.hash)
    return made


def seal_when_due(services: Services) -> int:
    """The same, when the last seal is older than the setting allows and something has grown since."""
    with services.reading() as uow:
        last = uow.find(Seal)
        if last is not None and uow.now - last.at < timedelta(minutes=services.settings.seal_minutes):
            return 0
        if not uow.chains.have_grown():
            return 0
    return seal_journal(services)


def _seal(services: Services) -> Seal | None:
    with services.unit_of_work() as uow:
        # The counter's row keeps a second worker out until the commit.
        number = uow.next_number(SERIES, 0)
        last = uow.find(Seal)
        if last:
            # No seal before the one before it stands in the list: a power cut keeps the last one out, and no other.
            services.seals.append([last])
        heads = list(uow.chains.unsealed(MOST_HEADS))
        if not heads:
            return None
        seal = Seal(number, uow.now, last.hash if last else GENESIS, as_rows(heads), services.system_key.key_id)
        content = seal_content(seal)
        seal.hash = digest(content)
        seal.signature = base64.b64encode(services.system_key.sign(canonical(content))).decode()
        uow.add(seal)
        uow.chains.seal(heads)
        uow.commit()
    return seal


def unlisted(services: Services) -> dict[str, int]:
    """How many seals the list beside the files has lost, the first and the last of them; empty where it has lost none.

    The database is asked first: what it holds by then was written down before, also while others seal. Its last seal
    may still be on its way.
    """
    with services.reading() as uow:
        last = uow.audit.last_seal()
    return lacking((number for number, _hash in services.seals.hashes()), last)


def _tell_losses(services: Services) -> None:
    """Say each time in the log, and once in the journal, what the list of the seals has lost."""
    lost = unlisted(services)
    if not lost:
        return
    log.error("seals.jsonl has lost seals (%(number)s, from %(first)s to %(last)s): put a copy of it back", lost)
    with services.unit_of_work() as uow:
        said = uow.find(JournalEntry, case_id=None, action="seals_unlisted")
        if said is None or said.details != lost:
            uow.note(None, SYSTEM, "seals_unlisted", **lost)
            uow.commit()
