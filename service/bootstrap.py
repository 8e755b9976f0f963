"""Builds the program from settings: the place where the packages meet."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from service.adapters.clock import MachineClock
from service.adapters.content_types import LookInside
from service.adapters.database import Database, opened
from service.adapters.database.clock import DemoClock
from service.adapters.database.connection import THREADS
from service.adapters.database.office_queries import OfficeQueries
from service.adapters.database.stash import DatabaseStash
from service.adapters.database.store_mark import noted_mark
from service.adapters.files import FileStore
from service.adapters.mail import MailChannel, MailSettings
from service.adapters.monitoring import MonitoringChannel
from service.adapters.papers import PdfPapers
from service.adapters.passwords import Argon2Passwords
from service.adapters.portal import PortalChannel
from service.adapters.press import EditionPress
from service.adapters.seals import SealFile
from service.adapters.shep import ShepChannel
from service.adapters.shep_signature import OrganisationKey
from service.adapters.shep_transport import ShepSettings, ShepTransport
from service.adapters.signatures import are_laborious, build_engine, is_development_root, is_own_issuer
from service.adapters.system_key import KnownKeys, SystemKey
from service.calendar_file import load_calendar_text
from service.domain.channels import MAIL, MONITORING, PORTAL, REGISTERS, Channel
from service.domain.deadlines import require_zone_data
from service.domain.ports import Clock, LetterPress
from service.domain.signatures import SignatureEngine
from service.once import make_once
from service.program import Program
from service.settings import Settings, SettingsError, require_safe
from service.usecases.editions import EditionShelf
from service.usecases.times import TimeShelf, enter_first_calendar
from service.usecases.verify_package import EngineFor

FONTS = Path(__file__).parent / "web" / "static" / "build" / "document-fonts"
KEY_FILE = "system-key.pem"
STORE_MARK = Path("files", "store.id")
SERVER_THREADS = THREADS
"""How many requests the web server answers at once; the database has connections for them."""


def build(settings: Settings) -> Program:
    """The program on a migrated database. Raises `SettingsError` where production would be unsafe."""
    require_zone_data()
    if settings.production:
        require_safe(settings)
    roots, intermediates = _trusted(settings)
    if not roots:
        raise SettingsError("no_roots")
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = opened(settings.database)
    chosen: Clock = DemoClock(engine) if settings.demo else MachineClock()
    database = Database(engine, chosen)
    times = TimeShelf(database.reading, MachineClock().now)
    program = Program(
        system_key=_system_key(settings),
        seals=SealFile(settings.instance / "seals.jsonl"),
        settings=settings,
        clock=chosen,
        times=times,
        unit_of_work=database.unit_of_work,
        alone=database.alone,
        reading=database.reading,
        editions=EditionShelf(lambda: times.current.calendar, chosen.now),
        signatures=build_engine(
            roots,
            intermediates,
            now=chosen.now,
            ocsp_timeout=settings.ocsp_seconds,
            ocsp_url=settings.ocsp_url or None,
        ),
        papers=PdfPapers(),
        press=letter_press(),
        files=FileStore(settings.instance / "files"),
        content_types=LookInside(),
        channels=_channels(settings),
        registers=_registers(settings),
        database=database,
        queries=OfficeQueries(engine),
        stash=DatabaseStash(engine),
        passwords=Argon2Passwords(),
    )
    _require_safe(program, roots)
    enter_first_calendar(program, load_calendar_text(settings.processes / "calendar" / "kz.csv"))
    database.begun = times.begin
    return program


@dataclass(frozen=True)
class Offline:
    """What checks a package or a proof without the program: keys, and an engine that asks nobody."""

    keys: KnownKeys
    engine_for: EngineFor
    knows_roots: bool


def offline(settings: Settings, public_key: bytes | None = None) -> Offline:
    """Check with this public key, else with those of the settings, without database or server. `KeyUnusable`."""
    roots, intermediates = _trusted(settings)

    def engine_for(certificates: Sequence[bytes], now: datetime) -> SignatureEngine:
        if are_laborious(certificates):
            raise ValueError("certificates")
        known = roots or [der for der in certificates if is_own_issuer(der)]
        return build_engine(known, [*intermediates, *certificates], now=lambda: now, fetch=False)

    pems = {"--key": public_key} if public_key else _public_keys(settings)
    return Offline(KnownKeys(pems), engine_for, bool(roots))


def _public_keys(settings: Settings) -> dict[str, bytes]:
    own = settings.system_key if settings.system_key != Path() else settings.instance / KEY_FILE
    earlier = sorted((settings.trust / "keys").glob("*.pem")) if settings.trust != Path() else []
    mine = {str(own): SystemKey.load(own).public_key.encode()} if own.exists() else {}
    return {**mine, **{file.name: file.read_bytes() for file in earlier}}


def letter_press() -> LetterPress:
    """What prints documents, for a check that needs no database."""
    return EditionPress(FONTS)


def require_fonts() -> None:
    """Refuse to start where no document could be printed; `FontUnusable` names the font (R9.1)."""
    from service.adapters.pdf_fonts import Fonts

    Fonts.load(FONTS)


def require_own_files(program: Program) -> None:
    """Refuse to work where the files of this database are kept in another folder; `SettingsError` tells how to go on.

    What one process keeps for a case the others would miss, and each would sign the journal with a key of its own.
    """
    place = program.settings.instance / STORE_MARK
    make_once(place, secrets.token_hex(16).encode())  # one that is there stays
    mine = place.read_text("ascii", "replace").strip()
    noted = noted_mark(program.database.engine, mine)
    if mine != noted:
        raise SettingsError("folder_of_another", folder=program.settings.instance, mark=noted, file=place)


def require_own_clock(program: Program) -> None:
    """Refuse to let the terms of a demo pass by the machine's clock; `SettingsError`."""
    if not program.settings.demo and DemoClock(program.database.engine).is_set:
        raise SettingsError("clock_of_a_demo")


