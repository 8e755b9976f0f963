"""What an edition calls its elements and lanes, in the language of the page: the same for every door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.domain.case import PERMIT
from service.domain.steps import Element
from service.usecases.editions import LoadedEdition
from service.web import formats
from service.web.languages import language
from service.web.services import services


@dataclass(frozen=True)
class EditionWords:
    """The words of one edition in the language of the page."""

    edition: LoadedEdition

    def element(self, element_id: str) -> Element | None:
        """An element of the drawing, or None where it has none of this id."""
        catalogue = self.edition.catalogue
        return catalogue.element(element_id) if element_id in catalogue else None

    def name(self, element_id: str) -> str:
        """What an element of the drawing is called; its id where the drawing does not know it."""
        element = self.element(element_id)
        return element.names.get(language(), element_id) if element else element_id

    def holder_of(self, term: str) -> str:
        """What a term is for: the task at whose edge it stands, or the part of the drawing in which it runs."""
        element = self.element(term)
        return self.name(element.attached_to or element.within) if element else ""

    def lane(self, role: str) -> str:
        """What a lane is called on the drawing: who acts."""
        return self.edition.catalogue.lanes.get(role, {}).get(language(), role)

    def notice(self, kind: str, details: Mapping[str, Any], number: str, applicant: str = "") -> str:
        """The subject of a notice in the language of the page; of a kind unknown to every edition its name."""
        texts = self.edition.listed("notices").get(kind) or _of_the_newest(kind)
        values = {"number": number, "applicant": applicant, "from_on": formats.date(details.get("from_on"))}
        return str(texts["subject"][language()].format_map(_Known(values))) if texts else kind


def _of_the_newest(kind: str) -> Any:
    """The texts of a notice that is younger than the edition of the case, as that of a permit's end."""
    with services().reading() as uow:
        newest = uow.editions.newest()
        return services().editions.of(uow, newest.id, PERMIT).listed("notices").get(kind) if newest else None


class _Known(dict[str, str]):
    """A text may name only what is known; anything else stays empty."""

    def __missing__(self, key: str) -> str:
        return ""
