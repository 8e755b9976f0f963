"""What must hold after whatever has happened: nothing lost, nothing twice, no number left out, the audit clean."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta

from service.demo.world import World
from service.domain.case import Case, CaseState, Deadline, JournalEntry, Task
from service.domain.channels import MAIL, MONITORING, PORTAL
from service.domain.decisions import IssuedDocument, RegisterEntry
from service.domain.messages import Notice, OutboxMessage
from service.domain.ports import UnitOfWork
from service.program import Program
from service.usecases.audit import audit


def require_sound(program: Program, receipts: Collection[str] = (), *, failures: bool = False) -> None:
    """Raise AssertionError with everything that is wrong. `failures` allows steps and terms that wait after a fault."""
    wrong = list(wrong_with(program, receipts, failures=failures))
    assert wrong == [], "\n".join(wrong)


def wrong_with(program: Program, receipts: Collection[str] = (), *, failures: bool = False) -> Iterator[str]:
    """Everything that is not as it must be, in words."""
    yield from (f"audit: {found}" for found in audit(program))
    with program.reading() as uow:
        cases = uow.list(Case)
        yield from (f"the receipt {number} has no case" for number in set(receipts) - {case.number for case in cases})
        yield from _gaps("case", [case.number for case in cases])
        yield from _register(uow, cases)
        yield from _effects(uow, cases)
        yield from _told(uow, cases)
        yield from _papers(uow)
        if not failures:
            yield from (f"task {task.id} has failed: {task.failure}" for task in uow.list(Task) if task.failure)
            yield from (f"term {row.id} has failed: {row.failure}" for row in uow.list(Deadline) if row.failure)


def require_delivered_once(program: Program, world: World) -> None:
    """Let what is due be done and what waits be sent, also what a dead process had begun; then each is there once.

    What was sent twice bears the same id, so that it counts once; nothing else has come there (R10.2, L66.1).
    """
    program.sweep()
    for _ in range(40):
        waiting = _undelivered(program)
        if not waiting:
            break
        program.set_clock(program.clock.now() + timedelta(minutes=6))
        program.sweep()
    else:
        raise AssertionError(f"never delivered: {waiting}")
    there = {
        MONITORING: [each.message_id for each in world.monitoring.received],
        PORTAL: [each.message_id for each in world.portal.received],
        MAIL: [letter.message_id.strip(" <>").partition("@")[0] for letter in world.mail.letters],
    }
    with program.reading() as uow:
        for channel, received in there.items():
            sent = [row.message_id for row in uow.list(OutboxMessage, channel=channel)]
            if channel == MAIL:
                sent = [hashlib.sha256(each.encode()).hexdigest() for each in sent]
            if sorted(sent) != sorted(received):
                raise AssertionError(f"{channel}: {len(sent)} messages sent, {len(received)} received")


def _undelivered(program: Program) -> list[str]:
    """The messages that have not left; none, once every system answers."""
    with program.reading() as uow:
        return [f"{row.message_id} {row.last_error}" for row in uow.list(OutboxMessage) if row.sent_at is None]


def _gaps(what: str, numbers: list[str]) -> Iterator[str]:
    """Numbers end with their place in a series of a year: `P-2023-000001`."""
    series: dict[str, list[int]] = {}
    for number in numbers:
        name, place = number.rsplit("-", 1)
        series.setdefault(name, []).append(int(place))
    for name, places in series.items():
        if sorted(places) != list(range(1, len(places) + 1)):
            yield f"the numbers {name} of the {what} are {sorted(places)}"


def _register(uow: UnitOfWork, cases: Sequence[Case]) -> Iterator[str]:
    """An entry for each permit, a permit for each entry, one for each round of a case (R11.1, A3.3)."""
    entries = uow.list(RegisterEntry)
    papers = uow.list(IssuedDocument, correction=0)
    permits = [(paper.case_id, paper.number) for paper in papers if paper.kind == "permit"]
    if sorted((entry.case_id, entry.number) for entry in entries) != sorted(permits):
        yield f"permits {sorted(permits)}, entries {sorted((entry.case_id, entry.number) for entry in entries)}"
    yield from _gaps("register", [entry.number for entry in entries])
    for (case_id, of_round), times in Counter((entry.case_id, entry.round) for entry in entries).items():
        if times > 1:
            yield f"case {case_id} has {times} entries of round {of_round}"
    entered = {entry.case_id for entry in entries}
    yield from (f"{case.number} is granted without an entry" for case in cases
                if case.outcome == "granted" and case.id not in entered)  # fmt: skip


def _effects(uow: UnitOfWork, cases: Sequence[Case]) -> Iterator[str]:
    """Each task, ending and message is there as often as the journal says that it came about (L69.1, R10.1).

    A case ends once, once more for each time that it was taken up again, and for each other outcome that a decision on
    a complaint gives it. A permit that takes the place of another begins a round without the case being taken up.
    """
    lines = uow.list(JournalEntry)
    said = Counter((line.case_id, line.action) for line in lines)
    given = Counter(line.case_id for line in lines if line.action == "outcome_given" and line.details.get("before"))
    renewed = Counter(
        line.case_id for line in lines
        if line.action == "outcome_given" and line.details.get("before") == line.details.get("outcome") == "granted"
    )  # fmt: skip
    tasks = uow.list(Task)
    opened = Counter(task.case_id for task in tasks)
    done = Counter(task.case_id for task in tasks if task.completed_at)
    told = Counter(row.case_id for row in uow.list(OutboxMessage, channel=MONITORING))
    for case in cases:
        closed = said[case.id, "case_closed"]
        stages = said[case.id, "task_opened"] + closed
        for what, here, there in (
            ("opened tasks", opened[case.id], said[case.id, "task_opened"]),
            ("completed tasks", done[case.id], said[case.id, "task_completed"]),
            ("endings", case.rounds - renewed[case.id] + (case.state is CaseState.CLOSED) + given[case.id], closed),
            ("stages for the monitoring", told[case.id], stages),
        ):
            if here != there:
                yield f"{case.number} has {here} {what}, its journal {there}"


TOLD = {
    "accepted": "status_sent",
    "signature_waits": "signature_waits",
    "registered": "registered",
    "withdrawn": "withdrawn",
    "reopened": "reopening_noted",
    "preliminary_decision": "invitation_sent",
    "complaint_registered": "complaint_registered",
    "complaint_forwarded": "complaint_forwarded",
    "complaint_withdrawn": "complaint_withdrawn",
    "review_registered": "review_registered",
    "review_invitation": "review_invitation_sent",
}
"""Notices, each with the line of the journal that is written with it and with nothing else."""


def _told(uow: UnitOfWork, cases: Sequence[Case]) -> Iterator[str]:
    """Each notice is there as often as what it tells, with one status for the portal and one letter (L66.1, R4.2)."""
    lines, notices = uow.list(JournalEntry), uow.list(Notice)
    said = Counter((line.case_id, line.action) for line in lines)
    told = Counter((notice.case_id, notice.kind) for notice in notices)
    of_paper = Counter((notice.case_id, notice.kind, notice.document_id) for notice in notices if notice.document_id)
    yield from (f"{kind} of paper {paper} was told {times} times in case {case}"
                for (case, kind, paper), times in of_paper.items() if times > 1)  # fmt: skip
    rows = Counter(row.message_id for row in uow.list(OutboxMessage) if row.channel in (PORTAL, MAIL))
    wanted: Counter[str] = Counter()
    addresses = {case.id: bool(case.fields.get("email")) for case in cases}
    for notice in notices:
        wanted += Counter({f"{notice.key}/portal": 1, f"{notice.key}/mail": int(addresses[notice.case_id])})
    yield from (f"the message {each} is there without its notice" for each in (rows - wanted).elements())
    yield from (f"the message {each} is missing" for each in (wanted - rows).elements())
    for case in cases:
        for kind, action in TOLD.items():
            if told[case.id, kind] != said[case.id, action]:
                yield f"{case.number} has {told[case.id, kind]} notices {kind}, its journal {said[case.id, action]}"


ISSUED = {
    "permit_issued": "permit",
    "refusal_issued": "refusal",
    "not_considered_issued": "notice_not_considered",
    "invitation_sent": "preliminary_decision",
}
"""The lines with which papers come into being, by their actions, and what those papers are; each names the number."""
PRINTED = {"application_printed": "application", "complaint_printed": "complaint"}
"""The same of what was filed, once for each case."""


def _papers(uow: UnitOfWork) -> Iterator[str]:
    """Each paper is there as often as the journal says that it was issued; no number is borne by two (R9.1, A3.3).

    A permit that a decision on a complaint issues is told in the complaint's journal and stands in the contested case.
    """
    papers = [paper for paper in uow.list(IssuedDocument) if not paper.correction]
    told: Counter[tuple[str, str]] = Counter()
    for line in uow.list(JournalEntry):
        if line.action in ISSUED:
            told[ISSUED[line.action], str(line.details.get("number") or line.details.get("document"))] += 1
        if line.action in PRINTED:
            told[PRINTED[line.action], str(line.case_id)] += 1
    kinds = {*ISSUED.values(), *PRINTED.values()}
    there = Counter(
        (paper.kind, str(paper.case_id) if paper.kind in PRINTED.values() else paper.number)
        for paper in papers
        if paper.kind in kinds
    )
    yield from (f"{kind} {number}: {there[kind, number]} papers, {told[kind, number]} lines of the journal"
                for kind, number in sorted({*there, *told}) if (there[kind, number], told[kind, number]) != (1, 1)
                )  # fmt: skip
