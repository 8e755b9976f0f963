"""How a point of the law is cited from its code."""

from __future__ import annotations

import pytest

from service.domain.law_points import Point, points


@pytest.mark.law("A1.9.2", "A2.1", "A3.2", "A4.1")
def test_only_annex_1_is_cited_by_its_rows_for_the_others_are_forms() -> None:
    assert points(["A1.9.2"]) == (Point("annex", "1", "9"),)
    assert points(["A2.1", "A2.3", "A3.2", "A4.1"]) == (Point("annex", "2"), Point("annex", "3"), Point("annex", "4"))
