"""A clerical error in an issued document: found, corrected within 3 working days, sent (L82.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

from service.domain.case import searched
from service.domain.corrections import Change, RegisterCorrection, changes, correctable, corrected, corrector
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument
from service.domain.document_data import document_from
from service.domain.document_parts import CorrectionMark
from service.domain.documents import Letter, Permit
from service.domain.duties import Duty
from service.domain.errors import InvalidAnswers, NotFound, NotLawful
from service.domain.forms import told_texts
from service.domain.ports import UnitOfWork
from service.operations.decisions import enter, signed_paper
from service.operations.duties import end_duty
from service.usecases.acts_beside import Act, Scene, require_held
from service.usecases.letters import strip
from service.usecases.papers import Page, content_of, verification_code

LONGEST_REASON = 2000
_IN_REGISTER = {
    "applicant": "holder_name", "platform": "platform", "purpose": "purpose", "addresses": "address",
}  # fmt: skip
"""Where the register says what a permit says in these parts."""


def open_fields(uow: UnitOfWork, document: IssuedDocument) -> Sequence[tuple[str, str]]:
    """The fields of a document that may be corrected, with what stands there.

    `NotLawful` for a kind that is not corrected so, one that was annulled, and one that has a newer version.
    """
    if document.annulled_at is not None:
        raise NotLawful("not_correctable", "L82.1")
    if uow.find(IssuedDocument, corrects_id=document.id) is not None:
        raise NotLawful("corrected_already", "L82.1")
    return correctable(document.kind, said_by(uow, document))


class Correction(Act):
    """The corrected document: the same number and day, the listed fields changed and nothing else.

    Among the answers, `document` is the one with the error, `changes` the new texts by field, `reason` what was wrong.
    """

    name: ClassVar[str] = "correct_error"

    def roles(self, scene: Scene) -> Sequence[str]:
        """Whose duty it is to correct the document."""
        return (corrector(self._document(scene).kind),)

    def require(self, scene: Scene) -> None:
        """Only the head, or for a paper of the reviewing body that body, with a reason, and only listed fields."""
        document = self._document(scene)
        require_held(scene, corrector(document.kind))
        open_fields(scene.uow, document)
        self.differences(scene, document)
        if errors := told_texts(scene.answers, {"reason": LONGEST_REASON}):
            raise InvalidAnswers(errors=errors)

    def page(self, scene: Scene) -> Page:
        """The corrected document under the number of the original."""
        document, code = self._document(scene), verification_code()
        letter = self.letter(scene, document.number, code)
        return self.page_of(scene, document.number, code, document.kind, letter=letter)

    def letter(self, scene: Scene, number: str, code: str) -> Letter:
        """What the original says, with the changes, and outside of its text that it is corrected."""
        document = self._document(scene)
        fresh = document_from(corrected(said_by(scene.uow, document), self.differences(scene, document)))
        if not isinstance(fresh, Letter):
            raise NotLawful("not_correctable", "L82.1")
        mark = CorrectionMark(scene.today, document.verification_code, local(document.signed_at).date())
        fresh_strip = strip(scene.services, scene.officer, code, scene.uow.now, scene.actor.order)
        return replace(fresh, strip=fresh_strip, correction=mark)

    def differences(self, scene: Scene, document: IssuedDocument) -> Sequence[Change]:
        """What differs from the original."""
        wanted = {str(path): str(text) for path, text in dict(scene.answers.get("changes") or {}).items()}
        return changes(document.kind, said_by(scene.uow, document), wanted)

    def follow(self, scene: Scene) -> None:
        """Keep both versions linked, send the copy, correct the register with the permit, end the duty."""
        uow, work, document = scene.uow, scene.work, self._document(scene)
        made = self.differences(scene, document)
        paper = signed_paper(work)
        uow.add(paper.evidence)
        uow.flush()
        fresh = enter(work, scene.case, paper, at=uow.now, corrects=document)
        changed = [f"{change.before} → {change.after}" for change in made]
        reason = str(scene.answers["reason"]).strip()
        uow.note(scene.case, scene.actor, "document_corrected", number=fresh.number, changed=changed, reason=reason)
        if document.kind == "permit":
            self._correct_register(scene, fresh, made)
        scene.delivered(fresh, "corrected")
        for duty in waiting_corrections(uow, document):
            end_duty(uow, duty, scene.actor, fresh.number)

    def _correct_register(self, scene: Scene, fresh: IssuedDocument, made: Sequence[Change]) -> None:
        """The entry says what the corrected permit says; what it said before stays in its history (R11.2)."""
        uow = scene.uow
        entry = uow.register.by_number(fresh.number)
        permit = self.letter(scene, fresh.number, fresh.verification_code)
        if entry is None or not isinstance(permit, Permit):
            raise NotFound(what="entry")
        said = {
            "holder_name": permit.applicant.name,
            "platform": permit.platform,
            "purpose": permit.purpose,
            "address": "; ".join(address.line for address in permit.addresses),
        }
        names = {_IN_REGISTER.get(change.path.split(".")[0], "") for change in made}
        wrong = {name: text for name, text in said.items() if name in names and text != getattr(entry, name)}
        changed = [f"{getattr(entry, name)} → {after}" for name, after in wrong.items()]
        for name, after in wrong.items():
            uow.add(RegisterCorrection(entry.id, name, getattr(entry, name), after, fresh.id, uow.now))
            setattr(entry, name, after)
        entry.search_name = searched(entry.holder_name)
        if changed:
            uow.note(scene.case, scene.actor, "register_corrected", changed=changed)

    @staticmethod
    def _document(scene: Scene) -> IssuedDocument:
        document = scene.uow.get(IssuedDocument, int(scene.answers["document"]))
        if document.case_id != scene.case.id:
            raise NotFound(what="document")
        return document


def said_by(uow: UnitOfWork, document: IssuedDocument) -> dict[str, Any]:
    """What a document says, as it was kept with it; `NotLawful` where it was not."""
    content = content_of(uow, document)
    if not content:
        raise NotLawful("content_not_kept", "L82.1")
    return content


def waiting_corrections(uow: UnitOfWork, document: IssuedDocument) -> list[Duty]:
    """The open duties to correct this document; at most one."""
    return [
        duty
        for duty in uow.duties.of_case(document.case_id)
        if duty.kind == "correct_error" and duty.is_open and duty.document_id == document.id
    ]
