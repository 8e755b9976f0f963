"""Settings from the environment, each with a sentence; `ruqsat run --help` prints them."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from service.domain.errors import RuqsatError
from service.once import make_once

ROOT = Path(__file__).resolve().parent.parent

ENVIRONMENTS = ("production", "development", "demo")
"""A word that is misspelt must not open what production keeps shut."""

MAX_PORT = 65535
RANGES = {
    "port": (0, MAX_PORT),
    "smtp_port": (0, MAX_PORT),
    "seal_minutes": (0, 24 * 60),
    "draft_days": (0, 36_500),
    "ocsp_seconds": (0.1, 600),
}
"""The least and the most that a number can be."""
SHORTEST_SECRET = 32

READY = "ready"
"""A file in the demo's folder: its people, keys and cases are made."""


class SettingsError(RuqsatError):
    """A setting is missing, or unsafe in production; the code says why, and `setting` which one where any may be."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(**data)
        self.code = code


def variable(name: str) -> str:
    """In which variable of the environment a setting stands."""
    return f"RUQSAT_{name.upper()}"


@dataclass(frozen=True)
class Settings:
    """Everything an administrator may set; the environment variable is the name in capitals after `RUQSAT_`."""

    env: str = field(default="development", metadata={"help": "production, development or demo"})
    instance: Path = field(default=ROOT / "instance", metadata={"help": "folder for files, keys and the database"})
    database_url: str = field(default="", metadata={"help": "address of the database; empty: SQLite in the instance"})
    secret: str = field(default="", metadata={"help": "secret of the sessions, at least 32 characters"})
    host: str = field(default="127.0.0.1", metadata={"help": "address on which the web server listens"})
    port: int = field(default=8080, metadata={"help": "port on which the web server listens"})
    trusted_proxy: str = field(
        default="",
        metadata={"help": "address of the proxy in front, whose X-Forwarded headers are believed"},
    )
    public_url: str = field(default="", metadata={"help": "address of the pages as people see it, for codes on papers"})
    processes: Path = field(default=ROOT / "processes", metadata={"help": "folder of the diagrams and the calendar"})
    forms: Path = field(default=ROOT / "forms", metadata={"help": "folder of the forms and documents"})
    trust: Path = field(default=Path(), metadata={"help": "folder with the root and issuing certificates (DER)"})
    ncalayer_url: str = field(default="wss://127.0.0.1:13579/", metadata={"help": "address of NCALayer in the browser"})
    shep_url: str = field(default="", metadata={"help": "address of the gateway of state systems"})
    shep_sender: str = field(default="", metadata={"help": "our name at the gateway"})
    shep_password: str = field(default="", metadata={"help": "our password at the gateway"})
    shep_bin: str = field(
        default="", metadata={"help": "BIN of the ministry, for the registers and in the certificates of its officers"}
    )
    reviewer_bin: str = field(
        default="", metadata={"help": "BIN of the body for complaints in its officers' certificates; empty: any"}
    )
    service_code: str = field(default="", metadata={"help": "code under which the portal knows this service"})
    smtp_host: str = field(default="", metadata={"help": "mail server"})
    smtp_port: int = field(default=25, metadata={"help": "port of the mail server"})
    mail_from: str = field(default="", metadata={"help": "sender of the letters"})
    smtp_starttls: bool = field(default=False, metadata={"help": "letters leave over an encrypted line only"})
    smtp_user: str = field(default="", metadata={"help": "account at the mail server"})
    smtp_password: str = field(default="", metadata={"help": "its password"})
    shep_key: Path = field(default=Path(), metadata={"help": "PKCS#12 file of the ministry's key for the gateway"})
    shep_key_password: str = field(default="", metadata={"help": "password of that file"})
    ca_bundle: str = field(default="", metadata={"help": "file of trusted TLS roots; empty: the system's own"})
    ocsp_url: str = field(default="", metadata={"help": "asked instead of the OCSP address that certificates name"})
    system_key: Path = field(default=Path(), metadata={"help": "PEM file of the program's own Ed25519 key"})
    seal_minutes: float = field(default=5.0, metadata={"help": "how often the journal is sealed"})
    draft_days: int = field(
        default=90, metadata={"help": "days after its last change until an unsent draft is removed; 0: never"}
    )
    ocsp_seconds: float = field(default=5.0, metadata={"help": "how long to wait for the state of a certificate"})

    def __post_init__(self) -> None:
        """A number that cannot be is told at once: whoever stumbles over it later names no setting."""
        for name, (least, most) in RANGES.items():
            if not least <= getattr(self, name) <= most:
                value = getattr(self, name)
                raise SettingsError("out_of_range", setting=variable(name), least=least, most=most, value=value)

    @property
    def production(self) -> bool:
        """Whether real cases run here: everything unsafe is refused then."""
        return self.env == "production"

    @property
    def demo(self) -> bool:
        """Whether this is the demo: movable clock, demo accounts, development keys."""
        return self.env == "demo"

    @property
    def has_demo(self) -> bool:
        """Whether a demo was started here, and nothing else: then the commands speak of the demo."""
        return not self.has_file and (self.instance / "demo" / READY).exists()

    @property
    def has_file(self) -> bool:
        """Whether a database lies in the instance; a file without a byte is what a command left that found nothing."""
        file = self.instance / "ruqsat.db"
        return file.exists() and file.stat().st_size > 0

    def as_demo(self) -> Settings:
        """The settings of the demo beside this instance: its own folder, database and development root.

        Another database serves it only where the whole surroundings are those of a demo. `SettingsError` in production.
        """
        if self.production:
            raise SettingsError("no_demo_in_production")
        instance, database = self.instance / "demo", self.database_url if self.demo else ""
        return replace(self, env="demo", instance=instance, database_url=database, trust=instance / "trust")

    @property
    def secret_key(self) -> str:
        """The secret of the sessions: the setting, or outside of production one that is made once and kept.

        `SettingsError` for a file that somebody has emptied or written over: anybody could make sessions with that.
        """
        if self.secret:
            return self.secret
        path = self.instance / "secret"
        if not path.exists():
            self.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
            make_once(path, secrets.token_hex(32).encode())
        kept = path.read_text("ascii", "replace").strip()
        if len(kept) < SHORTEST_SECRET or not kept.isascii():
            raise SettingsError("secret_file_short", file=path, least=SHORTEST_SECRET)
        return kept

    @property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.instance / 'ruqsat.db'}"

    @property
    def address(self) -> str:
        """Where people find the pages."""
        return self.public_url.rstrip("/") or address_of(self.host, self.port)


def address_of(host: str, port: int) -> str:
    """The address of pages at a host, as a browser takes it: one of IPv6 stands in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def from_environment(environment: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Settings from `RUQSAT_*` variables; overrides win. Raises `SettingsError` for a value of the wrong type."""
    environment = os.environ if environment is None else environment
    values: dict[str, object] = {}
    for setting in fields(Settings):
        text = environment.get(variable(setting.name))
        if text is not None:
            values[setting.name] = _read(setting.name, setting.default, text)
    if values.get("env", "development") not in ENVIRONMENTS:
        raise SettingsError("no_such_environment", known=", ".join(ENVIRONMENTS), value=values["env"])
    settings = Settings(**(values | overrides))  # type: ignore[arg-type]  # checked by _read
    if settings.production and len(settings.secret) < SHORTEST_SECRET:
        raise SettingsError("secret_short", least=SHORTEST_SECRET)
    return settings


def of_commands(*, demo: bool = False, **overrides: object) -> Settings:
    """The settings of the environment; those of the demo where it is asked for, or where there is nothing else."""
    found = from_environment(None, **overrides)
    only_demo = "RUQSAT_ENV" not in os.environ and not found.database_url and found.has_demo
    return found.as_demo() if demo or found.demo or only_demo else found


def _read(name: str, default: object, text: str) -> object:
    kind = type(default)
    if kind is bool:
        return text.strip().lower() in {"1", "true", "yes", "on"}
    kind = Path if isinstance(default, Path) else kind
    try:
        return kind(text)  # type: ignore[call-arg]  # str, int, float or Path
    except ValueError as wrong:
        raise SettingsError(f"no_{kind.__name__}", setting=variable(name), value=text) from wrong


NEEDED = (
    "shep_url",
    "shep_sender",
    "shep_password",
    "shep_bin",
    "service_code",
    "smtp_host",
    "mail_from",
    "public_url",
)
"""What production cannot do its work without: the gateway, the portal's code, the mail, the address on papers."""

_HERE = re.compile(r"localhost|127(\.\d+){3}|::1|0\.0\.0\.0|.*\.(invalid|test|example)|")
"""Hosts of this machine, where the outside world in miniature listens, and names that nobody has."""


def require_safe(settings: Settings) -> None:
    """Refuse, before anything is touched, settings that are only good for trying things out; tells the first."""
    for refused in _unsafe(settings):
        raise refused


def _unsafe(settings: Settings) -> Iterator[SettingsError]:
    if len(settings.secret) < SHORTEST_SECRET:
        yield SettingsError("secret_short", least=SHORTEST_SECRET)
    if settings.database.startswith("sqlite"):
        yield SettingsError("sqlite_in_production")
    for name in NEEDED:
        if not getattr(settings, name).strip():
            yield SettingsError("missing_in_production", setting=variable(name))
    if settings.shep_key == Path():
        yield SettingsError("shep_key_missing")
    if not settings.smtp_starttls:
        yield SettingsError("smtp_starttls_off")
    if not settings.public_url.startswith("https://"):
        yield SettingsError("public_url_open")
    if not settings.ncalayer_url.startswith("wss://"):
        yield SettingsError("ncalayer_url_open")
    for name in ("public_url", "shep_url", "ocsp_url"):
        address = getattr(settings, name)
        if address and _HERE.fullmatch(urlsplit(address).hostname or ""):
            yield SettingsError("address_of_nobody", setting=variable(name), value=address)
    if _HERE.fullmatch(settings.mail_from.rpartition("@")[2].strip("> ") or ""):
        yield SettingsError("sender_of_nobody", value=settings.mail_from)
