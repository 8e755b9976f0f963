"""What codes are called in the language of the page: sources, documents, refusals of signatures and of files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from service.domain.channels import COMPANY, ENTREPRENEUR, PERSON
from service.domain.completeness import DocumentFinding
from service.domain.files import FileRefused
from service.usecases.prefill import CERTIFICATE
from service.web import formats
from service.web.cabinet.reading import Words
from service.web.languages import language


def source_name(source: str) -> str:
    """Where a prefilled answer comes from (R4.1)."""
    names = {
        PERSON: _("State database of natural persons"),
        COMPANY: _("State database of legal entities"),
        ENTREPRENEUR: _("Register of sole proprietors"),
        CERTIFICATE: _("your certificate"),
    }
    return str(names.get(source, source))


def contested(code: str, words: Words) -> str:
    """What a complaint is against, in the words of its form (R13.2)."""
    return words.option("complaint", "contests", code)


def language_name(code: str) -> str:
    """The language of the application and of the letters."""
    return str({"kk": _("Kazakh"), "ru": _("Russian"), "en": _("English")}.get(code, code))


def verdict(name: str) -> tuple[str, str]:
    """The verdict on a signature and the kind of its tag (R2.4)."""
    verdicts = {
        "valid": (_("The signature is valid"), "good"),
        "invalid": (_("The signature is not valid"), "bad"),
        "unchecked": (_("The signature is being checked"), "wait"),
    }
    return verdicts.get(name, (name, "quiet"))


def signature_reasons(reasons: Iterable[str]) -> list[str]:
    """Why a signature is refused or could not be checked, and what to do, each reason once (R3.3)."""
    again = _("The signature arrived damaged. Sign again.")
    names = {
        "challenge": _("The sign-in took longer than ten minutes, or was used already. Sign the new text."),
        "format": again,
        "signature": again,
        "signer_count": _("There must be exactly one signature. Sign again."),
        "certificate": _(
            "The signature carries no certificate. Sign with a key of the National Certification Authority."
        ),
        "content": _("The signature belongs to another text. Sign what this page shows."),
        "chain": _("The certificate was not issued by the National Certification Authority."),
        "key_usage": _("This key is not for signing. Choose the key for signing documents."),
        "role": _(
            "This key may not sign here. A sole proprietor signs with a personal key, a legal entity with the key of"
            " its head or of an employee with the right to sign. The key of another employee is not enough."
        ),
        "iin_mismatch": _("The key belongs to another person. Sign with the key with which you signed in."),
        "bin_mismatch": _("The key belongs to another organisation. Sign with the key with which you signed in."),
        "expired": _("The certificate has expired. Get a new one and sign again."),
        "not_yet_valid": _("The certificate is not valid yet."),
        "revoked": _("The certificate was revoked. Get a new one and sign again."),
        "timestamp": _("The time stamp is missing or damaged. Sign again."),
        "revocation_unknown": _("The service that tells whether a certificate was revoked does not answer now."),
        "timestamp_unknown": _("The time stamp cannot be checked now."),
        "algorithm": _("This key signs in a way that cannot be checked here yet. Choose an RSA key."),
        "test_signature": _("This is a test key. Sign with a real one."),
    }
    return list(dict.fromkeys(names.get(reason, reason) for reason in reasons))


def file_refusal(refused: FileRefused) -> str:
    """Why a file is not taken, and what to do (A1.9.2)."""
    data: Mapping[str, Any] = refused.data
    if refused.code == "too_large" and data.get("unit") in ("pixels", "objects"):
        return str(_("The picture or document is too involved to be opened. Scan it anew with fewer dots."))
    sentences = {
        "empty": _("The file is empty. Choose another one."),
        "too_large": _("The file is larger than %(size)s. Choose a smaller one.", size=formats.size(data.get("limit"))),
        "too_large_together": _(
            "All files together may have %(size)s. Choose a smaller file or remove another.",
            size=formats.size(data.get("limit")),
        ),
        "too_large_with_answers": _(
            "The files with your answers may have %(size)s together. Send the text without the file.",
            size=formats.size(data.get("limit")),
        ),
        "not_allowed": _("Only PDF, JPEG and PNG are taken. The content decides, not the name of the file."),
        "damaged": _("The file is damaged and cannot be opened. Choose another copy."),
        "encrypted": _("The file is protected by a password. Choose a copy without one."),
    }
    return str(sentences.get(refused.code, _("The file cannot be taken. Choose another one.")))


def finding(found: DocumentFinding, words: Words) -> str:
    """What the check of documents finds, as a sentence to the applicant (U13, A1.9.1-A1.9.3, R6.3)."""
    data = dict(found.data)
    match found.code:
        case "field_missing":
            label = words.form.find(found.kind).text(language()).label.rstrip(" :")
            return str(_("Not filled in: %(field)s.", field=label))
        case "title_document_missing":
            return str(_("No extract and no contract is attached: at least one document of sub-point 2) is needed."))
        case "document_missing":
            return str(_("The guarantee letter is not attached."))
        case "expired":
            day = formats.date(data.get("valid_until"))
            return str(_("The validity of %(name)s ended on %(day)s.", name=data.get("name", ""), day=day))
    return found.code
