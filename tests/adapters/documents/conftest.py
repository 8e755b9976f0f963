"""The printer of the real templates, made once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import service
from service.adapters.documents import Documents
from service.domain.documents import Document
from tests.adapters.documents import samples

ROOT = Path(service.__file__).parent.parent
FONTS = ROOT / "service/web/static/build/document-fonts"


def edition_files() -> dict[str, bytes]:
    """The files of an edition as a deployment takes them from `forms/`."""
    folder = ROOT / "forms"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    return edition_files()


@pytest.fixture(scope="session")
def documents(files: dict[str, bytes]) -> Documents:
    return Documents(files, FONTS)


@pytest.fixture(scope="session")
def printed(documents: Documents) -> Callable[[Document], bytes]:
    """Print a document, each only once in a run of the tests."""
    done: dict[Document, bytes] = {}

    def render(document: Document) -> bytes:
        if document not in done:
            done[document] = documents.render(document, at=samples.MADE_AT)
        return done[document]

    return render
