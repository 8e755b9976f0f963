"""The person at the signing program: which key is in hand, and the signature made with it.

A request that names an IIN or BIN picks the key itself; otherwise the persona chosen before does:

    {"module": "ruqsat.sandbox", "method": "personas"}    lists them; `chosen` is the one in hand
    {"module": "ruqsat.sandbox", "method": "choose", "args": {"persona": "entrepreneur"}}    null puts the key away
    {"module": "ruqsat.sandbox", "method": "decline"}     the next request is cancelled, as by a person

Without a suitable key in hand a request is cancelled. Unlike the real program this one also signs with revoked and
expired keys, so that their refusal can be watched.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from service.domain.errors import RuqsatError
from service.sandbox.personas import PERSONAS, Persona
from service.sandbox.pki import DevPki
from service.sandbox.pki_certificates import purposes
from service.sandbox.signing import Stamper, sign
from service.sandbox.stamping import over_http

_AUTHENTICATION = "1.3.6.1.5.5.7.3.2"


class Declined(RuqsatError):
    """Nobody signed: there was no suitable key in hand, or the person cancelled."""

    code = "signing_cancelled"


class Chooser:
    """Remembers whose key is in hand; shared by all connections, as one person sits at the machine."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._chosen: str | None = None
        self._declines = False

    @property
    def chosen(self) -> str | None:
        """The persona whose key is in hand."""
        with self._lock:
            return self._chosen

    def choose(self, persona: str | None) -> None:
        """Take a persona's key in hand, or none; raises KeyError for an unknown one."""
        if persona is not None:
            _ = PERSONAS[persona]
        with self._lock:
            self._chosen = persona

    def decline(self) -> None:
        """Cancel the next request."""
        with self._lock:
            self._declines = True

    def declines(self) -> bool:
        """Say whether this request is cancelled, and forget it."""
        with self._lock:
            declines, self._declines = self._declines, False
            return declines


class SigningDesk:
    """Picks the key that a request asks for and signs with it."""

    def __init__(self, pki: DevPki, chooser: Chooser, tsa: str | None) -> None:
        self._pki = pki
        self.chooser = chooser
        self._tsa = tsa

    def sign(self, data: bytes, wanted: Mapping[str, Any], *, detached: bool, stamped: bool) -> bytes:
        """Sign `data` for a request whose `signerParams` are `wanted`.

        Raises Declined when nobody signs and Unavailable when the time-stamping service gives no stamp.
        """
        authentication = _AUTHENTICATION in (wanted.get("extKeyUsageOids") or [])
        persona = None if self.chooser.declines() else self._pick(wanted, authentication)
        if persona is None:
            raise Declined()
        holder = self._pki.holder(persona.key, authentication=authentication)
        stamper = self._stamper() if stamped else None
        return sign(data, holder, at=self._pki.clock(), stamper=stamper, detached=detached)

    def personas(self) -> list[dict[str, Any]]:
        """Everybody whose key is here, for the page on which one is chosen."""
        return [
            {
                "key": persona.key,
                "name": persona.name,
                "iin": persona.iin,
                "bin": persona.bin,
                "organisation": persona.organisation,
                "role": str(persona.role),
                "description": persona.description,
            }
            for persona in PERSONAS.values()
        ]

    def _pick(self, wanted: Mapping[str, Any], authentication: bool) -> Persona | None:
        suitable = {key: persona for key, persona in PERSONAS.items() if self._suits(persona, wanted, authentication)}
        chosen = self.chooser.chosen
        if chosen in suitable:
            return suitable[chosen]
        if wanted.get("iin") or wanted.get("bin") or wanted.get("serialNumber"):
            return next(iter(suitable.values()), None)
        return None

    def _suits(self, persona: Persona, wanted: Mapping[str, Any], authentication: bool) -> bool:
        held = {purpose.dotted_string for purpose in purposes(persona.role, authentication)}
        serial = wanted.get("serialNumber")
        return (
            set(wanted.get("extKeyUsageOids") or []) <= held
            and wanted.get("iin") in (None, "", persona.iin)
            and wanted.get("bin") in (None, "", persona.bin)
            and (not serial or int(str(serial), 16) == self._pki.certificate(persona.key).serial_number)
        )

    def _stamper(self) -> Stamper:
        return self._pki.stamping.at(self._pki.clock) if self._tsa is None else over_http(self._tsa)
