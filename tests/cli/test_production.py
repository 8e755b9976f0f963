"""Production starts with everything set, and refuses each setting that is missing or only good for a trial."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from cryptography.x509.oid import NameOID

from service import bootstrap
from service.adapters.database import tables
from service.adapters.system_key import KeyUnusable, SystemKey
from service.cli import main
from service.cli.speech import sentence
from service.demo.world import World
from service.domain.people import Officer
from service.program import Program
from service.settings import Settings, SettingsError, from_environment
from tests.databases import PostgresDatabases

SECONDS = 90
pytestmark = pytest.mark.one_database("production takes no SQLite")


@pytest.fixture(scope="module")
def key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def certificate(key: RSAPrivateKey, name: str) -> x509.Certificate:
    """A self-signed certificate of this name."""
    subject, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
    return made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, SHA256())


@pytest.fixture
def url(postgres_databases: PostgresDatabases) -> Iterator[str]:
    with postgres_databases.create() as address:
        yield address


@pytest.fixture
def settings(url: str, key: RSAPrivateKey, world: World, tmp_path: Path) -> Settings:
    """Everything set as production wants it; letters go to the sandbox's mail server, the gateway is asked nothing."""
    (tmp_path / "trust" / "roots").mkdir(parents=True)
    (tmp_path / "trust" / "roots" / "root.cer").write_bytes(
        certificate(key, "НЕГІЗГІ ОРТАЛЫҚ").public_bytes(Encoding.DER)
    )
    ministry = certificate(key, "МИНИСТРЛІК")
    shep_key = tmp_path / "shep.p12"
    protected = BestAvailableEncryption(b"a password")
    shep_key.write_bytes(serialize_key_and_certificates(b"ministry", key, ministry, None, protected))
    SystemKey.made(tmp_path / "system-key.pem")
    return Settings(
        env="production",
        instance=tmp_path / "instance",
        database_url=url,
        secret="s" * 32,
        public_url="https://ruqsat.example.kz",
        trust=tmp_path / "trust",
        shep_url="http://gateway.example.kz/bip",
        shep_sender="ruqsat",
        shep_password="a password",
        shep_bin="010640999019",
        shep_key=shep_key,
        shep_key_password="a password",
        service_code="QCA-130",
        smtp_host="127.0.0.1",
        smtp_port=world.mail.port,
        smtp_starttls=True,
        mail_from="ruqsat@example.kz",
        system_key=tmp_path / "system-key.pem",
    )


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The settings as a person gives them."""
    told = {f"RUQSAT_{name.upper()}": str(value) for name, value in vars(settings).items() if value not in ("", Path())}
    return {name: value for name, value in os.environ.items() if not name.startswith("RUQSAT_")} | told | more


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    """`ruqsat run` in a process of its own, asked to end at the end; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "service.cli", "run", "--port", str(port)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, env=environment(settings), stdout=pipe, stderr=pipe, text=True)
    address = f"http://127.0.0.1:{port}"
    try:
        assert process.stdout is not None
        assert address in process.stdout.readline(), "it did not start"
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=SECONDS)
        assert process.returncode == 0, said
        assert "Traceback" not in said


def test_with_everything_set_it_starts_serves_and_ends(settings: Settings) -> None:
    with running(settings) as address:
        health = requests.get(f"{address}/health", timeout=30)
        assert health.status_code == 200, health.text
        page = requests.get(address, timeout=30)
        assert page.status_code == 200
        assert "Strict-Transport-Security" in page.headers
        signing_in = requests.get(f"{address}/office/sign-in", timeout=30)
        assert "secure" in signing_in.headers["Set-Cookie"].casefold()
        assert requests.get(f"{address}/cabinet/sign-in", timeout=30).status_code == 200


NOT_SET = Path()
Change = Callable[[Settings], Settings]


def having(**changes: object) -> Change:
    return lambda settings: replace(settings, **changes)  # type: ignore[arg-type]  # values of the table below


