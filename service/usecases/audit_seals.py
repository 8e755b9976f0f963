"""Compares the seals with the journal: what was cut off or taken away whole is found here (L69.1)."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from service.domain.audited import Disagreement
from service.domain.canonical import canonical, digest
from service.domain.chain import GENESIS, OFFICE, Seal, seal_content, sealed_heads
from service.domain.ports import UnitOfWork
from service.usecases.seal_journal import unlisted
from service.usecases.services import Services

AT_ONCE = 20
_MOST = 2**63
"""No database holds the number of a case or a line beyond this."""


@contextmanager
def looking(services: Services) -> Iterator[UnitOfWork]:
    """Look at everything as it stands at one moment, whatever somebody has typed there."""
    with services.reading() as uow:
        uow.at_one_moment()
        uow.audit.as_found()
        yield uow


def seals_disagree(services: Services) -> Iterator[Disagreement]:
    """Check every seal's signature and place, that each end it names still stands, and that no end goes without one."""
    if lost := unlisted(services):
        yield Disagreement("", "seals", "seals_unlisted", lost)
    # Read before the seals are: of what is sealed meanwhile no more is asked than was so by now.
    with looking(services) as uow:
        marked = dict(uow.audit.marked_as_sealed())
    whole = True
    for found in _each_seal(services, marked):
        whole = False
        yield found
    if whole:  # else nobody knows what stood in a seal that is gone
        for chain, line in sorted(marked.items()):
            yield Disagreement("", "seals", _code(chain, "unsealed"), {"case": chain, "line": line})


def _each_seal(services: Services, marked: dict[int, object]) -> Iterator[Disagreement]:
    """Every seal in its turn; from `marked` goes each chain that a seal names as far as it is marked as sealed."""
    listed = iter(sorted(set(services.seals.hashes())))
    written = next(listed, None)
    key, number, previous = 0, 0, GENESIS
    while True:
        with looking(services) as uow:
            seals = uow.audit.seals(key, AT_ONCE)
            for seal in seals:
                key = seal.id
                if not isinstance(seal.number, int):
                    yield from _broken(seal, number)
                    continue
                while written is not None and written[0] < seal.number:
                    yield Disagreement("", "seals", "seal_gone", {"seal": written[0]})
                    written = next(listed, None)
                is_readable = _is_readable(seal)
                yield from _seal(services, seal, number + 1, previous) if is_readable else _broken(seal, number)
                while written is not None and written[0] == seal.number:
                    if written[1] != seal.hash:
                        yield Disagreement("", "seals", "seal_other", {"seal": seal.number})
                    written = next(listed, None)
                if is_readable:
                    yield from _ends(uow, seal, marked)
                number, previous = seal.number, seal.hash
        if not seals:
            break
    if written is not None:
        yield Disagreement("", "seals", "seal_gone", {"seal": written[0]})


def _is_readable(seal: Seal) -> bool:
    """Whether it says what a seal says; one that somebody has written over may hold anything."""
    texts = (seal.previous, seal.key_id, seal.hash, seal.signature)
    if not (isinstance(seal.at, datetime) and all(isinstance(each, str) for each in texts)):
        return False
    return isinstance(seal.heads, list) and all(_is_head(head) for head in seal.heads)


def _is_head(head: object) -> bool:
    match head:
        case [int(chain), int(length), str()]:
            return 0 <= chain < _MOST and 0 <= length < _MOST
    return False


def _broken(seal: Seal, before: int) -> Iterator[Disagreement]:
    yield Disagreement("", "seals", "seal_broken", {"seal": seal.number, "before": before})


def _seal(services: Services, seal: Seal, number: int, previous: str) -> Iterator[Disagreement]:
    content = seal_content(seal)
    if (seal.number, seal.previous, seal.hash) != (number, previous, digest(content)):
        yield from _broken(seal, number - 1)
    elif not services.system_key.verify(seal.key_id, canonical(content), _signature(seal)):
        yield Disagreement("", "seals", "seal_unsigned", {"seal": seal.number})


def _signature(seal: Seal) -> bytes:
    """The signature of a seal; empty for a text that is none."""
    try:
        return base64.b64decode(seal.signature)
    except ValueError:
        return b""


def _ends(uow: UnitOfWork, seal: Seal, marked: dict[int, object]) -> Iterator[Disagreement]:
    heads = sealed_heads(seal)
    standing = uow.audit.hashes([(head.chain, head.length) for head in heads.values()])
    for chain, head in heads.items():
        if isinstance(line := marked.get(chain), int) and line <= head.length:
            del marked[chain]
        found = standing.get((chain, head.length))
        if found == head.hash:
            continue
        code = "line_gone" if found is None else "line_other"
        place = {"line": head.length, "case": chain, "seal": seal.number}
        yield Disagreement("", "seals", _code(chain, code), place)


def _code(chain: int, code: str) -> str:
    return f"office_{code}" if chain == OFFICE else code
