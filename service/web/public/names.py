"""What the public pages call the things that the program knows by a word."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from service.domain.identifiers import starred
from service.domain.signatures import Reason, Verdict
from service.domain.views import EntryView
from service.web.permit_states import STATUS_SHAPES, status_name


def status_of(view: EntryView, on: date) -> tuple[str, str]:
    """The status of an entry on a day in words, and its shape; before the permit was issued there was none."""
    if on < view.entry.issued_on:
        return str(_("not issued yet")), "quiet"
    return status_name(view.status), STATUS_SHAPES[view.status]


def identifier(view: EntryView) -> str:
    """A BIN is public; of an IIN only the end is shown (R11.2)."""
    return view.entry.bin or starred(view.entry.iin)


def verdict_name(verdict: Verdict) -> str:
    """The verdict on a signature (R2.4)."""
    names: dict[Verdict, str] = {
        Verdict.VALID: _("The signature is valid"),
        Verdict.INVALID: _("The signature is not valid"),
        Verdict.UNCHECKED: _("The signature could not be checked now; try again later"),
    }
    return names[verdict]


def reason_name(reason: Reason) -> str:
    """Why a signature is not valid or could not be checked (R2.4)."""
    names: dict[Reason, str] = {
        Reason.FORMAT: _("the signature cannot be read"),
        Reason.SIGNER_COUNT: _("there is more than one signature, or none"),
        Reason.CERTIFICATE: _("the certificate is missing"),
        Reason.CONTENT: _("the file was changed after it was signed"),
        Reason.SIGNATURE: _("the signature does not fit its certificate"),
        Reason.CHAIN: _("the certificate was not issued by a trusted authority"),
        Reason.KEY_USAGE: _("the key is not meant for signing"),
        Reason.EXPIRED: _("the certificate had expired"),
        Reason.NOT_YET_VALID: _("the certificate was not valid yet"),
        Reason.REVOKED: _("the certificate was revoked"),
        Reason.TIMESTAMP: _("the time stamp is missing or wrong"),
        Reason.REVOCATION_UNKNOWN: _("the authority does not tell just now whether the certificate is revoked"),
        Reason.ALGORITHM: _("the signature uses an algorithm that cannot be checked here"),
        Reason.TIMESTAMP_UNKNOWN: _("the authority does not tell just now whether the time stamp holds"),
    }
    return names.get(reason, reason.value)
