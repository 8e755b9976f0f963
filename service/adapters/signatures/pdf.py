"""Signatures inside PDF files: leaves room for one, puts it in, takes it out again (R9.1).

The signing program in the officer's browser makes the CMS over the bytes around the room left for it. The kind of the
signature stands among the signed bytes, before that CMS is made, and must therefore fit whatever the program makes.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import parser
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from service.adapters.patience import OutOfPatience, patience
from service.adapters.signatures.hex_strings import quick
from service.adapters.signatures.identifiers import bounded
from service.domain.errors import RuqsatError, SignatureRefused

bounded()
quick()
_ROOM = 40 * 1024
"""Hexadecimal digits kept for the signature: a CMS with its chain and time stamp takes about half of them."""

_OURS = SigSeedSubFilter.ADOBE_PKCS7_DETACHED
"""Fits every CMS. PAdES would forbid the signing time among the signed attributes, where NCALayer may put it."""
_SUBFILTERS = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached"}
_MEGABYTE = 1024 * 1024
_SPARINGLY = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=4 * _MEGABYTE),
    document_budget=DocumentDecodeBudget(base_allowance=16 * _MEGABYTE, max_ratio=16),
)
"""What may be unfolded of a file from anywhere: a paper of ours has some hundred kilobytes in all."""
_ONE_CASE = re.compile(rb"<(?:[0-9a-f]+|[0-9A-F]+)>")


class SignatureDoesNotFit(SignatureRefused):
    """The signature is longer than the room left for it in the PDF: the signer can use another key."""

    code = "signature_too_long"


class PdfUnusable(RuqsatError):
    """The file cannot be signed: it is not a PDF, or a damaged or encrypted one."""

    code = "pdf_unusable"


@dataclass(frozen=True)
class PreparedPdf:
    """A PDF with room for a signature from `start` to `end`; `to_sign` are the bytes around it."""

    pdf: bytes
    start: int
    end: int

    @property
    def to_sign(self) -> bytes:
        """What is handed to the signing program."""
        return self.pdf[: self.start] + self.pdf[self.end :]


@dataclass(frozen=True)
class PdfSignature:
    """The last signature in a PDF, how many there are, and what is wrong with the way it lies in the file."""

    cms: bytes
    covered: bytes
    count: int
    problems: tuple[str, ...]


def prepare(pdf: bytes, *, field: str, reason: str, name: str, at: datetime) -> PreparedPdf:
    """Leave room for one signature; `reason`, `name` and `at` are shown by PDF readers beside it (R9.1).

    Raises PdfUnusable. The result is all that must be kept until the signature arrives.
    """
    signature = SignatureObject(timestamp=at, subfilter=_OURS, name=name, reason=reason, bytes_reserved=_ROOM)
    # A box outside the page satisfies both the archive standard (printed) and the accessibility standard (untagged).
    unseen = SigFieldSpec(field, invis_sig_settings=InvisSigSettings(set_print_flag=True, box_out_of_bounds=True))
    try:
        steps = PdfCMSEmbedder(new_field_spec=unseen).write_cms(field, IncrementalPdfFileWriter(BytesIO(pdf)))
        next(steps)
        steps.send(SigObjSetup(sig_placeholder=signature))
        room, output = steps.send(SigIOSetup(md_algorithm="sha256"))
    except Exception as error:
        raise PdfUnusable(problem=type(error).__name__) from error
    return PreparedPdf(output.getvalue(), room.reserved_region_start, room.reserved_region_end)


def embed(prepared: PreparedPdf, cms: bytes) -> bytes:
    """Put the signature into the room left for it; raises SignatureDoesNotFit."""
    digits = binascii.hexlify(cms)
    room = prepared.end - prepared.start - 2
    if len(digits) > room:
        raise SignatureDoesNotFit(reasons=[SignatureDoesNotFit.code], length=len(cms), room=room // 2)
    return prepared.pdf[: prepared.start] + b"<" + digits.ljust(room, b"0") + b">" + prepared.pdf[prepared.end :]


def revisions(pdf: bytes, most: int) -> list[bytes]:
    """The file as it was after each of its first signatures, at `most` so many.

    Every later signature only adds to what was signed before. A small file can say that it has thousands.
    """
    return [pdf[:end] for end in _ends(pdf)[:most]]


def count(pdf: bytes) -> int:
    """How many signatures a file has; raises as `read`."""
    return len(_ends(pdf))


def _ends(pdf: bytes) -> list[int]:
    """Where the file ended when each signature was put in, the first signature's first."""
    ends = []
    with _patiently():
        for signature in _signatures(pdf):
            _start, _length, after, rest = (int(number) for number in signature.byte_range)
            ends.append(after + rest)
    return sorted(ends)


def read(pdf: bytes) -> PdfSignature | None:
    """Take the last signature out of a PDF; None when it holds none.

    Raises anything when the file is no PDF, PdfUnusable when reading it would take too long.
    """
    with _patiently():
        signatures = _signatures(pdf)
        return _last(pdf, signatures) if signatures else None


def _last(pdf: bytes, signatures: Sequence[EmbeddedPdfSignature]) -> PdfSignature:
    last = signatures[-1]
    start, length, after, rest = (int(number) for number in last.byte_range)
    padded = bytes(last.pkcs7_content)
    cms = padded[: parser.peek(padded)]
    problems = []
    if last.sig_object.get("/SubFilter") not in _SUBFILTERS or last.sig_object_type != "/Sig":
        problems.append("pdf_signature_kind")
    if start != 0 or after + rest != len(pdf):
        problems.append("pdf_not_covered")
    if not _is_plain(pdf[length:after], cms):
        problems.append("pdf_signature_room")
    return PdfSignature(cms, pdf[:length] + pdf[after : after + rest], len(signatures), tuple(problems))


def _signatures(pdf: bytes) -> Sequence[EmbeddedPdfSignature]:
    """The signatures in a file from anywhere, the first signer's first."""
    found: Sequence[EmbeddedPdfSignature] = PdfFileReader(BytesIO(pdf), decode_limits=_SPARINGLY).embedded_signatures
    return found


@contextmanager
def _patiently() -> Iterator[None]:
    try:
        with patience():
            yield
    except OutOfPatience:
        raise PdfUnusable(problem="took_too_long") from None


def _is_plain(room: bytes, cms: bytes) -> bool:
    # The signature does not cover its own room, so nothing but the signature and zeros may lie there.
    if not _ONE_CASE.fullmatch(room):
        return False
    digits = binascii.hexlify(cms)
    return room[1:-1].lower() == digits.ljust(len(room) - 2, b"0")
