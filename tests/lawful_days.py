"""What the windows of all paths of a drawing come to, as tests ask it."""

from __future__ import annotations

from service.domain.operations import OperationCatalogue
from service.engine.catalogue import Catalogue
from service.engine.feasibility import windows


def last_lawful_days(catalogue: Catalogue, operations: OperationCatalogue) -> dict[str, dict[str, int]]:
    """For each ending and element the last day on which a case may pass it and still come there lawfully."""
    found: dict[str, dict[str, int]] = {}
    for window in windows(catalogue, operations):
        days = found.setdefault(window.ending, {})
        for element, day in window.latest.items():
            days[element] = max(day, days.get(element, day))
    return found
