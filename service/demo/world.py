"""The outside world in miniature, running on loopback: PKI, NCALayer, the gateway, the portal, monitoring, mail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from service.domain.channels import MONITORING, PORTAL
from service.program import DemoKey
from service.sandbox import ncalayer, responders
from service.sandbox.mail import MailSandbox
from service.sandbox.monitoring import MonitoringInbox
from service.sandbox.ncalayer import NcaLayer
from service.sandbox.personas import MINISTRY_BIN, OFFICE_BINS, PERSONAS, REVIEW_BIN
from service.sandbox.pki import DevPki
from service.sandbox.portal import PortalInbox
from service.sandbox.shep import ShepSandbox
from service.settings import Settings

SENDER, PASSWORD = "ruqsat", "sandbox"
SERVICES = {PORTAL: "EGOV_PORTAL_REQUEST_STATUS", MONITORING: "SERVICE_MONITORING_STAGE"}


@dataclass
class Ports:
    """Where the miniatures listen; 0 takes any free port."""

    pki: int = 0
    ncalayer: int = 0


class World:
    """Every outside system, started together; `clock` is what their answers and time stamps are dated by."""

    def __init__(self, directory: Path, ports: Ports | None = None) -> None:
        ports = ports or Ports()
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._responders = responders.Server(port=ports.pki)
        self.pki = DevPki(directory / "pki", self._responders.url, lambda: self.clock())
        self._responders.start(responders.application(self.pki))
        self.ncalayer: NcaLayer = ncalayer.start(self.pki, port=ports.ncalayer, tsa=f"{self._responders.url}/tsa")
        self.portal, self.monitoring = PortalInbox(), MonitoringInbox()
        inboxes = {SERVICES[PORTAL]: self.portal, SERVICES[MONITORING]: self.monitoring}
        self.shep = ShepSandbox(inboxes, now=lambda: self.clock()).start()
        self.mail = MailSandbox().start()
        self._trust = _write_trust(directory / "trust", self.pki)

    def settings(self, base: Settings) -> Settings:
        """The same settings, pointing at the miniatures."""
        return replace(
            base,
            trust=self._trust,
            ocsp_url=f"{self._responders.url}/ocsp",
            ncalayer_url=self.ncalayer.url,
            shep_url=self.shep.url,
            shep_sender=SENDER,
            shep_password=PASSWORD,
            shep_bin=MINISTRY_BIN,
            reviewer_bin=REVIEW_BIN,
            service_code="QCA-130",
            smtp_host="127.0.0.1",
            smtp_port=self.mail.port,
            mail_from="ruqsat@demo.invalid",
        )

    def forget(self) -> None:
        """Let every outside system forget what it was told."""
        for inbox in (self.portal, self.monitoring, self.mail):
            inbox.forget()

    def stop(self) -> None:
        """Stop every miniature."""
        self.ncalayer.stop()
        self.shep.stop()
        self.mail.stop()
        self._responders.stop()

    def __enter__(self) -> World:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _write_trust(folder: Path, pki: DevPki) -> Path:
    """The trust folder as an administrator would fill it: roots are trusted, issuers lead to them."""
    for name, certificates in (("roots", pki.roots), ("issuers", pki.intermediates)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        for number, certificate in enumerate(certificates):
            (folder / name / f"{number}.cer").write_bytes(certificate)
    return folder


def offered_keys() -> Sequence[DemoKey]:
    """The made-up applicants whose keys the demo's NCALayer holds, for the pages to offer."""
    return tuple(
        DemoKey(persona.key, persona.name, persona.iin, persona.bin, persona.organisation, persona.description)
        for persona in PERSONAS.values()
        if persona.bin not in OFFICE_BINS
    )
