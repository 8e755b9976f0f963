"""Letters reach the mail server whole, and nothing that is typed gets into their headers (L66.1)."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from service.adapters.mail import MailChannel, MailSettings
from service.domain.channels import MAIL, PORTAL, NotDelivered, Trouble
from service.sandbox.mail import MailSandbox
from tests.adapters.gateway import message

NOTICE = {
    "to": "applicant@example.kz",
    "subject": "P-2026-000123: тыңдауға шақыру",
    "body": "Құрметті өтініш беруші!\n\nТыңдау 22.04.2026, сағат 10:00-де.\n<b>Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі</b>\n.\nСоңы",
    "lang": "kk",
}


@pytest.fixture
def server() -> Iterator[MailSandbox]:
    with MailSandbox(refused=frozenset({"nobody@example.kz"})) as server:
        yield server


def mail(server: MailSandbox, **changes: Any) -> MailChannel:
    values: dict[str, Any] = {"host": "127.0.0.1", "port": server.port, "sender": "Ruqsat <ruqsat@example.kz>"}
    return MailChannel(MailSettings(**{**values, **changes}))


@pytest.mark.law("L66.1")
def test_a_letter_arrives_in_kazakh_with_its_language_and_the_time_of_its_message(server: MailSandbox) -> None:
    mail(server).send(message(MAIL, NOTICE))
    (letter,) = server.letters
    assert letter.to == ("applicant@example.kz",)
    assert letter.sender == "ruqsat@example.kz"
    assert letter.subject == NOTICE["subject"]
    assert letter.body == NOTICE["body"]
    assert letter.language == "kk"
    assert letter.message_id == "<m-1@example.kz>"
    assert letter.parsed["Date"].datetime == dt.datetime(2026, 4, 20, 7, 0, tzinfo=dt.UTC)


@pytest.mark.law("L66.1")
def test_the_html_part_says_the_same_names_its_language_and_escapes_what_was_typed(server: MailSandbox) -> None:
    mail(server).send(message(MAIL, NOTICE))
    part = server.letters[0].parsed.get_body(("html",))
    assert part is not None
    html = part.get_content()
    assert '<html lang="kk">' in html
    assert "&lt;b&gt;Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі&lt;/b&gt;" in html


@pytest.mark.law("L66.1")
def test_a_letter_sent_again_bears_the_same_id_and_is_known_by_it(server: MailSandbox) -> None:
    mail(server).send(message(MAIL, NOTICE))
    mail(server).send(message(MAIL, NOTICE))
    assert len(server.letters) == 1
    assert server.repeats == 1


@pytest.mark.law("L66.1")
@pytest.mark.parametrize("length", [60, 76, 77, 78, 150, 300])
def test_a_long_subject_arrives_letter_by_letter(server: MailSandbox, length: int) -> None:
    subject = ("Қабылданған шешім туралы хабарлама № " * 10)[:length].strip()
    mail(server).send(message(MAIL, {**NOTICE, "subject": subject}))
    assert server.letters[0].subject == subject
    assert max(len(line) for line in server.letters[0].raw.splitlines()) <= 998


@pytest.mark.law("L66.1")
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b", "\x85", "\x00"], ids=repr)
def test_a_newline_in_the_subject_makes_no_header(server: MailSandbox, newline: str) -> None:
    mail(server).send(message(MAIL, {**NOTICE, "subject": f"Шақыру{newline}Bcc: spy@example.kz{newline}ж" * 8}))
    (letter,) = server.letters
    assert letter.to == ("applicant@example.kz",)
    assert letter.parsed["Bcc"] is None
    assert letter.subject.startswith("Шақыру Bcc: spy@example.kz ж")
    assert letter.body == NOTICE["body"]


@pytest.mark.law("L66.1")
@pytest.mark.parametrize(
    "address",
    [
        "",
        "applicant",
        "@example.kz",
        "applicant@",
        "a@b@example.kz",
        "applicant@example.kz\nBcc: spy@example.kz",
        "applicant@example.kz\r\nDATA",
        "applicant@example.kz, spy@example.kz",
        "<applicant@example.kz>",
        "applicant @example.kz",
        "a" * 250 + "@example.kz",
        "applicant@example..kz",
        "\ud800@example.kz",
        "әлия@example.kz",
    ],
    ids=ascii,
)
def test_an_address_that_is_none_is_never_tried_again(server: MailSandbox, address: str) -> None:
    with pytest.raises(NotDelivered) as refused:
        mail(server).send(message(MAIL, {**NOTICE, "to": address}))
    assert not refused.value.temporary
    assert server.letters == []


@pytest.mark.law("L66.1")
def test_a_domain_in_kazakh_letters_is_written_to(server: MailSandbox) -> None:
    mail(server).send(message(MAIL, {**NOTICE, "to": "applicant@мысал.қаз"}))
    assert server.letters[0].to == ("applicant@xn--80awbu3c.xn--80ao21a",)


@pytest.mark.law("L66.1")
def test_a_sender_named_in_kazakh_is_shown_so(server: MailSandbox) -> None:
    mail(server, sender="Рұқсат жүйесі <ruqsat@example.kz>").send(message(MAIL, NOTICE))
    assert server.letters[0].parsed["From"] == "Рұқсат жүйесі <ruqsat@example.kz>"


@pytest.mark.law("L66.1")
def test_a_password_that_smtp_cannot_carry_is_refused_at_the_start(server: MailSandbox) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        mail(server, user="ruqsat", password="құпия")


@pytest.mark.law("L66.1")
def test_an_unknown_recipient_is_told_once_and_not_tried_again(server: MailSandbox) -> None:
    with pytest.raises(NotDelivered) as refused:
        mail(server).send(message(MAIL, {**NOTICE, "to": "nobody@example.kz"}))
    assert refused.value.reason == Trouble.BAD_ADDRESS
    assert not refused.value.temporary
    assert "nobody" not in str(refused.value)


@pytest.mark.law("L66.1", "R10.2")
@pytest.mark.parametrize(
    ("weather", "reason"),
    [
        ("down", Trouble.NO_CONNECTION),
        ("garbage", Trouble.REFUSED),
        ("fault", Trouble.REFUSED),
        ("slow", Trouble.NO_ANSWER),
    ],
)
def test_a_failing_mail_server_is_temporary_and_the_letter_arrives_later(
    server: MailSandbox, weather: str, reason: Trouble
) -> None:
    server.weather = weather
    with pytest.raises(NotDelivered) as refused:
        mail(server, timeout=0.1).send(message(MAIL, NOTICE))
    assert refused.value.temporary
    assert refused.value.reason == reason
    server.weather = "fine"
    mail(server).send(message(MAIL, NOTICE))
    assert len(server.letters) == 1


@pytest.mark.law("L66.1")
def test_a_mail_server_that_is_gone_is_no_connection() -> None:
    server = MailSandbox().start()
    server.stop()
    with pytest.raises(NotDelivered) as refused:
        mail(server).send(message(MAIL, NOTICE))
    assert refused.value.reason == Trouble.NO_CONNECTION
    assert refused.value.temporary


@pytest.mark.law("L66.1")
@pytest.mark.parametrize(
    "change", [{"lang": "de"}, {"subject": ""}, {"body": None}, {"body": "\ud800"}, {"subject": "\udfff"}], ids=ascii
)
def test_a_letter_without_its_parts_is_never_tried_again(server: MailSandbox, change: dict[str, Any]) -> None:
    with pytest.raises(NotDelivered) as refused:
        mail(server).send(message(MAIL, {**NOTICE, **change}))
    assert refused.value.reason == Trouble.BAD_MESSAGE
    assert not refused.value.temporary


@pytest.mark.law("L66.1")
def test_a_message_id_of_any_letters_makes_a_proper_header(server: MailSandbox) -> None:
    mail(server).send(message(MAIL, NOTICE, "іс 7>\r\nBcc: spy@example.kz"))
    assert server.letters[0].message_id.endswith("@example.kz>")
    assert server.letters[0].parsed["Bcc"] is None


@pytest.mark.law("L66.1")
def test_a_letter_for_a_server_that_asks_who_we_are() -> None:
    with MailSandbox(account=("ruqsat", "secret")) as server:
        mail(server, user="ruqsat", password="secret").send(message(MAIL, NOTICE))
        with pytest.raises(NotDelivered, match="SMTP 535") as refused:
            mail(server, user="ruqsat", password="wrong").send(message(MAIL, NOTICE, "m-2"))
        assert refused.value.temporary
        with pytest.raises(NotDelivered, match="SMTP 530"):
            mail(server).send(message(MAIL, NOTICE, "m-3"))
        assert len(server.letters) == 1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    loopback = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        builder.serial_number(7)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2045, 1, 1, tzinfo=dt.UTC))
        .add_extension(loopback, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + made.public_bytes(Encoding.PEM))
    return path


@pytest.mark.law("L66.1")
def test_with_starttls_a_letter_travels_encrypted_or_not_at_all(certificate: Path) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with MailSandbox(tls=context) as server:
        mail(server, starttls=True, ca_bundle=str(certificate)).send(message(MAIL, NOTICE))
        with pytest.raises(NotDelivered) as unknown:
            mail(server, starttls=True).send(message(MAIL, NOTICE, "m-2"))
        assert len(server.letters) == 1
    with MailSandbox() as plain, pytest.raises(NotDelivered) as refused:
        mail(plain, starttls=True, ca_bundle=str(certificate)).send(message(MAIL, NOTICE))
    assert unknown.value.reason == refused.value.reason == Trouble.NOT_SECURE
    assert plain.letters == []


@pytest.mark.law("L66.1")
def test_a_message_of_another_channel_is_no_letter(server: MailSandbox) -> None:
    with pytest.raises(NotDelivered) as refused:
        mail(server).send(message(PORTAL, NOTICE))
    assert refused.value.reason == Trouble.UNKNOWN_CHANNEL
