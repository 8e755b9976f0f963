"""The head signs the notice of a longer term; it goes to the applicant within 3 working days (L76.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from service.domain.deadlines import local
from service.domain.documents import ExtensionNotice
from service.domain.duties import Duty
from service.domain.errors import NotLawful
from service.domain.terms import is_preliminary
from service.operations.duties import end_duty
from service.usecases.acts_beside import Act, Scene, require_held
from service.usecases.letters import appeal_notice


class ExtensionLetter(Act):
    """The signed notice of one extension; `duty` among the answers is the duty that the extension opened."""

    name: ClassVar[str] = "notify_extension"
    kind: ClassVar[str] = "notice_extension"

    def roles(self, scene: Scene) -> Sequence[str]:
        """The head."""
        return ("head",)

    def require(self, scene: Scene) -> None:
        """Only the head, and once for each extension."""
        require_held(scene, "head")
        duty = self._duty(scene)
        if duty.kind != self.name or duty.case_id != scene.case.id or not duty.is_open:
            raise NotLawful("duty_is_done", "L76.3")

    def letter(self, scene: Scene, number: str, code: str) -> ExtensionNotice:
        """Both terms and the reasons of the decision, of the day on which it was taken."""
        duty = self._duty(scene)
        return ExtensionNotice(
            **scene.fields(number, code),
            decided_on=local(duty.opened_at).date(),
            term_before=date.fromisoformat(duty.details["before"]),
            term=date.fromisoformat(duty.details["until"]),
            reasons=duty.details["reason"],
            appeal=appeal_notice(scene.services, scene.move.edition, scene.today),
            preliminary=is_preliminary(scene.services.calendar, date.fromisoformat(duty.details["until"])),
        )

    def follow(self, scene: Scene) -> None:
        """Send the notice; the duty is done."""
        duty = self._duty(scene)
        document = scene.send("extension_notice", extended_until=duty.details["until"])
        duty.document_id = document.id
        end_duty(scene.uow, duty, scene.actor, document.number)

    @staticmethod
    def _duty(scene: Scene) -> Duty:
        return scene.uow.get(Duty, int(scene.answers["duty"]))
