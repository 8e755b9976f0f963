"""What the audit looks at: the rows of many cases at once, and what the journal must say of them (L69.1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from service.domain.case import CaseState
from service.domain.chain import GENESIS, Head, Line, first_break
from service.domain.row_marks import Marks, rows_differ


@dataclass(frozen=True)
class Disagreement:
    """Two records that must agree and do not: of which case (or the office), which records, and what was found."""

    case_number: str
    what: str
    detail: str


@dataclass
class AuditedCase:
    """The rows of one case, as far as the audit compares them; read with many others in one go."""

    id: int
    number: str
    procedure: str
    edition_id: int
    rounds: int
    state: CaseState
    outcome: str
    engine_state: bytes
    head: Head | None = None
    lines: list[Line] = field(default_factory=list)
    tasks: list[Any] = field(default_factory=list)
    timers: list[Any] = field(default_factory=list)
    breaches: list[Any] = field(default_factory=list)
    documents: list[Any] = field(default_factory=list)
    entries: list[Any] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    complaint: Any = None
    rows: list[tuple[str, int, int | None, str]] = field(default_factory=list)


class Audit(Protocol):
    """Reads what the audit compares, many cases at a time and as they stood at one moment."""

    def cases(self, after: int, limit: int) -> Sequence[AuditedCase]:
        """The cases that follow this one, with all their rows, in a fixed number of statements."""
        ...

    def office_lines(self, after: int, limit: int) -> Sequence[Line]:
        """The lines without a case that follow this one of their chain."""
        ...

    def office_rows(self) -> Sequence[tuple[str, int, int | None, str]]:
        """The marked rows without a case as they stand: table, number, key where it has one, and hash."""
        ...

    def head(self, chain: int) -> Head | None:
        """The end of a chain as it is kept."""
        ...

    def heads_of_nothing(self) -> Sequence[int]:
        """Chains whose case is gone."""
        ...

    def hashes(self, places: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
        """The hashes of lines by chain and sequence; those that do not exist are left out."""
        ...


def chain_disagrees(number: str, lines: Sequence[Line], head: Head | None, start: Head) -> Iterator[Disagreement]:
    """The first line at which a chain breaks, or an end that is not the one that is kept."""
    broken = first_break(lines, start)
    if broken is not None:
        detail = f"line {broken.sequence} ({broken.action}, {broken.at.isoformat()}) does not continue the chain"
        yield Disagreement(number, "journal", detail)
        return
    end = Head(start.chain, start.length + len(lines), lines[-1].hash if lines else start.hash)
    if end != (head or Head(start.chain, 0, GENESIS)):
        kept = head.length if head else 0
        yield Disagreement(number, "journal", f"it ends with line {end.length}, kept is an end at line {kept}")


def rows_disagree(case: AuditedCase) -> Iterator[Disagreement]:
    """Where the rows of a case say other than its journal or than each other; the engine and the files aside."""
    said = Counter((line.action, line.element) for line in case.lines)
    yield from _same(case, "tasks", "task_opened", said, Counter(task.element for task in case.tasks))
    done = Counter(task.element for task in case.tasks if task.completed_at is not None)
    yield from _same(case, "tasks", "task_completed", said, done)
    yield from _same(case, "breaches", "term_missed", said, Counter(row.element for row in case.breaches))
    yield from _papers(case)
    yield from _outcome(case)
    yield from _complaint(case)
    yield from _marks(case)


def _marks(case: AuditedCase) -> Iterator[Disagreement]:
    """Rows that were changed, removed or put in since the journal has marked them."""
    marks = Marks()
    marks.read(case.lines)
    # Who the case is is marked when it is filed: a case that began before rows were marked has no such line.
    filed = case.lines[0].at if case.lines else None
    marks.whole = any(row[0] == "case" for line in case.lines if line.at == filed for row in line.rows)
    for table, detail in rows_differ(marks, case.rows):
        yield Disagreement(case.number, table, detail)


def _same(
    case: AuditedCase, what: str, action: str, said: Mapping[tuple[str, str], int], rows: Mapping[str, int]
) -> Iterator[Disagreement]:
    told = {element: count for (done, element), count in said.items() if done == action}
    for element in sorted(told.keys() | rows.keys()):
        if told.get(element, 0) != rows.get(element, 0):
            counted = f"{element}: rows {rows.get(element, 0)}, {action} in the journal {told.get(element, 0)}"
            yield Disagreement(case.number, what, counted)
            return


ISSUED = {"refusal": "refusal_issued", "notice_not_considered": "not_considered_issued"}
"""Papers that end an application, and what the journal says of each."""


def _papers(case: AuditedCase) -> Iterator[Disagreement]:
    first = [paper for paper in case.documents if not paper.correction]
    permits = sorted(paper.number for paper in first if paper.kind == "permit")
    entries = sorted(entry.number for entry in case.entries)
    entered = _numbers(case, "register_entered")
    if not permits == entries == entered:
        detail = f"permits {permits}, entries {entries}, entered by the journal {entered}"
        yield Disagreement(case.number, "register", detail)
    for kind, action in ISSUED.items():
        papers = sorted(paper.number for paper in first if paper.kind == kind)
        if papers != _numbers(case, action):
            yield Disagreement(case.number, "documents", f"{kind} {papers}, by the journal {_numbers(case, action)}")
    corrected, told = sorted(paper.number for paper in case.documents if paper.correction), "document_corrected"
    if corrected != _numbers(case, told):
        yield Disagreement(case.number, "documents", f"corrected {corrected}, by the journal {_numbers(case, told)}")


def _numbers(case: AuditedCase, action: str) -> list[str]:
    return sorted(str(line.details.get("number")) for line in case.lines if line.action == action)


def _outcome(case: AuditedCase) -> Iterator[Disagreement]:
    now = [entry.number for entry in case.entries if entry.round == case.rounds]
    if (case.outcome == "granted") != bool(now):
        yield Disagreement(case.number, "outcome", f"{case.outcome or 'open'}, entries of this round {now}")
    if (case.state is CaseState.CLOSED) != bool(case.outcome):
        yield Disagreement(case.number, "outcome", f"{case.state} with the outcome {case.outcome or 'none'}")


def _complaint(case: AuditedCase) -> Iterator[Disagreement]:
    """What a complaint has decided, and what the act it contests shows (L100.1)."""
    row = case.complaint
    if row is None:
        return
    decided = [str(line.details.get("outcome")) for line in case.lines if line.action == "complaint_decided"]
    if decided and decided[-1] != row.outcome:
        yield Disagreement(case.number, "complaint", f"outcome {row.outcome or 'none'}, by the journal {decided[-1]}")
    cancelled = any(line.action == "act_cancelled" for line in case.lines)
    if cancelled and row.contested_document_id and row.annulled_at is None:
        yield Disagreement(case.number, "complaint", "the contested paper is not marked as cancelled")
    if cancelled and row.contests == "permit" and not row.cancelled_in_register:
        yield Disagreement(case.number, "complaint", "the contested permit stands in the register uncancelled")
