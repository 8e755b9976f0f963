"""Forms, texts, lists and the act spoilt at random: the check answers in words, and what it calls right can be read."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from service import operations
from service.calendar_file import load_calendar
from service.domain.calendar_ahead import with_years_ahead
from service.domain.forms import Form
from service.domain.people import LANE_ROLES
from service.domain.timers import diagram_functions
from service.settings import ROOT
from service.usecases.check_edition import check_files
from service.usecases.editions import collect
from service.usecases.wording import _Known

FILES = {name: told for name, told in collect(ROOT / "processes", ROOT / "forms").items() if not name.endswith(".bpmn")}
CALENDAR = with_years_ahead(load_calendar(ROOT / "processes" / "calendar" / "kz.csv"))
FUNCTIONS = diagram_functions(CALENDAR)
VALUES: list[Any] = [
    None, True, 0, -1, 1.5, 1e308, float("nan"), 10**30, "", " ", [], {}, [[]], [None], {"kk": 1}, ["x"], {"key": "x"},
    "\u202ea\x00b", "\ud800", "a" * 5000, "{x}", "{0.__class__}", "{x:>99999999}", "%s", "../../x", "(a+)+$", "٣ days",
]  # fmt: skip
NAMES = ("id", "key", "type", "values", "validate", "properties", "kk", "conditional", "\u202e", "\ud800", "components")
LINES = ("= nan", "= []", "= 2023-02-30", "= 9999-12-31", "= 1e400", "= -1", "= 07:32:00", '= "\\u202e"', "= {}", "=")


def places(part: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in what a file says."""
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, value in inner:
        yield (*before, name)
        yield from places(value, (*before, name))


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """The file with some values of other kinds, gone, doubled or added."""
    told = json.loads(content)
    for _ in range(chance.choice((1, 1, 2, 3))):
        *way, last = chance.choice(list(places(told)))
        part = told
        for name in way:
            part = part[name]
        match chance.randrange(4):
            case 0 | 1:
                part[last] = deepcopy(chance.choice(VALUES))
            case 2:
                del part[last]
            case _ if isinstance(part, list):
                part.insert(last, deepcopy(part[last]))
            case _:
                part[chance.choice(NAMES)] = deepcopy(chance.choice([*VALUES, part[last]]))
    return json.dumps(told).encode()


def spoilt_act(content: bytes, chance: random.Random) -> bytes:
    """The act with a value of another kind, or without a line."""
    lines = content.decode().split("\n")
    place = chance.randrange(len(lines))
    lines[place] = f"{lines[place].split('=')[0]}{chance.choice(LINES)}" if chance.random() < 0.8 else ""
    return "\n".join(lines).encode()


@pytest.mark.law("O1")
@pytest.mark.parametrize("seed", range(4))
def test_no_value_in_a_form_a_list_or_the_act_brings_the_check_down_or_passes_unread(seed: int) -> None:
    chance, of_json = random.Random(seed), sorted(name for name in FILES if name.endswith((".json", ".form")))
    for _ in range(20):
        name = chance.choice([*of_json, "edition.toml"])
        changed = (spoilt_act if name == "edition.toml" else spoilt)(FILES[name], chance)
        files = {**FILES, name: changed}
        found = check_files(files, FUNCTIONS, operations.catalogue(), LANE_ROLES, calendar=CALENDAR)
        assert all(one.file and len({*one.message.values()}) == 3 for one in found), (name, found)
        assert "\ud800" not in "".join(text for one in found for text in one.message.values())
        if not found:
            changed.decode().encode()
            for form in (each for each in files if each.endswith(".form")):
                Form.parse(files, form.removeprefix("forms/").removesuffix(".form"))
            for notice in json.loads(files["forms/lists/notices.json"]).values():
                assert all(
                    text.format_map(_Known()) for text in (*notice["subject"].values(), *notice["body"].values())
                )