REFUSED: dict[str, tuple[Change, str]] = {
    "no secret": (having(secret=""), "RUQSAT_SECRET must hold"),
    "a short secret": (having(secret="s" * 31), "RUQSAT_SECRET must hold"),
    "no database": (having(database_url=""), "RUQSAT_DATABASE_URL must name"),
    "SQLite": (
        having(database_url="sqlite:////tmp/ruqsat-production.db"),
        "RUQSAT_DATABASE_URL must name",
    ),
    "no gateway": (having(shep_url=""), "RUQSAT_SHEP_URL is missing"),
    "no name at the gateway": (having(shep_sender=" "), "RUQSAT_SHEP_SENDER is missing"),
    "no password at the gateway": (having(shep_password=""), "RUQSAT_SHEP_PASSWORD is missing"),
    "no BIN": (having(shep_bin=""), "RUQSAT_SHEP_BIN is missing"),
    "no code of the service": (having(service_code=""), "RUQSAT_SERVICE_CODE is missing"),
    "no mail server": (having(smtp_host=""), "RUQSAT_SMTP_HOST is missing"),
    "no sender of letters": (having(mail_from=""), "RUQSAT_MAIL_FROM is missing"),
    "no address of the pages": (having(public_url=""), "RUQSAT_PUBLIC_URL is missing"),
    "no key for the gateway": (having(shep_key=NOT_SET), "RUQSAT_SHEP_KEY must name"),
    "a key that is not there": (having(shep_key=Path("/no/such.p12")), "RUQSAT_SHEP_KEY: /no/such.p12 cannot be used"),
    "a key with another password": (having(shep_key_password="x"), "RUQSAT_SHEP_KEY: "),
    "letters without encryption": (having(smtp_starttls=False), "RUQSAT_SMTP_STARTTLS must be on"),
    "pages without TLS": (having(public_url="http://ruqsat.example.kz"), "RUQSAT_PUBLIC_URL must begin with https://"),
    "pages of this machine": (
        having(public_url="https://localhost:8080"),
        "RUQSAT_PUBLIC_URL is an address",
    ),
    "an NCALayer without TLS": (
        having(ncalayer_url="ws://127.0.0.1:13579"),
        "RUQSAT_NCALAYER_URL must begin with wss://",
    ),
    "the sandbox's gateway": (having(shep_url="http://127.0.0.1:9000"), "RUQSAT_SHEP_URL is an address of the sandbox"),
    "a gateway without a host": (having(shep_url="gateway"), "RUQSAT_SHEP_URL is an address of the sandbox"),
    "the sandbox's OCSP": (
        having(ocsp_url="http://127.0.0.1:9000/ocsp"),
        "RUQSAT_OCSP_URL is an address",
    ),
    "the demo's sender": (having(mail_from="ruqsat@demo.invalid"), "RUQSAT_MAIL_FROM is an address that nobody has"),
    "no trusted roots": (having(trust=NOT_SET), "RUQSAT_TRUST names no root"),
    "no key of its own": (having(system_key=NOT_SET), "RUQSAT_SYSTEM_KEY must name"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_each_missing_or_unsafe_setting_is_refused_by_its_name(settings: Settings, what: str) -> None:
    change, said = REFUSED[what]
    with pytest.raises(SettingsError) as refused:
        bootstrap.build(change(settings))
    assert said in sentence(refused.value, "en")


def test_what_is_refused_by_its_settings_has_touched_nothing(settings: Settings) -> None:
    with pytest.raises(SettingsError):
        bootstrap.build(replace(settings, smtp_starttls=False))
    assert not settings.instance.exists()


def test_a_key_of_its_own_that_others_may_read(settings: Settings) -> None:
    settings.system_key.chmod(0o644)
    with pytest.raises(KeyUnusable) as refused:
        bootstrap.build(settings)
    assert "RUQSAT_SYSTEM_KEY: system-key.pem may be read by others: chmod 600" in sentence(refused.value, "en")


def test_a_development_root_is_refused(settings: Settings, world: World) -> None:
    with pytest.raises(SettingsError, match="development_root"):
        bootstrap.build(replace(settings, trust=world.settings(Settings()).trust))


@pytest.mark.parametrize("command", [["demo"], ["clock", "--hours", "1"]])
def test_no_demo_runs_where_real_cases_do(settings: Settings, command: list[str]) -> None:
    ended = CliRunner().invoke(main, command, env=environment(settings))
    assert (ended.exit_code, "RUQSAT_ENV is production" in ended.stderr) == (2, True), ended.output
    assert not settings.instance.exists()


@pytest.mark.parametrize(("env", "own"), [("development", True), ("demo", False)])
def test_a_demo_takes_the_database_of_others_only_where_all_is_a_demo(env: str, own: bool, tmp_path: Path) -> None:
    settings = Settings(env=env, instance=tmp_path, database_url="postgresql://127.0.0.1/ruqsat").as_demo()
    assert (settings.database == f"sqlite:///{tmp_path}/demo/ruqsat.db") is own


def test_a_demos_database_is_refused(settings: Settings, world: World) -> None:
    demo: Program = bootstrap.build(world.settings(replace(settings, env="demo", shep_key=NOT_SET)))
    with demo.unit_of_work() as uow:
        uow.add(Officer("d", "", "Д", "Е", "М", "850615399019", {"kk": "Маман"}, demo=True))
        uow.commit()
    with pytest.raises(SettingsError, match="accounts_of_a_demo"):
        bootstrap.build(settings)
    demo.set_clock(datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(SettingsError, match="clock_of_a_demo"):
        bootstrap.build(settings)
    with demo.database.engine.begin() as connection:
        connection.execute(tables.setting.delete())
    demo.database.engine.dispose()


def test_the_command_tells_it_in_one_line_and_ends(settings: Settings) -> None:
    unsafe = dict.fromkeys(os.environ) | environment(settings, RUQSAT_SMTP_STARTTLS="off")
    ended = CliRunner().invoke(main, ["run"], env=unsafe)
    assert ended.exit_code == 2
    assert ended.stderr == "ruqsat: RUQSAT_SMTP_STARTTLS must be on in production: letters tell of cases\n"


def test_a_short_secret_is_refused_before_any_command() -> None:
    with pytest.raises(SettingsError, match="secret_short"):
        from_environment({"RUQSAT_ENV": "production", "RUQSAT_SECRET": "short"})
