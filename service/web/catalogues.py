"""Texts of the pages in three languages, read from `translations/<language>/LC_MESSAGES/<part>.po`.

Each part (base, office, cabinet, public, procedure) has its own file, so that several people can work at once. The
files are read when first needed; nothing has to be compiled.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

FOLDER = Path(__file__).parent / "translations"


def parts(language: str) -> list[Path]:
    """Give the files of one language in order of their names."""
    return sorted((FOLDER / language / "LC_MESSAGES").glob("*.po"))


def read(path: Path, language: str) -> Catalog:
    """Read one file; a message with a syntax error raises."""
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def merged(language: str) -> Catalog:
    """Put all parts of one language together; of two texts for one message the earlier file's stays."""
    whole = Catalog(locale=language)
    for path in parts(language):
        for message in read(path, language):
            if message.id and message.id not in whole:
                whole[message.id] = message
    return whole


@cache
def translations(language: str) -> Translations:
    """Give all texts of one language, ready to be asked."""
    compiled = BytesIO()
    write_mo(compiled, merged(language))
    compiled.seek(0)
    return Translations(compiled)
