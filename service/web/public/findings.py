"""What the check of a file has found, kept for a while: the page can be reloaded, shared and read in any language."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from flask import current_app

from service.domain.signatures import Judgement, Reason, Verdict
from service.usecases.verify_document import Checked
from service.web.public.door import program
from service.web.stash import WallClock

KEPT_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Seal:
    """The signature inside a file: the verdict, why, who signed and when by a trusted clock."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    signer: str
    organisation: str
    certificate: str
    signed_at: datetime | None

    @classmethod
    def of(cls, judgement: Judgement) -> Seal:
        """What is shown of a judgement: the name and the certificate, never the IIN."""
        signer = judgement.signer
        return cls(
            judgement.verdict,
            judgement.reasons,
            signer.full_name if signer else "",
            signer.organisation if signer else "",
            signer.serial if signer else "",
            judgement.signed_at,
        )


@dataclass(frozen=True)
class Finding:
    """What became of one file: `code` is that of the document of ours which it is, or pretends to be."""

    file_name: str
    genuine: bool
    altered: bool
    unreadable: str
    code: str
    test: bool
    seal: Seal | None

    @classmethod
    def of(cls, checked: Checked, file_name: str) -> Finding:
        """The finding of a check; the file itself is not kept."""
        return cls(
            file_name=file_name,
            genuine=checked.genuine,
            altered=checked.altered,
            unreadable=checked.unreadable,
            code=checked.document.verification_code if checked.document else "",
            test=checked.test,
            seal=Seal.of(checked.judgement) if checked.judgement else None,
        )


def keep(finding: Finding) -> str:
    """Keep a finding under a name that nobody can guess; gives the name."""
    name, now = secrets.token_urlsafe(12), max(_wall(), program().clock.now())
    content = json.dumps(asdict(finding), default=datetime.isoformat).encode()
    program().stash.put(f"finding:{name}", content, now + KEPT_FOR)
    return name


def kept(name: str) -> Finding | None:
    """Give a finding back, or None when it was not kept or too long ago."""
    content = program().stash.get(f"finding:{name}", _wall())
    if content is None:
        return None
    found = json.loads(content)
    seal = found.pop("seal")
    return Finding(**found, seal=_seal(seal) if seal else None)


def _seal(found: dict[str, str | list[str] | None]) -> Seal:
    signed_at = found["signed_at"]
    return Seal(
        Verdict(str(found["verdict"])),
        tuple(Reason(reason) for reason in found["reasons"] or ()),
        str(found["signer"]),
        str(found["organisation"]),
        str(found["certificate"]),
        datetime.fromisoformat(str(signed_at)) if signed_at else None,
    )


def _wall() -> datetime:
    wall: WallClock = current_app.extensions["ruqsat_wall"]
    return wall.now()
