"""A program whose papers and signatures cost next to nothing: what is raced comes after both, in the transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from service.domain.signatures import Evidence
from service.program import Program
from service.sandbox.pki import DevPki
from tests.one_page import OnePage
from tests.program import Story

SIGNED = b"signed once"
"""What every remembered signature was really made over."""

SIGNERS = (
    "company_head", "entrepreneur", "company2_head",
    "ministry_head", "ministry_unit", "ministry_acting", "review_officer", "review_secretary",
)  # fmt: skip


class Remembered:
    """Signs as a persona with one real signature, and answers with what a real check of it has found."""

    def __init__(self, program: Program, pki: DevPki, personas: Iterable[str] = SIGNERS) -> None:
        self._cms = {persona: pki.sign_cms(persona, SIGNED) for persona in personas}
        self._found = {cms: program.signatures.verify_cms(cms, SIGNED) for cms in self._cms.values()}

    def sign_cms(self, persona: str, _content: bytes) -> bytes:
        """The signature of this persona."""
        return self._cms[persona]

    def verify_cms(
        self, cms: bytes, content: bytes, *, at: datetime | None = None, ocsp: Sequence[bytes] = ()
    ) -> Evidence:
        """What is known of this signature."""
        return self._found[cms]

    def verify_pdf(
        self, pdf: bytes, *, signatures: int = 1, at: datetime | None = None, ocsp: Sequence[bytes] = ()
    ) -> Evidence:
        """What is known of the signature inside this paper."""
        inside = pdf.lower()
        return next(found for cms, found in self._found.items() if cms.hex().encode() in inside)


def hurry(story: Story, remembered: Remembered | None = None) -> Remembered:
    """Let this story go on with remembered signatures and empty pages."""
    remembered = remembered or Remembered(story.program, story.world.pki)
    story.program, story.pki = quick(story.program, remembered), cast(DevPki, remembered)
    return remembered


def quick(program: Program, remembered: Remembered) -> Program:
    """The same program with remembered signatures and empty pages."""
    return replace(program, signatures=remembered, press=OnePage())
