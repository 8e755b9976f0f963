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
                    yield Disagreement("", "seals", f"seal {written[0]} is gone from the database")
                    written = next(listed, None)
                yield from _seal(services, seal, number + 1, previous)
                if written is not None and written[0] == seal.number:
                    if written[1] != seal.hash:
                        yield Disagreement("", "seals", f"seal {seal.number} is not the one that was written down")
                    written = next(listed, None)
                yield from _ends(uow, seal)
                number, previous = seal.number, seal.hash
        if not seals:
            break
    if written is not None:
        yield Disagreement("", "seals", f"seal {written[0]} is gone from the database")


def _seal(services: Services, seal: Seal, number: int, previous: str) -> Iterator[Disagreement]:
    content = seal_content(seal)
    if (seal.number, seal.previous, seal.hash) != (number, previous, digest(content)):
        yield Disagreement("", "seals", f"seal {seal.number} does not continue seal {number - 1}")
    elif not services.system_key.verify(seal.key_id, canonical(content), base64.b64decode(seal.signature)):
        yield Disagreement("", "seals", f"seal {seal.number} is not signed by a key of ours")


def _ends(uow: UnitOfWork, seal: Seal) -> Iterator[Disagreement]:
    heads = sealed_heads(seal)
    standing = uow.audit.hashes([(head.chain, head.length) for head in heads.values()])
    for chain, head in heads.items():
        found = standing.get((chain, head.length))
        whose = "the office" if chain == OFFICE else f"the case with the key {chain}"
        if found is None:
            detail = f"line {head.length} of {whose} is gone; seal {seal.number} has it"
            yield Disagreement("", "seals", detail)
        elif found != head.hash:
            detail = f"line {head.length} of {whose} is another than in seal {seal.number}"
            yield Disagreement("", "seals", detail)
