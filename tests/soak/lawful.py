"""What no order of acts may break, whoever does them and whatever fails between them: the law's results stay lawful."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from service.domain.appeal import Complaint, Track
from service.domain.case import PERMIT, Case, CaseState, Deadline, DeadlineKind, Task
from service.domain.claims import Claim, ClaimResult
from service.domain.deadlines import local
from service.domain.decisions import Hearing, IssuedDocument, PermitStatus
from service.domain.duties import Duty
from service.domain.rounds import of_this_round
from service.domain.timers import counted_terms
from service.domain.views import CaseView
from service.usecases.counted_rows import CountedRows
from tests.soak.wide_town import WideTown

EFFECTS = {"cancelled", "satisfied", "adopted", "sent_back"}
"""Outcomes of a complaint that change the contested act (L100.1, R13.4)."""


def require_lawful(town: WideTown) -> None:
    """What no order of acts may break."""
    for case in town.cases():
        view = town.view(case)
        require_waits(view)
        require_lawful_terms(town, view)
        if case.procedure == PERMIT:
            require_lawful_permit(town, view)
        else:
            require_lawful_complaint(town, view)
    with town.program.reading() as uow:
        for duty in uow.list(Duty):
            assert local(duty.due_at).date() >= duty.counted_from, f"{duty.kind} ends before its start"
        for claim in uow.list(Claim, result=ClaimResult.ANNULLED.value):
            assert uow.get(IssuedDocument, claim.contested_document_id).annulled_at is not None, "R15.1"


def require_waits(view: CaseView) -> None:
    """An open case stands at one step, or waits for a day or for a signature to be checked; a closed one at none."""
    tasks, case = view.open_tasks(), view.case
    running = [row.element for row in view.running_deadlines()]
    if case.state is CaseState.CLOSED:
        assert not tasks, f"{case.number} is closed with {[task.element for task in tasks]}"
        assert not running, f"{case.number} is closed while {running} run"
        return
    assert len(tasks) <= 1, f"{case.number} stands at {[task.element for task in tasks]}"
    waits = any(row.kind is DeadlineKind.WAIT for row in view.running_deadlines())
    assert tasks or waits or case.registered_at is None, f"{case.number} waits for nothing"


def require_lawful_terms(town: WideTown, view: CaseView) -> None:
    """No term ends before the day from which it counts, and none is missed before its end (D25, R8.2)."""
    recounted = {line.element for line in view.journal if line.action == "term_recounted"}
    for row, begins in started(town, view.case):
        ends = local(row.due_at).date()
        assert begins <= ends, f"{row.element} begins on {begins} and ends on {ends}"
        assert row.due_at >= row.first_due_at or row.element in recounted, "only a calendar makes a term shorter"
        assert row.fired_at is None or row.fired_at >= row.due_at, f"{row.element} was missed before its end"


def started(town: WideTown, case: Case) -> Iterator[tuple[Deadline, date]]:
    """Each term of a case with the day from which it counts, in the round of the case to which it belongs."""
    with town.program.reading() as uow:
        rows = CountedRows.of(uow, town.program.times, town.program.editions, uow.get(Case, case.id))
    terms = [row for row in rows.rows if row.kind is DeadlineKind.TERM]
    now, *earlier = rows.rounds
    in_order = [*earlier, now]
    for row in terms:
        # A term of no task is there once in each round.
        alike = [other for other in terms if other.element == row.element and other.id > row.id]
        task = rows.tasks.get(row.task_id or 0)
        days = in_order[-1 - (reopened_after(rows, task) if task else len(alike))]
        if task and task.element == "task_hold_hearing":  # each invitation of a round has its own hearing
            days = {**days, "notified_on": local(task.opened_at).date()}
        expression = rows.element(row).expression
        named = [days.get(name) for name in rows.edition.procedure.expression(expression).names]
        counted = [term.explanation.anchor for term in counted_terms(expression, days, rows.calendars.newest.calendar)]
        known = counted[:1] or [day for day in named if day is not None]
        assert known, f"{row.element} counts from no day"
        yield row, known[0]


def reopened_after(rows: CountedRows, task: Task) -> int:
    """How often the case was taken up again after a task was opened."""
    alike = [other.id for other in rows.tasks.values() if other.element == task.element]
    opened = [line.sequence for line in rows.lines if (line.action, line.element) == ("task_opened", task.element)]
    at = opened[sorted(alike).index(task.id)]
    return sum(line.sequence > at for line in rows.lines if line.action == "case_reopened")


def require_lawful_permit(town: WideTown, view: CaseView) -> None:
    """One decision is in force at a time; a permit with its entry, a refusal after what the law asks before it."""
    live = {document.kind: document for document in view.documents if document.annulled_at is None}
    ever = {document.kind for document in view.documents}
    assert (view.entry is None) == ("permit" not in ever), "R11.1"
    assert not {"permit", "refusal"} <= set(live), "A1.6"
    assert ("refusal" in live) == (view.case.outcome == "refused"), "R7.3"
    assert "permit" not in live or view.case.outcome == "granted", "R11.1"
    assert view.case.outcome != "granted" or "permit" in ever, "R11.1"
    if view.entry is not None and "permit" in live:
        assert view.entry.number == live["permit"].number
    if "refusal" in live:
        require_heard(town, view, local(live["refusal"].signed_at).date())


def require_heard(town: WideTown, view: CaseView, signed_on: date) -> None:
    """The refusal rests on a hearing or a basis for none, and came no earlier than the law lets it (R8.4, L73.1)."""
    hearing = view.hearing
    assert hearing is not None, "R8.4"
    assert hearing.settled_at is not None
    grounds = next(task.answers for task in reversed(view.tasks) if task.element == "task_examine" and task.answers)
    assert grounds["grounds"], "A1.10.6"
    assert set(grounds["grounds"]) <= set(hearing.grounds), "R8.1"
    if hearing.exemption:
        assert hearing.exemption_reason, "L73.2"
        papers = [file for file in view.attachments if file.kind == "exemption_document"]
        assert any(of_this_round(file, view.journal) for file in papers), "L73.2"
    else:
        assert view.case.notified_on is not None
        assert hearing.result in ("held", "written", "silent")
        assert signed_on >= town.program.calendar.after(view.case.notified_on, 3), "L73.1"


def require_lawful_complaint(town: WideTown, view: CaseView) -> None:
    """At the provider nothing lasts past the third working day; nobody is left unsatisfied unheard (R13.3, L73.1)."""
    row, forwarding = view.complaint, "deadline_forward"
    assert row is not None
    at_provider = [task for task in view.open_tasks() if task.role != "reviewer"]
    if at_provider and row.track != Track.SERVICE:
        assert any(term.element.startswith(forwarding) for term in view.running_deadlines()), "R13.3"
    if view.case.outcome == "satisfied":
        ends = [term.due_at for term in view.deadlines if term.element.startswith(forwarding)]
        assert view.case.closed_at is not None
        assert view.case.closed_at <= max(ends), "R13.4"
    if view.case.outcome == "unsatisfied":
        with town.program.reading() as uow:
            heard = [each for each in uow.list(Hearing, case_id=view.case.id) if not each.of_holder]
        assert heard, "L73.1"
        assert heard[-1].settled_at is not None
        assert heard[-1].notified_at is not None
        decision = next(each for each in view.documents if each.id == row.decision_id)
        earliest = town.program.calendar.after(local(heard[-1].notified_at).date(), 3)
        assert local(decision.signed_at).date() >= earliest, "L73.1"
    if view.case.outcome in EFFECTS:
        require_effect(town, view.case)


def require_effect(town: WideTown, complaint: Case) -> None:
    """A decision that changes the contested act has changed it in the same transaction (L100.1)."""
    with town.program.reading() as uow:
        row = uow.find(Complaint, case_id=complaint.id)
    if row is None or row.contested_document_id is None or row.contested_case_id is None:
        return
    view: CaseView = town.program.queries.case(row.contested_case_id)
    contested = next(each for each in view.documents if each.id == row.contested_document_id)
    if complaint.outcome in ("cancelled", "sent_back"):
        assert contested.annulled_at is not None, "L100.1"
    if contested.kind == "permit" and contested.annulled_at is not None and view.entry is not None:
        renewed = any(each.kind == "permit" and each.annulled_at is None for each in view.documents)
        assert renewed or town.story.status(view.case) is PermitStatus.CANCELLED, "R11.2"
