"""Fonts are checked at the start: a document never waits for a letter that nobody can draw."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from service.adapters.documents import Documents
from service.adapters.pdf_fonts import KAZAKH, REQUIRED_LETTERS, FontProblem, Fonts
from tests.adapters.documents.conftest import FONTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FONTS, tmp_path / "fonts"))


def test_the_fonts_of_the_set_up_have_every_letter_of_the_three_alphabets() -> None:
    fonts = Fonts.load(FONTS)
    assert fonts.letters >= REQUIRED_LETTERS
    assert set("әғқңөұүһіӘҒҚҢӨҰҮҺІ") <= set(KAZAKH)


def test_a_missing_font_is_named(folder: Path, files: dict[str, bytes]) -> None:
    (folder / "NotoSerif-Bold.ttf").unlink()
    with pytest.raises(FontProblem) as refused:
        Documents(files, folder)
    assert refused.value.data["problem"] == "missing"
    assert refused.value.data["file"] == "NotoSerif-Bold.ttf"


@pytest.mark.parametrize("content", [b"", b"not a font", b"\x00\x01\x00\x00" + b"\xff" * 40])
def test_a_broken_font_is_named(folder: Path, content: bytes) -> None:
    (folder / "NotoSans-Regular.ttf").write_bytes(content)
    with pytest.raises(FontProblem) as refused:
        Fonts.load(folder)
    assert refused.value.data == {"problem": "broken", "file": "NotoSans-Regular.ttf"}


def test_a_font_without_a_kazakh_letter_is_refused_with_the_letter(folder: Path) -> None:
    path = folder / "NotoSerif-Regular.ttf"
    with TTFont(path) as font:
        subsetter = Subsetter(Options())
        subsetter.populate(unicodes=[ord(letter) for letter in REQUIRED_LETTERS - {"ұ", "Һ"}])
        subsetter.subset(font)
        font.save(path)
    with pytest.raises(FontProblem) as refused:
        Fonts.load(folder)
    assert refused.value.data == {"problem": "letters", "file": path.name, "letters": "ұҺ"}


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Әлішер", "Әлішер"),
        ("и\u0306", "й"),
        ("бір\r\nекі\u2028үш", "бір\nекі\nүш"),
        ("а\u2003б\tв", "а б в"),
        ("10\u00a0000", "10\u00a0000"),
        ("ко\u00adрот\u200bко", "коротко"),
        ("\u202eexe.pdf\u202c", "exe.pdf"),
        ("你好 x", "[U+4F60 U+597D] x"),
        ("❤\ufe0f", "[U+2764]"),
        ("\ue000", "[U+E000]"),
        ("\x00\x07", ""),
        ("\ud800", "[U+D800]"),
    ],
)
def test_text_is_made_printable_in_one_way_on_every_machine(typed: str, printed: str) -> None:
    assert Fonts.load(FONTS).printable(typed) == printed