def _trusted(settings: Settings) -> tuple[list[bytes], list[bytes]]:
    """Certificates of the trust folder: `roots/` are trusted, `issuers/` lead to them."""
    if settings.trust == Path():
        return [], []
    return (
        [_certificate(path) for path in sorted((settings.trust / "roots").glob("*.cer"))],
        [_certificate(path) for path in sorted((settings.trust / "issuers").glob("*.cer"))],
    )


def _certificate(path: Path) -> bytes:
    """A certificate of the trust folder; `SettingsError` for a file that holds none."""
    der = path.read_bytes()
    try:
        is_own_issuer(der)
    except (TypeError, ValueError) as wrong:
        raise SettingsError("no_certificate", file=path) from wrong
    return der


def _system_key(settings: Settings) -> SystemKey:
    """The key of the setting; outside of production one that is made once and kept in the instance. `KeyUnusable`."""
    if settings.system_key != Path():
        return SystemKey.load(settings.system_key, settings.trust / "keys")
    if settings.production:
        raise SettingsError("system_key_missing")
    return SystemKey.made(settings.instance / KEY_FILE)


def _channels(settings: Settings) -> dict[str, Channel]:
    shep = ShepTransport(_gateway(settings))
    mail = MailSettings(
        settings.smtp_host,
        settings.smtp_port,
        settings.mail_from,
        starttls=settings.smtp_starttls,
        user=settings.smtp_user,
        password=settings.smtp_password,
        ca_bundle=settings.ca_bundle,
    )
    return {
        **dict.fromkeys(REGISTERS, ShepChannel(shep)),
        PORTAL: PortalChannel(shep, settings.service_code),
        MONITORING: MonitoringChannel(shep),
        MAIL: MailChannel(mail),
    }


def _registers(settings: Settings) -> Mapping[str, Channel]:
    """The same registers for a page that a person waits for: the form can be filled in without them."""
    impatient = replace(_gateway(settings), connect_timeout=2, read_timeout=4, total_timeout=6)
    return dict.fromkeys(REGISTERS, ShepChannel(ShepTransport(impatient)))


def _gateway(settings: Settings) -> ShepSettings:
    base, key = settings.shep_url.rstrip("/"), None
    if settings.shep_key != Path():
        try:
            key = OrganisationKey.load(settings.shep_key, settings.shep_key_password)
        except (OSError, ValueError) as wrong:
            why = getattr(wrong, "strerror", None) or wrong
            raise SettingsError("shep_key_unusable", file=settings.shep_key, why=why) from wrong
    return ShepSettings(
        f"{base}/sync",
        f"{base}/async",
        settings.shep_sender,
        settings.shep_password,
        settings.shep_bin,
        ca_bundle=settings.ca_bundle,
        key=key,
    )


def _require_safe(program: Program, roots: list[bytes]) -> None:
    """Production refuses what is only good for trying things out; it fails closed."""
    if not program.settings.production:
        return
    if any(is_development_root(root) for root in roots):
        raise SettingsError("development_root")
    require_own_clock(program)
    if any(officer.demo for officer in program.queries.officers()):
        raise SettingsError("accounts_of_a_demo")
