"""One entry of the journal together with the words of its edition: what its sentence is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from service.domain.case import JournalEntry
from service.domain.deadlines import local
from service.web import formats
from service.web.officer.reading import Words
from service.web.officer.words import register_moved


@dataclass(frozen=True)
class Said:
    """One entry together with the words of its edition."""

    entry: JournalEntry
    words: Words
    officers: Mapping[int, str] = field(default_factory=dict)

    @property
    def element(self) -> str:
        """The element's name."""
        return self.words.name(self.entry.element)

    @property
    def term(self) -> str:
        """The term's name together with what it is for."""
        return self.words.term(self.entry.element)

    def text(self, name: str) -> str:
        """One detail as a text; empty where it is missing."""
        return str(self.entry.details.get(name) or "")

    def day(self, name: str) -> str:
        """One detail that is a day or an instant, as people write it."""
        return when(self.entry.details.get(name))

    def before(self, named: Callable[[str], str] = str) -> Sequence[str]:
        """What was so before the act, one value or several, as people read it; nothing where nothing was."""
        told = self.entry.details.get("before")
        values = [str(each) for each in (told if isinstance(told, list) else [told]) if each]
        return [_("Before: %(day)s.", day=", ".join(map(named, values)))] if values else []

    def reason(self) -> Sequence[str]:
        """Why it was done; nothing where no reason was given."""
        return [_("Reason: %(text)s", text=self.text("reason"))] if self.text("reason") else []

    def register(self, first: str = "") -> Sequence[str]:
        """What an entry of the register said before the act and says since, or from a `first` day to come.

        Nothing where the act moved none.
        """
        before, after = self.text("before"), self.text("after")
        return [register_moved(before, after, first)] if before and after else []

    def lies_ahead(self, name: str) -> bool:
        """Whether a detail is a day that was still to come when the line was written."""
        return self.text(name) > local(self.entry.at).date().isoformat()

    def many(self, name: str) -> Sequence[str]:
        """One detail that is a list."""
        return [str(item) for item in self.entry.details.get(name) or ()]


def when(value: Any) -> str:
    """A day, or an instant with its hour, as people write it; the text itself where it is neither."""
    text = str(value or "")
    try:
        return formats.moment(datetime.fromisoformat(text)) if "T" in text else formats.date(text)
    except ValueError:
        return text


Sentence = Callable[[Said], str]
