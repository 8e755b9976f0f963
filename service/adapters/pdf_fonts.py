"""The fonts of documents: found by name, checked letter by letter, never replaced by what a machine happens to have."""

from __future__ import annotations

import io
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from service.domain.errors import RuqsatError

FONT_SCHEME = "ruqsat-font"

_FACES = {
    "NotoSerif-Regular.ttf": ("Ruqsat Serif", "normal", "normal"),
    "NotoSerif-Bold.ttf": ("Ruqsat Serif", "bold", "normal"),
    "NotoSerif-Italic.ttf": ("Ruqsat Serif", "normal", "italic"),
    "NotoSans-Regular.ttf": ("Ruqsat Sans", "normal", "normal"),
    "NotoSans-Bold.ttf": ("Ruqsat Sans", "bold", "normal"),
}
# Families of our own names: a font of the machine can never answer for them.

KAZAKH = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁёЙй"
_RUSSIAN = "".join(map(chr, range(0x410, 0x450)))
_LATIN = "".join(map(chr, range(0x21, 0x7F)))
REQUIRED_LETTERS = frozenset(KAZAKH + _RUSSIAN + _LATIN + "№–—«»“”‘’…§·•₸\u00a0")
"""What every font of documents must hold: the three alphabets, digits and the signs of official texts."""

_VARIANTS = re.compile("[\ufe00-\ufe0f]")
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = frozenset({"Cc", "Cf"})


class FontProblem(RuqsatError):
    """A font of documents is missing, broken, lacks letters, or did not draw the whole document."""

    code = "document_font"


class FontUnusable(FontProblem):
    """The `file` of a font of documents is missing, broken, or lacks letters."""

    code = "font_unusable"


@dataclass(frozen=True)
class Fonts:
    """The font files by name, and the characters that all of them can draw."""

    files: dict[str, bytes]
    letters: frozenset[str]

    @classmethod
    def load(cls, folder: Path) -> Fonts:
        """Read the fonts from the folder that the set-up has filled.

        Raises FontProblem naming the file that is missing or broken, or the letters that a font lacks.
        """
        files = {name: _read(folder / name) for name in _FACES}
        letters = [_letters(name, content) for name, content in files.items()]
        return cls(files, frozenset.intersection(*letters))

    @property
    def css(self) -> str:
        """The rules that bind each file to its family, weight and slant."""
        return "\n".join(
            f"@font-face {{ font-family: '{family}'; font-weight: {weight}; font-style: {style};"
            f" src: url('{FONT_SCHEME}:{name}') }}"
            for name, (family, weight, style) in _FACES.items()
        )

    def printable(self, text: str) -> str:
        """The text as these fonts can print it, the same on every machine.

        Invisible and direction-changing characters are left out, so that nothing on paper reads otherwise than it is
        written; characters that the fonts lack are named by their code points, as in [U+4E2D U+6587].
        """
        composed = unicodedata.normalize("NFC", _VARIANTS.sub("", _LINE_BREAKS.sub("\n", text)))
        parts: list[str] = []
        for printable, group in itertools.groupby(_visible(composed), self.letters.__contains__):
            run = "".join(group)
            parts.append(run if printable else f"[{' '.join(f'U+{ord(letter):04X}' for letter in run)}]")
        return "".join(parts)


def _visible(text: str) -> Iterator[str]:
    for character in text:
        category = unicodedata.category(character)
        if character in "\n\u00a0" or category not in (*_INVISIBLE, "Zs"):
            yield character
        elif category == "Zs" or character == "\t":
            yield " "


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FontUnusable(problem="missing", file=path.name, folder=str(path.parent)) from error


def _letters(name: str, content: bytes) -> frozenset[str]:
    try:
        with TTFont(io.BytesIO(content), lazy=True) as font:
            letters = frozenset(map(chr, font.getBestCmap() or ()))
    except (TTLibError, KeyError, AssertionError) as error:
        raise FontUnusable(problem="broken", file=name) from error
    if lacking := REQUIRED_LETTERS - letters:
        raise FontUnusable(problem="letters", file=name, letters="".join(sorted(lacking)))
    return letters | {"\n", " "}
