"""Editions that differ from the first in one place of their act."""

from __future__ import annotations

from collections.abc import Mapping

from service.domain.messages import Edition
from service.settings import ROOT
from service.usecases.deploy_edition import deploy_edition
from service.usecases.editions import collect
from service.usecases.people import ADMINISTRATOR
from tests.program import Story


def files(**changes: str) -> Mapping[str, bytes]:
    """The files of the folder with other words in the act."""
    found = dict(collect(ROOT / "processes", ROOT / "forms"))
    text = found["edition.toml"].decode()
    for old, new in CHANGES.items():
        if old in changes:
            assert new in text, old
            text = text.replace(new, changes[old])
    return {**found, "edition.toml": text.encode()}


CHANGES = {
    "number": 'number = "130/НҚ"',
    "registered": "registered_on = 2023-06-02\n",
    "published": "published_on = 2023-06-05\n",
    "start": "in_force_from = 2023-08-05  ",
    "basis": 'in_force_basis = "бұйрықтың 4-тармағы"',
    "until": "in_force_until = 2026-04-30  ",
    "years": "permit_years = 3  ",
    "told": "change_told_days = 3  ",
    "closes": "closes = 18:30:00\n",
    "amended": "amended_by = [{",
}
"""What a test may change, by the words of the file."""


def deployed(story: Story, **changes: str) -> Edition:
    """The edition of these files, deployed."""
    return deploy_edition(story.program, files(**changes), ADMINISTRATOR)
