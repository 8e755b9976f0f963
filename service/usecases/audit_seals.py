"""Compares the seals with the journal: what was cut off or taken away whole is found here (L69.1)."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from service.domain.audited import Disagreement
from service.domain.canonical import canonical, digest
from service.domain.chain import GENESIS, OFFICE, Seal, seal_content, sealed_heads
from service.domain.ports import UnitOfWork
from service.usecases.services import Services

AT_ONCE = 20


def seals_disagree(services: Services) -> Iterator[Disagreement]:
    """Check every seal's signature and place, then that each end it names still stands where it stood."""
    listed = iter(sorted(services.seals.hashes()))
    written = next(listed, None)
    number, previous = 0, GENESIS
    while True:
        with services.reading() as uow:
            seals = uow.chains.seals_after(number, AT_ONCE)
            for seal in seals:
                while written is not None and written[0] < seal.number:
                    yield Disagreement("", "seals", "seal_gone", {"seal": written[0]})
                    written = next(listed, None)
                yield from _seal(services, seal, number + 1, previous)
                if written is not None and written[0] == seal.number:
                    if written[1] != seal.hash:
                        yield Disagreement("", "seals", "seal_other", {"seal": seal.number})
                    written = next(listed, None)
                yield from _ends(uow, seal)
                number, previous = seal.number, seal.hash
        if not seals:
            break
    if written is not None:
        yield Disagreement("", "seals", "seal_gone", {"seal": written[0]})


def _seal(services: Services, seal: Seal, number: int, previous: str) -> Iterator[Disagreement]:
    content = seal_content(seal)
    if (seal.number, seal.previous, seal.hash) != (number, previous, digest(content)):
        yield Disagreement("", "seals", "seal_broken", {"seal": seal.number, "before": number - 1})
    elif not services.system_key.verify(seal.key_id, canonical(content), base64.b64decode(seal.signature)):
        yield Disagreement("", "seals", "seal_unsigned", {"seal": seal.number})


def _ends(uow: UnitOfWork, seal: Seal) -> Iterator[Disagreement]:
    heads = sealed_heads(seal)
    standing = uow.audit.hashes([(head.chain, head.length) for head in heads.values()])
    for chain, head in heads.items():
        found = standing.get((chain, head.length))
        if found == head.hash:
            continue
        whose, code = "office_" if chain == OFFICE else "", "line_gone" if found is None else "line_other"
        place = {"line": head.length, "case": chain, "seal": seal.number}
        yield Disagreement("", "seals", f"{whose}{code}", place)
