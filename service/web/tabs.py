"""Two tabs of one draft: what one has saved is never lost to the other unseen (A2.1, product: lost input).

A page carries what each of its fields said when it was shown, as a mark. When it is saved, a field that nobody else has
changed takes what was typed; one that was changed elsewhere and not here keeps that; one that both have changed is
shown with both, and nothing is saved. So do an applicant's draft and what an officer types into a task.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from flask_babel import gettext as _

from service.domain.forms import Field, Form, Options, Raw, rows
from service.usecases.drafts import SAVED_BY
from service.web.answers import in_words, shown, without_empty_rows

STOOD = "stood"
"""The name of the field in which a page carries its marks."""
Said = Mapping[str, Any]
"""What a page says, by field: the answer, and letter by letter what no answer can be made of."""
NOTHING: tuple[Any, Raw] = (None, {})
"""What a field says in which nothing stands, and one that the page did not show."""
_TAB = re.compile(r"[\w-]{1,20}", re.ASCII)
_MOST_TURNS = 2**53
"""A browser counts no further."""


@dataclass(frozen=True)
class Stood:
    """What a page said when it was shown, field by field, and the name of its tab.

    `before` are the marks from before of the fields that it shows with both: who changes the language there has not
    read both in the other one yet. `turn` rises with each time that the tab sends anything, so that what was held up on
    its way is known to be old.
    """

    tab: str
    marks: Mapping[str, str]
    before: Mapping[str, str] = field(default_factory=dict)
    turn: int = 0

    @classmethod
    def of(cls, said: Said) -> Stood:
        """The marks of a page that says this, in a tab of its own."""
        return cls(secrets.token_urlsafe(6), _marks(said))

    def saying(self, said: Said, before: Mapping[str, str] | None = None) -> Stood:
        """The same tab when it says this."""
        return replace(self, marks=_marks(said), before=before or {})

    @classmethod
    def read(cls, sent: Raw) -> Stood | None:
        """What a page has sent; None for what no page of ours carries."""
        try:
            found = json.loads(next(iter(sent.get(STOOD, ())), ""))
            tab, carried = str(found["tab"]), (dict(found["marks"]), dict(found.get("before", {})))
            turn = int(found.get("turn", 0))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
            return None
        marks, before = ({str(key): str(mark) for key, mark in each.items()} for each in carried)
        return cls(tab, marks, before, turn) if _TAB.fullmatch(tab) and 0 <= turn <= _MOST_TURNS else None

    @classmethod
    def kept(cls, sent: Raw) -> Stood | None:
        """What a page had sent that waits to be shown again: what it showed with both is met once more."""
        found = cls.read(sent)
        return cls(found.tab, {**found.marks, **found.before}, turn=found.turn) if found else None

    @property
    def text(self) -> str:
        """How the page carries them."""
        return json.dumps(asdict(self))

    @property
    def saver(self) -> str:
        """How it is remembered with what it saves."""
        return f"{self.tab}.{self.turn}"

    def meets_itself(self, saver: str) -> bool:
        """Whether its own tab has saved that, a moment before or later."""
        return saver.partition(".")[0] == self.tab

    def is_older(self, saver: str) -> bool:
        """Whether its own tab has saved that later, and this was held up on its way."""
        return self.meets_itself(saver) and int(saver.partition(".")[2] or 0) > self.turn


@dataclass(frozen=True)
class Met:
    """What comes of a page that is saved: `raw` is to be kept, unless `both` names fields that were changed twice.

    `by` says which fields change, each with the tab that changes it. `anew` is what the page carries that is shown
    again, `on` what one carries that saves itself and goes on: it does not show what came from the other tab. `taken`
    names the fields that took what another tab has saved.
    """

    raw: Raw
    anew: Stood
    on: Stood
    by: Mapping[str, str]
    both: tuple[tuple[str, str], ...] = ()
    taken: tuple[tuple[str, str], ...] = ()


def said(form: Form, raw: Raw, context: Mapping[str, Any], options: Options | None = None) -> Said:
    """What a page says in these fields, whatever the language and the way in which it was typed."""
    result = form.validate(raw, context=context, options=options)
    found: dict[str, Any] = {}
    for asked in _asked(form):
        wrong = {n: list(t) for n, t in raw.items() if n in result.errors and any(t) and _belongs(n, asked)}
        answer = without_empty_rows(result.answers.get(asked.key))
        found[asked.key] = (None if answer is False or answer in ("", []) else answer, wrong)
    return found


def meet(
    form: Form,
    mine: Raw,
    theirs: Raw,
    answers: Mapping[str, Any],
    stood: Stood | None,
    options: Options | None = None,
) -> Met:
    """Lay what this page says beside what the draft says by now; `stood` is what the page was shown with.

    `answers` are those of other pages and, under `SAVED_BY`, which tab has saved what; `options` as in `validate`.
    """
    here, there = said(form, mine, answers, options), said(form, theirs, answers, options)
    if stood is None:
        return Met(mine, Stood.of(here), Stood.of(here), {})
    saved_by, own, others, both = answers.get(SAVED_BY) or {}, [], [], []
    twice: dict[str, str] = {}
    for asked in _asked(form):
        key = asked.key
        before, saver = stood.marks.get(key, _mark(NOTHING)), saved_by.get(key, "")
        if here[key] == there[key]:
            continue
        if stood.is_older(saver):
            others.append(asked)
        elif before == _mark(there[key]) or stood.meets_itself(saver):
            own.append(key)
        elif before == _mark(here[key]):
            others.append(asked)
        else:
            twice[key] = before
            both.append((_first(asked, mine), _told(asked, form, there[key], options or {})))
    came = {asked.key: there[asked.key] for asked in others}
    anew, on = stood.saying(there if both else {**here, **came}, twice), stood.saying(here)
    raw = _with(mine, theirs, others)
    came_here = str(_("Saved meanwhile in another tab. It stands here now: check it."))
    taken = tuple((_first(asked, raw), came_here) for asked in others)
    return Met(raw, anew, on, dict.fromkeys(own, stood.saver), tuple(both), taken)


def told_apart() -> str:
    """What a page that saves itself is told where both have changed a field."""
    return str(_("Not saved: another tab has saved other words here meanwhile. Press a button below to see both."))


def _with(mine: Raw, theirs: Raw, others: Sequence[Field]) -> Raw:
    """What this page says, but for these fields, which say what the other tab has saved."""
    kept = {n: t for n, t in mine.items() if not any(_belongs(n, asked) for asked in others)}
    return kept | {n: t for n, t in theirs.items() if any(_belongs(n, asked) for asked in others)}


def _asked(form: Form) -> Iterator[Field]:
    """The fields of a page, a repeated group as one: its rows have no names of their own."""
    waiting = list(form.fields)
    while waiting:
        found = waiting.pop(0)
        if found.repeat or (found.type != "group" and found.answers):
            yield found
        else:
            waiting[:0] = found.fields


def _belongs(name: str, asked: Field) -> bool:
    return name.startswith(f"{asked.key}-") if asked.repeat else name == asked.key


def _marks(said: Said) -> dict[str, str]:
    return {key: _mark(value) for key, value in said.items()}


def _mark(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def _first(asked: Field, raw: Raw) -> str:
    """The name on the page of a field, or of the first one of a repeated group."""
    if not asked.repeat:
        return asked.key
    return f"{asked.key}-{rows(raw, asked)[0]}-{next(leaf.key for leaf in asked.leaves() if leaf.answers)}"


def _told(asked: Field, form: Form, there: Any, options: Options) -> str:
    """That a field was saved elsewhere meanwhile, and what stands there."""
    answer, wrong = there
    if asked.repeat:
        found = [text for _label, text in shown(Form(form.name, (asked,), {}), {asked.key: answer})]
    else:
        found = [in_words(asked, answer, options)] if answer else []
    words = "; ".join([*found, *(text for texts in wrong.values() for text in texts)])
    if not words:
        emptied = _(
            "Emptied meanwhile in another tab. Here stands what you typed in this one; it is not saved yet. Save again"
            " to keep it, or empty it, too."
        )
        return str(emptied)
    told = _(
        "Saved meanwhile in another tab: “%(there)s”. Here stands what you typed in this one; it is not saved yet."
        " Save again to keep it, or write the other.",
        there=words,
    )
    return str(told)
