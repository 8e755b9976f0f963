"""Sends letters to applicants, the second channel of a notice (L66.1).

Plain text with an equal HTML part that names its language, for screen readers. SMTP cannot be told to take a letter
once, so a repetition bears the same Message-ID and the same date, by which mailboxes know it. "Sent" means that the
mail server has taken the letter; the time of that is the delivery record.
"""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr, parseaddr
from html import escape

from service.adapters.payloads import required
from service.domain.channels import MAIL, Message, NotDelivered, Trouble
from service.domain.languages import LANGUAGES

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f]+@[^\s@<>()\[\],;:\"\\\x00-\x1f\x7f]+")
_PLAIN_ID = re.compile(r"[A-Za-z0-9._-]+")
_CONTROL = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_POLICY = compat32.clone(linesep="\r\n")
_LONGEST_ADDRESS = 254


@dataclass(frozen=True)
class MailSettings:
    """The mail server; with `starttls` no letter leaves over a line that is not encrypted.

    `sender` is the address letters come from, `timeout` in seconds, `ca_bundle` the file of trusted TLS roots ("" for
    the system's own).
    """

    host: str
    port: int
    sender: str
    starttls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 10
    ca_bundle: str = ""

    def __post_init__(self) -> None:
        """Refuse at the start what SMTP's sign-in cannot carry. Raises ValueError."""
        if not (self.user + self.password).isascii():
            raise ValueError("the mail server's user and password must be ASCII")


class MailChannel:
    """The channel of `mail`."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings

    def send(self, message: Message) -> None:
        """Hand one letter to the mail server (L66.1). Raises NotDelivered; for good where the address is wrong."""
        if message.channel != MAIL:
            raise NotDelivered(Trouble.UNKNOWN_CHANNEL, message.channel, temporary=False)
        try:
            letter = compose(message, self._settings.sender)
        except UnicodeEncodeError:
            raise NotDelivered(Trouble.BAD_MESSAGE, "not text", temporary=False) from None
        with _told_as_not_delivered(), self._line() as server:
            server.sendmail(parseaddr(self._settings.sender)[1], [letter["To"]], letter.as_bytes(policy=_POLICY))
            # The letter is taken; a server that is rude at parting changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()

    @contextmanager
    def _line(self) -> Iterator[smtplib.SMTP]:
        settings = self._settings
        server = smtplib.SMTP(
            settings.host, settings.port, local_hostname=_domain(settings.sender), timeout=settings.timeout
        )
        try:
            if settings.starttls:
                self._encrypt(server)
            if settings.user:
                server.login(settings.user, settings.password)
            yield server
        finally:
            server.close()

    def _encrypt(self, server: smtplib.SMTP) -> None:
        context = ssl.create_default_context(cafile=self._settings.ca_bundle or None)
        try:
            server.starttls(context=context)
        except smtplib.SMTPNotSupportedError:
            raise NotDelivered(Trouble.NOT_SECURE, "no STARTTLS") from None


def compose(message: Message, sender: str) -> MIMEMultipart:
    """Write the letter; line breaks cannot get into a header.

    Raises NotDelivered for good, and UnicodeEncodeError for what is no text (half a surrogate pair).
    """
    language = required(message.payload, "lang", LANGUAGES)
    subject = _CONTROL.sub(" ", required(message.payload, "subject")).strip()
    body = required(message.payload, "body")
    letter = MIMEMultipart("alternative")
    letter["From"] = formataddr(parseaddr(sender))
    letter["To"] = _address(required(message.payload, "to"))
    # The newer email package loses blanks between the encoded words of a long subject; Header keeps them.
    letter["Subject"] = Header(subject, "utf-8", header_name="Subject").encode()
    letter["Date"] = format_datetime(message.created_at)
    letter["Message-ID"] = f"<{_plain_id(message.message_id)}@{_domain(sender)}>"
    letter["Content-Language"] = language
    letter["Auto-Submitted"] = "auto-generated"
    for subtype, text in (("plain", body), ("html", _html(subject, body, language))):
        letter.attach(MIMEText(_NEWLINE.sub("\r\n", text), subtype, "utf-8"))
    return letter


@contextmanager
def _told_as_not_delivered() -> Iterator[None]:
    # A server's words may repeat the address, so only its code is told.
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise _refused(code, Trouble.BAD_ADDRESS if code >= 500 else Trouble.REFUSED, lasting=code >= 500) from None
    except smtplib.SMTPDataError as error:
        raise _refused(error.smtp_code, Trouble.REFUSED, lasting=error.smtp_code >= 500) from None
    except smtplib.SMTPServerDisconnected as error:
        waited = isinstance(error.__context__, TimeoutError)
        raise NotDelivered(Trouble.NO_ANSWER if waited else Trouble.NO_CONNECTION, type(error).__name__) from None
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, Trouble.REFUSED, lasting=False) from None
    except smtplib.SMTPException as error:
        raise NotDelivered(Trouble.REFUSED, type(error).__name__) from None
    except ssl.SSLError as error:
        raise NotDelivered(Trouble.NOT_SECURE, type(error).__name__) from None
    except TimeoutError:
        raise NotDelivered(Trouble.NO_ANSWER, "timeout") from None
    except OSError as error:
        raise NotDelivered(Trouble.NO_CONNECTION, type(error).__name__) from None


def _refused(code: int, reason: Trouble, *, lasting: bool) -> NotDelivered:
    return NotDelivered(reason, f"SMTP {code}", temporary=not lasting)


def _address(text: str) -> str:
    address = text.strip(" ")
    if len(address) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise NotDelivered(Trouble.BAD_ADDRESS, "form", temporary=False)
    name, _, domain = address.rpartition("@")
    if not name.isascii():
        raise NotDelivered(Trouble.BAD_ADDRESS, "name outside ASCII", temporary=False)
    try:
        return f"{name}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise NotDelivered(Trouble.BAD_ADDRESS, "domain", temporary=False) from None


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _plain_id(message_id: str) -> str:
    if _PLAIN_ID.fullmatch(message_id):
        return message_id
    return hashlib.sha256(message_id.encode()).hexdigest()


def _html(subject: str, body: str, language: str) -> str:
    paragraphs = re.split(r"\n\s*\n", body.strip())
    written = "\n".join(f"<p>{'<br>'.join(escape(part).splitlines())}</p>" for part in paragraphs)
    head = f'<head><meta charset="utf-8"><title>{escape(subject)}</title></head>'
    return f'<!DOCTYPE html>\n<html lang="{language}">\n{head}\n<body>\n{written}\n</body>\n</html>\n'
