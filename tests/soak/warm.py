"""Imported once by the server from which the processes are forked, so that each of them starts in a moment."""

from __future__ import annotations

from service.domain.languages import LANGUAGES
from service.web import doors
from service.web.catalogues import merged
from tests.soak import processes

CATALOGUES = {language: merged(language) for language in LANGUAGES}
BLUEPRINTS = doors.blueprints()
PROCESSES = processes
