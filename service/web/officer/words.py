"""What codes are called in the language of the page: channels, documents, endings, verdicts, findings, problems."""

from __future__ import annotations

from flask_babel import gettext as _

from service.domain.decisions import PermitStatus
from service.web.officer.reading import Words
from service.web.permit_states import status_name


def channel_name(channel: str) -> str:
    """The system at the other end of a channel."""
    names: dict[str, str] = {
        "shep.person": _("State database of natural persons"),
        "shep.company": _("State database of legal entities"),
        "shep.entrepreneur": _("Register of sole proprietors"),
        "portal.status": _("Cabinet on the portal"),
        "monitoring.stage": _("Monitoring of state services"),
        "mail": _("E-mail of the applicant"),
        "review.package": _("The reviewing body"),
        "paper.application": _("Printing of what was filed"),
    }
    return names.get(channel, channel)


def field_of_document(path: str) -> str:
    """A part of a document that may be corrected, by the path at which it stands there."""
    names: dict[str, str] = {
        "name": _("Name"),
        "postcode": _("Postal code"),
        "region": _("Region"),
        "city": _("City"),
        "district": _("District"),
        "settlement": _("Settlement"),
        "street": _("Street"),
        "house": _("House"),
        "premises": _("Premises"),
        "phone": _("Telephone"),
        "email": _("E-mail"),
        "platform": _("Platform"),
        "purpose": _("Purpose"),
        "conclusion": _("Conclusion"),
        "circumstances": _("Circumstances"),
        "answer": _("Answer to the applicant's position"),
        "value": _("Fact"),
        "note": _("Note"),
        "result": _("Result"),
        "reasons": _("Reasons"),
        "measures": _("Measures taken"),
        "violations": _("Violations"),
        "action": _("What must be done"),
        "official": _("Official"),
    }
    parts = path.split(".")
    place = next((int(part) + 1 for part in parts if part.isdecimal()), 0)
    name = _("Answer") if path == "answer" else names.get(parts[-1], path)
    return f"{name} ({place})" if place else name


def ending_name(words: Words, ending: str) -> str:
    """How a case ended, as the drawing calls it; `ending` is the end event or the outcome."""
    element_id = ending if ending.startswith("end_") else f"end_{ending}"
    return words.name(element_id)


def hearing_result(words: Words, result: str) -> str:
    """How a hearing went, as its form says it."""
    return words.option("hearing_result", result)


def verdict_name(verdict: str) -> str:
    """The verdict on a signature."""
    names: dict[str, str] = {"valid": _("valid"), "invalid": _("not valid"), "unchecked": _("could not be checked yet")}
    return names.get(verdict, verdict)


def finding_name(code: str) -> str:
    """What an automatic check found, without saying where."""
    names: dict[str, str] = {
        "field_missing": _("A field of the application is empty."),
        "title_document_missing": _("No extract and no contract of subparagraph 2) is attached."),
        "document_missing": _("The guarantee letter is not attached."),
        "expired": _("A document had expired on the day of receipt."),
        "not_entrepreneur": _("The register does not know the applicant as a sole proprietor."),
        "entrepreneur_ended": _("By the register, the applicant's activity as a sole proprietor has ended."),
        "company_not_found": _("The register of legal entities does not know the applicant."),
        "company_liquidated": _("By the register, the legal entity that applies is liquidated."),
    }
    return names.get(code, code)


def trouble_name(reason: str) -> str:
    """Why a message was not delivered."""
    names: dict[str, str] = {
        "no_connection": _("There is no connection."),
        "no_answer": _("There was no answer in time."),
        "fault": _("The other system answered with an error."),
        "damaged_answer": _("The answer was damaged."),
        "answer_too_large": _("The answer was too large."),
        "bad_message": _("The other system did not understand the message."),
        "bad_address": _("The address is wrong."),
        "refused": _("The other system refused the message."),
        "not_secure": _("The connection is not secure."),
        "unknown_channel": _("The channel is not set up."),
    }
    return names.get(reason, reason)


def reason_of_signature(reason: str) -> str:
    """Why a signature is refused or could not be checked, and what to do."""
    names: dict[str, str] = {
        "format": _("The signature is damaged. Sign again."),
        "signer_count": _("There must be exactly one signature. Sign again."),
        "certificate": _(
            "The signature carries no certificate. Sign with a key of the National Certification Authority."
        ),
        "content": _("The signature belongs to another document. Open the document again and sign it."),
        "signature": _("The signature does not fit the document. Sign again."),
        "chain": _("The certificate was not issued by a trusted authority."),
        "key_usage": _("This key is not for signing. Choose the key for signing (RSA, GOST), not for sign-in."),
        "role": _("The certificate does not carry the right to sign."),
        "iin_mismatch": _("The key belongs to another person. Sign with your own key."),
        "bin_mismatch": _("The key belongs to another organisation."),
        "expired": _("The certificate has expired. Get a new one and sign again."),
        "not_yet_valid": _("The certificate is not valid yet."),
        "revoked": _("The certificate was revoked. Get a new one and sign again."),
        "timestamp": _("The time stamp is missing or damaged. Sign again."),
        "revocation_unknown": _("Whether the certificate is revoked could not be learned now."),
        "timestamp_unknown": _("The time stamp could not be checked now."),
        "algorithm": _("This key signs in a way that cannot be checked here yet. Choose an RSA key."),
        "signature_too_long": _("The signature is too long for the document. Sign with another key."),
        "test_signature": _("This is a test key. Real documents are signed with a real one."),
    }
    return names.get(reason, reason)


def reason_of_own_signature(reason: str) -> str:
    """The same of the officer's own signature under a paper (R9.1)."""
    names: dict[str, str] = {
        "role": _(
            "This is not the key of an official. Sign with the key that names you as the head of your body, as one with"
            " the right to sign or as its employee."
        ),
        "bin_mismatch": _(
            "The key was issued in another organisation. Sign with the key that was issued to you in your own body."
        ),
    }
    return names.get(reason) or reason_of_signature(reason)


def register_moved(before: str, after: str, first_day: str = "") -> str:
    """What an entry of the register said before a change and says now, or from a first day to come (R11.2)."""
    names = {"before": status_name(PermitStatus(before)), "after": status_name(PermitStatus(after))}
    if first_day:
        return str(_("%(before)s until then, %(after)s from %(day)s on.", day=first_day, **names))
    return str(_("%(before)s before, %(after)s now.", **names))
