"""Seals the journal: the ends of all chains that have grown, signed by the system's key (L69.1)."""

from __future__ import annotations

import base64
import logging
from datetime import timedelta

from service.domain.canonical import canonical, digest
from service.domain.chain import GENESIS, Seal, as_rows, seal_content
from service.usecases.services import Services

log = logging.getLogger(__name__)

MOST_HEADS = 1000
"""How many ends one seal names; where more have grown, several seals follow each other."""

MOST_SEALS = 1000
SERIES = "seal"


def seal_journal(services: Services) -> int:
    """Seal every chain that has grown; how many seals were made.

    The last seal is also written beside the files, so that who can change the database only cannot take it away
    unseen.
    """
    made = 0
    while (seal := _seal(services)) is not None:
        made += 1
        log.info("seal %s over %s chains: %s", seal.number, len(seal.heads), seal.hash)
    with services.reading() as uow:
        services.seals.append(uow.chains.seals_after(services.seals.last_number(), MOST_SEALS))
    return made


def seal_when_due(services: Services) -> int:
    """The same, when the last seal is older than the setting allows."""
    with services.reading() as uow:
        last = uow.find(Seal)
        if last is not None and uow.now - last.at < timedelta(minutes=services.settings.seal_minutes):
            return 0
    return seal_journal(services)


def _seal(services: Services) -> Seal | None:
    with services.unit_of_work() as uow:
        # The counter's row keeps a second worker out until the commit.
        number = uow.next_number(SERIES, 0)
        heads = list(uow.chains.unsealed(MOST_HEADS))
        if not heads:
            return None
        last = uow.find(Seal)
        seal = Seal(number, uow.now, last.hash if last else GENESIS, as_rows(heads), services.system_key.key_id)
        content = seal_content(seal)
        seal.hash = digest(content)
        seal.signature = base64.b64encode(services.system_key.sign(canonical(content))).decode()
        uow.add(seal)
        uow.chains.seal(heads)
        uow.commit()
    return seal
