"""Finds the texts of pages in Python and templates and adds what is missing to the catalogues of one part.

python -m service.web.collect office service/web/officer service/web/templates/officer
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from service.domain.languages import LANGUAGES
from service.web.catalogues import FOLDER, parts, read

KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy_gettext": None}
_HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plurals}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
Message = str | tuple[str, ...]


def messages(paths: Iterable[Path]) -> Iterator[Message]:
    """Yield every text in these files and folders; a plural one as its two forms."""
    for file in sorted(found for path in paths for found in _files(path)):
        options = {"trimmed": "false", "silent": "false"} if file.suffix == ".html" else {}
        method = "jinja2.ext:babel_extract" if file.suffix == ".html" else "python"
        for _line, message, _comments, _context in extract_from_file(method, file, keywords=KEYWORDS, options=options):
            yield message


def add_missing(part: str, paths: Iterable[Path]) -> int:
    """Add to the part's files what no part has yet; English is filled in, the others wait empty for a translation."""
    wanted, added = list(dict.fromkeys(messages(paths))), 0
    for language in LANGUAGES:
        path = FOLDER / language / "LC_MESSAGES" / f"{part}.po"
        known = {_name(message.id) for each in parts(language) for message in read(each, language) if message.id}
        catalog = read(path, language) if path.exists() else Catalog(locale=language)
        missing = [message for message in wanted if _name(message) not in known]
        for message in missing:
            catalog.add(message, message if language == "en" else None)
        added += len(missing)
        save(path, catalog)
    return added


def save(path: Path, catalog: Catalog) -> None:
    """Write a file in the order of its messages, without dates and places, so that changes are easy to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(_HEADER.format(language=catalog.locale, plurals=catalog.plural_forms).encode())
        write_po(file, catalog, omit_header=True, no_location=True, sort_output=True, width=116, ignore_obsolete=True)


def _name(message: object) -> str:
    return str(message[0]) if isinstance(message, (tuple, list)) else str(message)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from (file for file in path.rglob("*") if file.suffix in (".py", ".html"))


if __name__ == "__main__":
    number = add_missing(sys.argv[1], [Path(argument) for argument in sys.argv[2:]])
    sys.stdout.write(f"{number} texts added to {sys.argv[1]}\n")
