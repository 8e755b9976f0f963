"""Signed acts beside the diagram: a paper of the case that is no task's, and what its signature does (R9.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from service.domain.case import Case
from service.domain.deadlines import local
from service.domain.decisions import IssuedDocument, PreparedDocument
from service.domain.documents import Letter
from service.domain.errors import Forbidden
from service.domain.minutes import LANE, SIGNERS
from service.domain.numbers import SERIES, number_text
from service.domain.people import Actor, Officer
from service.domain.ports import UnitOfWork
from service.operations import SignedPaper, Work
from service.operations.decisions import issue
from service.operations.notices import tell
from service.usecases.letters import letter_fields
from service.usecases.moves import Move
from service.usecases.papers import (
    Page,
    make_ready,
    own_prepared,
    require_fresh,
    require_role,
    signed_by,
    verification_code,
)
from service.usecases.services import Services


@dataclass(frozen=True)
class Scene:
    """One act in one unit of work: on which case, by whom, with which answers."""

    services: Services
    uow: UnitOfWork
    case: Case
    actor: Actor
    answers: Mapping[str, Any]
    signed: SignedPaper | None = None

    @cached_property
    def move(self) -> Move:
        """The case with its edition and its tasks; nothing is moved."""
        return Move(self.services, self.uow, self.case, self.actor)

    @cached_property
    def officer(self) -> Officer:
        """Who signs."""
        return self.uow.get(Officer, self.actor.officer_id)

    @property
    def today(self) -> date:
        """The local day."""
        return local(self.uow.now).date()

    @property
    def work(self) -> Work:
        """What operations use."""
        functions, periods = self.services.editions.functions, self.move.edition.terms
        return Work(self.uow, self.services.calendar, self.actor, functions, periods, self.move.tasks, self.signed)

    def next_number(self, kind: str) -> str:
        """The number that the paper will have if nobody takes it meanwhile (A3.3)."""
        return number_text(kind, self.today.year, self.uow.peek_number(SERIES[kind], self.today.year))

    def fields(self, number: str, code: str) -> dict[str, Any]:
        """What every letter says."""
        return letter_fields(self.services, self.move, officer=self.officer, number=number, code=code)

    def send(self, kind: str, holder: Case | None = None, **details: Any) -> IssuedDocument:
        """Issue the signed paper under the next number of its series and put it into the cabinet (R9.2).

        A paper for the `holder` of a contested permit stands in the holder's own case (L73.1).
        """
        return self.delivered(issue(self.work, holder or self.case), kind, holder, **details)

    def delivered(
        self, document: IssuedDocument, kind: str, holder: Case | None = None, **details: Any
    ) -> IssuedDocument:
        """Put an issued paper into the cabinet at once, or into that of the holder of a contested permit (R9.2)."""
        document.delivered_at = self.uow.now
        paper = {"kind": document.kind, "number": document.number}
        if holder is None:
            self.uow.note(self.case, self.actor, "paper_sent", **paper)
        else:
            self.uow.note(self.case, self.actor, "holder_paper_sent", **paper)
            self.uow.note(holder, self.actor, "paper_sent", **paper, complaint=self.case.number)
        tell(self.work, holder or self.case, kind, document.id, number=document.number, **details)
        return document


class Act:
    """One kind of act: who may do it, what its paper says, and what follows when it is signed."""

    name: ClassVar[str]
    kind: ClassVar[str] = ""

    def roles(self, scene: Scene) -> Sequence[str]:
        """In which roles it is done, of whom the journal says the first that is held: who hears and signs minutes."""
        return LANE[scene.case.procedure], *SIGNERS[scene.case.procedure]

    def require(self, scene: Scene) -> None:
        """Refuse who may not act, and what the law does not allow now; asked before the paper and again after it."""
        raise NotImplementedError

    def letter(self, scene: Scene, number: str, code: str) -> Letter:
        """What the paper says."""
        raise NotImplementedError

    def follow(self, scene: Scene) -> None:
        """What the signature does, in the transaction that keeps it."""
        raise NotImplementedError

    def page(self, scene: Scene) -> Page:
        """The paper to be made ready: a new letter under the next number of its series."""
        number, code = scene.next_number(self.kind), verification_code()
        return self.page_of(scene, number, code, letter=self.letter(scene, number, code))

    def page_of(self, scene: Scene, number: str, code: str, kind: str = "", **more: Any) -> Page:
        """A paper of this act under a number."""
        return Page(
            scene.case.id, scene.move.edition, scene.officer, kind or self.kind, number, code, scene.uow.now,
            answers=scene.answers, act=self.name, **more,
        )  # fmt: skip


def require_held(scene: Scene, role: str) -> Actor:
    """Refuse who does not hold the role today; who acts in it."""
    if role not in scene.actor.roles:
        raise Forbidden(what="role", role=role)
    require_role(scene.uow, scene.actor, role)
    return scene.actor.acting_in(role)


def prepare_act(
    services: Services, act: Act, case_id: int, actor: Actor, answers: Mapping[str, Any]
) -> PreparedDocument:
    """Make the paper of an act ready for its signature. Raises `Forbidden`, `NotLawful` and `InvalidAnswers`."""
    with services.unit_of_work() as uow:
        scene = Scene(services, uow, uow.cases.lock(case_id), actor, dict(answers))
        act.require(scene)
        page = act.page(replace(scene, actor=actor.acting_in(*act.roles(scene))))
    return make_ready(services, page)


def sign_act(services: Services, act: Act, prepared_id: str, actor: Actor, cms: bytes) -> Case:
    """Put the signature into the paper, check it, and let the act take effect in one transaction.

    Raises what `signed_by` raises, and what the act refuses; `NotLawful` when another paper took its number.
    """
    prepared = own_prepared(services, prepared_id, actor)
    if prepared.act != act.name:
        raise Forbidden(what="prepared_document")
    paper = signed_by(services, prepared, actor, cms)
    with services.unit_of_work() as uow:
        case = uow.cases.lock(prepared.case_id)
        require_fresh(prepared, uow.now)
        scene = Scene(services, uow, case, actor, prepared.answers, paper)
        scene = replace(scene, actor=actor.acting_in(*act.roles(scene)))
        act.require(scene)
        act.follow(scene)
        uow.commit()
        return case
