"""A field that an analyst adds to a form: asked in the cabinet, and read wherever the answers are told (A2.1, U14)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast

import pytest

from service.demo.seed import LETTER, TITLE, TRADE
from service.usecases.deploy_edition import deploy_edition
from service.usecases.people import ADMINISTRATOR
from tests.editions import files
from tests.program import Story
from tests.web.cabinet import Cabinet
from tests.web.office import Office, text

LABELS = {"kk": "Сайты", "ru": "Сайт", "en": "Website"}


def with_a_website(form: str, group: str) -> Mapping[str, bytes]:
    """The files of the folder, and in a group of a form one field more."""
    found = dict(files())
    definition = json.loads(found[f"forms/{form}.form"])
    inside = next(each for each in definition["components"] if each["id"] == group)["components"]
    inside.append({"type": "textfield", "id": "website", "key": "website", "label": LABELS["kk"]})
    found[f"forms/{form}.form"] = json.dumps(definition).encode()
    for language, label in LABELS.items():
        path = f"forms/{form}.{language}.json"
        found[path] = json.dumps({**json.loads(found[path]), "website": {"label": label}}).encode()
    return found


@pytest.mark.law("A2.1", "A1.11.3")
@pytest.mark.parametrize("group", ["asset", "applicant"])
def test_an_added_field_of_the_application_is_read_by_officers_and_by_the_applicant(story: Story, group: str) -> None:
    deploy_edition(story.program, with_a_website("application", group), ADMINISTRATOR)
    case = story.file("company_head", {**TRADE, "website": "https://qaz.example"}, [TITLE, LETTER])
    assert "Website https://qaz.example" in text(Office(story).desk("unit").get(f"/office/cases/{case.id}"))
    assert "Website https://qaz.example" in text(Cabinet(story).seat("company_head").get(f"/cabinet/cases/{case.id}"))


@pytest.mark.law("A2.1")
def test_an_added_part_of_each_place_of_activity_is_read_with_the_number_of_its_place(story: Story) -> None:
    deploy_edition(story.program, with_a_website("application", "addresses"), ADMINISTRATOR)
    places = cast(list[dict[str, str]], TRADE["addresses"])
    told = [{**place, "website": "https://qaz.example"} for place in places]
    case = story.file("company_head", {**TRADE, "addresses": told}, [TITLE, LETTER])
    said = text(Office(story).desk("unit").get(f"/office/cases/{case.id}"))
    assert said.count("https://qaz.example") == len(places)


@pytest.mark.law("A2.1")
def test_nothing_is_told_twice_where_no_field_was_added(story: Story) -> None:
    case = story.filed()
    said = text(Office(story).desk("unit").get(f"/office/cases/{case.id}"))
    assert [said.count(str(TRADE[key])) for key in ("platform", "purpose")] == [1, 1]
