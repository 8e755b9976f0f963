"""The built-in engine: says what CMS and PDF signatures show, by pyHanko and the authority's own services (R2.4)."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version

from asn1crypto import cms as asn1_cms
from asn1crypto import x509

from service.adapters.patience import OutOfPatience, patience
from service.adapters.signatures.certificates import TrustList, describe, is_test_authority
from service.adapters.signatures.chain import Checked, Stamp, check_signature, check_stamp
from service.adapters.signatures.enclosures import are_genuine
from service.adapters.signatures.pdf import read as read_pdf
from service.adapters.signatures.revocation import RevocationChecker
from service.adapters.signatures.signed_data import Parsed, Unreadable, digest, is_computable, parse, stamps
from service.domain.signatures import Evidence

_ONE_AT_A_TIME = threading.Lock()
"""What asn1crypto reads of a structure it completes in place when it is first looked at, shared certificates included:
two threads that do so at once can find it half made, and a good signature would be called unreadable."""

_SHORT = 32 * 1024
"""Bytes of a signature that is read without looking at the time: four times as many as one with its stamp has."""

_LONGEST = 64 * 1024
"""Bytes of a signature beside the content that it may carry, in pieces that double it at most: eight times as many as
one with its stamp has.

A longer one is not read at all. Of those that keep the reader busy anybody could send one after the other, and nobody
else would be signed in.
"""

NAME = f"builtin, pyHanko {version('pyHanko')}"


@dataclass(frozen=True)
class _Calculated:
    """What a signature with one signer shows without asking anybody."""

    parsed: Parsed
    checked: Checked
    stamp: Stamp | None
    stamp_present: bool
    genuine: bool


class BuiltinEngine:
    """Checks signatures in this process; fulfils SignatureEngine. `now` is the procedure's clock, not the machine's."""

    def __init__(self, trust: TrustList, revocation: RevocationChecker, now: Callable[[], datetime]) -> None:
        self._trust = trust
        self._revocation = revocation
        self._now = now

    def verify_cms(
        self, cms: bytes, content: bytes, *, at: datetime | None = None, ocsp: Sequence[bytes] = ()
    ) -> Evidence:
        """Examine a CMS signature over `content` (R2.4, R3.3)."""
        return self._verify(cms, content, at, ocsp, longest=_LONGEST + 2 * len(content))

    def _verify(
        self, cms: bytes, content: bytes, at: datetime | None, ocsp: Sequence[bytes], *, longest: int
    ) -> Evidence:
        if len(cms) > longest:
            return replace(_blank(cms, content), problems=("format", "too_long"))
        with _ONE_AT_A_TIME:  # no network in here
            found, calculated = self._stated(cms, content, at or self._now())
        if calculated is None or not (found.signature_ok and found.chain_ok):
            # Only addresses that a trusted authority has signed are ever asked.
            return found
        return self._with_standings(found, calculated, ocsp)

    def _stated(self, cms: bytes, content: bytes, moment: datetime) -> tuple[Evidence, _Calculated | None]:
        """What the bytes show by themselves, and what was calculated where they could be."""
        blank = _blank(cms, content)
        try:
            with _patiently(cms):
                return self._read(blank, cms, content, moment)
        except OutOfPatience:
            return replace(blank, problems=("format", "took_too_long")), None
        except Exception as error:  # noqa: BLE001 - hostile bytes make parsers raise anything; no network in here
            return replace(blank, problems=("format", _code(error))), None

    def _read(
        self, blank: Evidence, cms: bytes, content: bytes, moment: datetime
    ) -> tuple[Evidence, _Calculated | None]:
        parsed = parse(cms)
        if len(parsed.signers) != 1 or parsed.certificate is None:
            return replace(blank, signer_count=len(parsed.signers)), None
        if not is_computable(parsed.signer):
            signer = describe(parsed.certificate)
            return replace(blank, signer=signer, signer_count=1, algorithm_known=False, problems=("gost",)), None
        calculated = self._calculate(parsed, content, moment)
        return _stated(blank, calculated, content), calculated

    def verify_pdf(
        self, pdf: bytes, *, at: datetime | None = None, ocsp: Sequence[bytes] = (), signatures: int = 1
    ) -> Evidence:
        """Examine the last signature inside a PDF, which must hold exactly so many (R2.4, R9.1, L74.1)."""
        try:
            found = read_pdf(pdf)
        except Exception as error:  # noqa: BLE001 - a file from anywhere, as above
            return replace(_blank(b"", pdf), problems=("format", _code(error)))
        if found is None:
            return _blank(b"", pdf)
        evidence = self._verify(found.cms, found.covered, at, ocsp, longest=_LONGEST)
        return replace(
            evidence,
            signer_count=evidence.signer_count if found.count == signatures else _other_than_one(found.count),
            content_matches=evidence.content_matches and not found.problems,
            problems=(*evidence.problems, *found.problems),
        )

    def _calculate(self, parsed: Parsed, content: bytes, moment: datetime) -> _Calculated:
        tokens = stamps(parsed.signer)
        trusted = [stamp for token in tokens if (stamp := self._stamp(token, parsed)) is not None]
        stamp = min(trusted, key=lambda each: each.moment, default=None)
        own_content = content if parsed.content is None else parsed.content
        checked = check_signature(
            parsed.bare,
            digest(parsed.signer, own_content),
            self._trust,
            _within_dates(parsed.certificate, stamp.moment if stamp else moment),
        )
        return _Calculated(parsed, checked, stamp, bool(tokens), self._is_genuine(parsed, checked, stamp))

    def _is_genuine(self, parsed: Parsed, checked: Checked, stamp: Stamp | None) -> bool:
        if not checked.path:
            return True  # a stranger's certificates prove nothing anyway
        known = (*checked.path, *self._trust.roots, *self._trust.intermediates)
        if stamp is None:
            return are_genuine(parsed.enclosed, known)
        return are_genuine((*parsed.enclosed, *stamp.enclosed), (*known, *stamp.path))

    def _stamp(self, token: asn1_cms.ContentInfo, parsed: Parsed) -> Stamp | None:
        try:
            return check_stamp(token, parsed.signer["signature"].native, self._trust)
        except Exception:  # noqa: BLE001 - an unreadable stamp is no stamp; the signature is examined all the same
            return None

    def _with_standings(self, evidence: Evidence, calculated: _Calculated, kept: Sequence[bytes]) -> Evidence:
        stamp = calculated.stamp
        paths = [calculated.checked.path] + ([stamp.path] if stamp else [])
        stamped = stamp.moment if stamp else None
        holder, *authority = [self._revocation.standing(path, stamped=stamped, kept=kept) for path in paths]
        problems = [problem for standing in (holder, *authority) for problem in standing.problems]
        ca_revoked = any(self._revocation.is_ca_revoked(path) for path in paths) if not problems else False
        return replace(
            evidence,
            chain_ok=not ca_revoked,
            revocation=holder.status,
            revocation_source=holder.source,
            revocation_at=holder.at,
            revoked_at=holder.revoked_at,
            timestamp_revocation=authority[0].as_of(stamped) if authority else "unknown",
            ocsp=tuple(dict.fromkeys(answer for standing in (holder, *authority) for answer in standing.ocsp)),
            problems=(*evidence.problems, *problems, *(["ca_revoked"] if ca_revoked else [])),
        )


def _patiently(cms: bytes) -> AbstractContextManager[None]:
    """One signature is read at a time, so nobody may keep the others waiting; a short one cannot be laborious."""
    return patience() if len(cms) > _SHORT else nullcontext()


def _other_than_one(count: int) -> int:
    """A single signature where the paper must bear more is not the signature that is asked for."""
    return count if count != 1 else 0


def _blank(cms: bytes, content: bytes) -> Evidence:
    return Evidence(
        signer=None,
        signer_count=0,
        content_matches=False,
        digest_ok=False,
        signature_ok=False,
        chain_ok=False,
        revocation="unknown",
        revocation_source="",
        revocation_at=None,
        revoked_at=None,
        timestamp=None,
        timestamp_present=False,
        timestamp_revocation="unknown",
        problems=(),
        engine=NAME,
        cms=cms,
        content_sha256=hashlib.sha256(content).hexdigest(),
        certificates=(),
        ocsp=(),
        test=False,
    )


def _stated(blank: Evidence, calculated: _Calculated, content: bytes) -> Evidence:
    parsed, checked, stamp = calculated.parsed, calculated.checked, calculated.stamp
    chain = checked.path or (checked.certificate,)
    enclosed = dict.fromkeys(each.dump() for each in (*chain, *(stamp.path if stamp else ())))
    return replace(
        blank,
        signer=describe(checked.certificate),
        signer_count=1,
        content_matches=checked.digest_ok and parsed.content in (None, content),
        digest_ok=checked.digest_ok,
        signature_ok=checked.signature_ok and calculated.genuine,
        chain_ok=bool(checked.path),
        problems=() if calculated.genuine else ("altered_certificate",),
        timestamp=stamp.moment if stamp else None,
        timestamp_present=calculated.stamp_present,
        certificates=tuple(enclosed),
        test=bool(checked.path) and is_test_authority(checked.path[-1]),
    )


def _within_dates(certificate: x509.Certificate, moment: datetime) -> datetime:
    # The signer's own dates are judged by the domain, so the chain is looked at while the certificate is in force.
    validity = certificate["tbs_certificate"]["validity"]
    first: datetime = validity["not_before"].native
    last: datetime = validity["not_after"].native
    return max(first, min(moment, last))


def _code(error: Exception) -> str:
    return str(error) if isinstance(error, Unreadable) else type(error).__name__
