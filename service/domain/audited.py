"""What the audit looks at: the rows of many cases at once, and what the journal must say of them (L69.1)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from service.domain.appeal import WRITTEN_ACTS
from service.domain.case import CaseState
from service.domain.chain import GENESIS, Head, Line, Seal, first_break
from service.domain.row_marks import Found, Marks, rows_differ


@dataclass(frozen=True)
class Disagreement:
    """Two records that must agree and do not: of which case (or the office), which records, and what was found.

    `code` names the finding and `data` fills it in; the commands make the sentences.
    """

    case_number: str
    what: str
    code: str
    data: Mapping[str, Any] = field(default_factory=dict)


FILES: Mapping[str, str] = {
    "document": "sha256",
    "attachment": "sha256",
    "signature": "content_sha256",
    "complaint": "package_sha256",
    "minutes": "first_sha256",
}
"""Where the rows of each table name a stored file; a permit that waits for a decision is named by its complaint."""


@dataclass
class AuditedCase:
    """The rows of one case, by their tables and with their hashes; read with many others in one go.

    `kept` are rows as the database has them: words and days are texts. `timers` are the terms and waits that run.
    """

    id: int
    head: Head | None = None
    lines: list[Line] = field(default_factory=list)
    kept: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    rows: list[Found] = field(default_factory=list)
    timers: list[Any] = field(default_factory=list)
    contested: Any = None

    @property
    def case(self) -> Any:
        """The row of the case itself."""
        return self.kept["case"][0]

    @property
    def number(self) -> str:
        """Its number."""
        return str(self.case.number)

    @property
    def files(self) -> list[str]:
        """The hashes of every stored file that its rows name."""
        named = [getattr(row, column) for table, column in FILES.items() for row in self.kept[table]]
        waiting = [json.loads(row.new_act).get("sha256") for row in self.kept["complaint"] if row.new_act]
        return [sha256 for sha256 in (*named, *waiting) if sha256]


@dataclass(frozen=True)
class Counted:
    """A counter: its series and year, the last number that it says to have given, and how many are in use."""

    series: str
    year: int
    value: int
    used: int


@dataclass(frozen=True)
class HeldBack:
    """A term or reminder that was to fire before and has not, or that is to be tried again too late."""

    case_number: str
    row: int
    element: str
    due_at: datetime
    retry_at: datetime | None


class Audit(Protocol):
    """Reads what the audit compares, many cases at a time and as they stood at one moment."""

    def as_found(self) -> None:
        """Let everything be read from here on as it stands, also a text that is none."""
        ...

    def keys(self, apart: int) -> Sequence[int]:
        """The keys of cases that lie so many cases apart, in their order."""
        ...

    def cases(self, after: int, until: int | None, limit: int) -> Sequence[AuditedCase]:
        """The cases that follow one key, up to another, with all their rows, in a fixed number of statements."""
        ...

    def office_lines(self, after: int, limit: int) -> Sequence[Line]:
        """The lines without a case that follow this one of their chain."""
        ...

    def office_rows(self) -> Sequence[Found]:
        """The marked rows without a case as they stand."""
        ...

    def counters(self) -> Sequence[Counted]:
        """The counters, each with how many numbers of its series are in use."""
        ...

    def held_back(self, now: datetime) -> Sequence[HeldBack]:
        """What waits still though the longest pause after a failure is over, or is to wait for longer than that."""
        ...

    def loose_files(self) -> Iterator[str]:
        """The hashes of the stored files that rows without a case name: of claims, and of drafts."""
        ...

    def head(self, chain: int) -> Head | None:
        """The end of a chain as it is kept."""
        ...

    def heads_of_nothing(self) -> Sequence[int]:
        """Chains whose case is gone."""
        ...

    def marked_as_sealed(self) -> Sequence[tuple[int, object]]:
        """The chains that are marked as sealed, each with the line up to which."""
        ...

    def last_seal(self) -> int:
        """The number of the last seal; 0 where there is none."""
        ...

    def seals(self, after: int, limit: int) -> Sequence[Seal]:
        """The seals that follow the one with this key, in the order in which they were kept."""
        ...

    def unreadable(self) -> Iterator[tuple[str, int, str]]:
        """Values that no mark covers and that are none of their kind: the table, the row and the column."""
        ...

    def hashes(self, places: Sequence[tuple[int, int]]) -> Mapping[tuple[int, int], str]:
        """The hashes of lines by chain and sequence; those that do not exist are left out."""
        ...


def chain_disagrees(number: str, lines: Sequence[Line], head: Head | None, start: Head) -> Iterator[Disagreement]:
    """The first line at which a chain breaks, or an end that is not the one that is kept."""
    broken = first_break(lines, start)
    if broken is not None:
        found = {"line": broken.sequence, "action": broken.action, "at": broken.at}
        yield Disagreement(number, "journal", "chain_broken", found)
        return
    end = Head(start.chain, start.length + len(lines), lines[-1].hash if lines else start.hash)
    if end != (head or Head(start.chain, 0, GENESIS)):
        kept = head.length if head else 0
        yield Disagreement(number, "journal", "chain_end", {"line": end.length, "kept": kept})


def rows_disagree(case: AuditedCase) -> Iterator[Disagreement]:
    """Where the rows of a case say other than its journal or than each other; the engine and the files aside."""
    said, tasks = Counter((line.action, line.element) for line in case.lines), case.kept["task"]
    yield from _same(case, "tasks", "task_opened", said, Counter(task.element for task in tasks))
    done = Counter(task.element for task in tasks if task.completed_at is not None)
    yield from _same(case, "tasks", "task_completed", said, done)
    yield from _same(case, "breaches", "term_missed", said, Counter(row.element for row in case.kept["breach"]))
    yield from _papers(case)
    yield from _outcome(case)
    yield from _complaint(case)


def marks_disagree(case: AuditedCase) -> Iterator[Disagreement]:
    """Rows that were changed, removed or put in since the journal has marked them."""
    marks = Marks()
    marks.read(case.lines)
    for table, code, data in rows_differ(marks, case.rows):
        yield Disagreement(case.number, table, code, data)


def _same(
    case: AuditedCase, what: str, action: str, said: Mapping[tuple[str, str], int], rows: Mapping[str, int]
) -> Iterator[Disagreement]:
    told = {element: count for (done, element), count in said.items() if done == action}
    for element in sorted(told.keys() | rows.keys()):
        if told.get(element, 0) != rows.get(element, 0):
            counted = {
                "element": element,
                "rows": rows.get(element, 0),
                "action": action,
                "lines": told.get(element, 0),
            }
            yield Disagreement(case.number, what, "counted", counted)
            return


ISSUED = {"refusal": "refusal_issued", "notice_not_considered": "not_considered_issued"}
"""Papers that end an application, and what the journal says of each."""


def _papers(case: AuditedCase) -> Iterator[Disagreement]:
    first = [paper for paper in case.kept["document"] if not paper.correction]
    permits = sorted(paper.number for paper in first if paper.kind == "permit")
    entries = sorted(entry.number for entry in case.kept["register_entry"])
    entered = _numbers(case, "register_entered")
    if not permits == entries == entered:
        found = {"permits": permits, "entries": entries, "lines": entered}
        yield Disagreement(case.number, "register", "permits", found)
    for kind, action in ISSUED.items():
        papers = sorted(paper.number for paper in first if paper.kind == kind)
        if papers != _numbers(case, action):
            told = {"kind": kind, "papers": papers, "lines": _numbers(case, action)}
            yield Disagreement(case.number, "documents", "papers", told)
    corrected = sorted(paper.number for paper in case.kept["document"] if paper.correction)
    by_journal = _numbers(case, "document_corrected")
    if corrected != by_journal:
        yield Disagreement(case.number, "documents", "corrected", {"papers": corrected, "lines": by_journal})


def _numbers(case: AuditedCase, action: str) -> list[str]:
    return sorted(str(line.details.get("number")) for line in case.lines if line.action == action)


def _outcome(case: AuditedCase) -> Iterator[Disagreement]:
    row = case.case
    now = [entry.number for entry in case.kept["register_entry"] if entry.round == row.rounds]
    if (row.outcome == "granted") != bool(now):
        yield Disagreement(case.number, "outcome", "outcome_entries", {"outcome": row.outcome or "-", "entries": now})
    if (row.state == CaseState.CLOSED) != bool(row.outcome):
        found = {"state": row.state, "outcome": row.outcome or "-"}
        yield Disagreement(case.number, "outcome", "outcome_state", found)


def _complaint(case: AuditedCase) -> Iterator[Disagreement]:
    """What a complaint has decided, and what the act it contests shows (L100.1)."""
    row, act = next(iter(case.kept["complaint"]), None), case.contested
    if row is None or act is None:
        return
    decided = [str(line.details.get("outcome")) for line in case.lines if line.action == "complaint_decided"]
    if decided and decided[-1] != row.outcome:
        found = {"outcome": row.outcome or "-", "line": decided[-1]}
        yield Disagreement(case.number, "complaint", "complaint_outcome", found)
    cancelled = any(line.action == "act_cancelled" for line in case.lines)
    is_the_paper = WRITTEN_ACTS.get(act.kind) == row.contests
    if cancelled and is_the_paper and act.annulled_at is None:
        yield Disagreement(case.number, "complaint", "paper_not_cancelled")
    if cancelled and row.contests == "permit" and not act.cancelled_in_register:
        yield Disagreement(case.number, "complaint", "permit_not_cancelled")
