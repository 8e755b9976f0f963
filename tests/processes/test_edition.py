"""The act that the drawings carry out: its interval, and the terms and names that no drawing shows."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from service.domain.days import WorkingHours
from service.domain.terms import EDITION_TERMS
from tests.processes.walking import PROCEDURE, PROCESSES

EDITION = tomllib.loads((PROCESSES / "edition.toml").read_text())
OFFICIAL = (Path(__file__).parent / "official_kk.txt").read_text().splitlines()[1:]


@pytest.mark.law("O1", "O2", "O6")
def test_edition_is_in_force_from_60_days_after_publication_to_the_day_before_its_repeal() -> None:
    act = EDITION["act"]
    assert act["number"] == "130/НҚ"
    assert act["published_on"] + timedelta(days=61) == act["in_force_from"] == date(2023, 8, 5)
    assert act["in_force_until"] == act["repealed_by"]["in_force_from"] - timedelta(days=1) == date(2026, 4, 30)


@pytest.mark.law("R2.2", "D10", "A1.1", "A1.2", "A1.11.5")
def test_names_are_official_and_dated() -> None:
    assert EDITION["provider"]["name"]["kk"] in OFFICIAL
    assert EDITION["service"]["name"]["kk"] in OFFICIAL
    assert EDITION["contacts"]["kk"] in OFFICIAL
    assert EDITION["contacts"]["single_contact_centre"] == ["1414", "8 800 080 7777"]
    assert PROCEDURE.catalogue.names["kk"] == EDITION["service"]["name"]["kk"]


@pytest.mark.law("A3.2", "A1.8.1", "L80.5", "L92.1")
def test_terms_that_are_not_drawn_are_those_that_the_program_counts() -> None:
    terms, hours = EDITION["terms"], EDITION["hours"]
    assert terms["permit_years"] == 3
    assert terms.items() >= EDITION_TERMS.items()
    assert (terms["complaint_months"], terms["complaint_months_without_attachment"]) == (3, 6)
    told = WorkingHours(hours["opens"], hours["closes"], hours["break_from"], hours["break_until"])
    assert told == WorkingHours()


def test_every_text_of_the_edition_stands_in_three_languages() -> None:
    texts = [
        EDITION["act"]["title"], EDITION["service"]["name"], EDITION["provider"]["name"],
        EDITION["provider"]["details"], EDITION["appeal"]["body"], EDITION["contacts"],
    ]  # fmt: skip
    assert all(text[language].strip() for text in texts for language in ("kk", "ru", "en"))
