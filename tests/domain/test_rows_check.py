"""The rows of the law beside the diagrams: what no page could show is told before anybody opens it (U4, U17)."""

from __future__ import annotations

import tomllib

import pytest

from service.domain.rows_check import check_rows
from service.settings import ROOT

WHOLE = '[row]\nR1 = ["а", "б", "c"]\n'


@pytest.mark.law("O1")
def test_our_own_rows_lack_nothing() -> None:
    told = tomllib.loads((ROOT / "processes" / "requirements.toml").read_text("utf-8"))
    assert not list(check_rows("requirements.toml", told))


@pytest.mark.law("O1")
@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("", "row"),
        ("row = 1", "row"),
        ("[[row]]\nR1 = 1", "row"),
        ("[row]", "row"),
        ("[row]\nR1 = 3", "row.R1"),
        ('[row]\nR1 = ["а", "б"]', "row.R1"),
        ('[row]\nR1 = ["а", "б", " "]', "row.R1"),
        (f'{WHOLE}[reason]\nR1 = "а"', "reason.R1"),
        (f"reason = 3\n{WHOLE}", "reason."),
        (f"defect = 3\n{WHOLE}", "defect..says defect..reading"),
        (f"{WHOLE}[defect]\nD1 = 1", "defect.D1.says defect.D1.reading"),
        (f'{WHOLE}[defect.D1]\nsays = ["а", "б", "c"]', "defect.D1.reading"),
    ],
)
def test_what_no_page_could_show_is_named(written: str, named: str) -> None:
    found = list(check_rows("requirements.toml", tomllib.loads(written)))
    assert " ".join(each.field for each in found) == named
