"""Letters that people take for each other when they copy a code, a number or a name by hand (A3.5, R11.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, islice, product

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""The letters of verification codes: 0, O, 1, I and L are left out."""
CODE_LENGTH = 16
MOST_READINGS = 512

_CYRILLIC = str.maketrans("АВЕЁЗҒІЈКҚМНҢҺОӨРСТУҮҰХЧБЅ", "ABEE3FIJKKMHHHOOPCTYYYX46S")
_KAZAKH = str.maketrans("әғқңөұүһі", "агкноуухи")
_DOUBTFUL = re.compile("[агкноуухиәғқңөұүһі]+")
_TWINS = dict(zip("8B5S2Z6GUV", "B8S5Z2G6VU", strict=True))
_NEVER_USED = {"0": "QD", "O": "QD", "1": "7JT", "I": "J7T", "L": "J7T"}


def as_latin(text: str) -> str:
    """Capital letters, Cyrillic ones that look like Latin ones made Latin: "кz-2026" with a Cyrillic к."""
    return text.upper().translate(_CYRILLIC)


def plain_kazakh(text: str) -> str:
    """Small letters as a keyboard without Kazakh ones types them: үй becomes уй."""
    return text.casefold().translate(_KAZAKH)


def sure_part(word: str) -> str:
    """The longest part of a word in small letters that is the same on every keyboard; it may be empty."""
    return max(_DOUBTFUL.split(word), key=len)


def code_letters(typed: str) -> str:
    """The letters and digits of a typed code, without spaces and dashes of any kind."""
    return "".join(letter for letter in as_latin(typed) if letter.isalnum())


def grouped(letters: str) -> str:
    """A code as it is printed, in groups of four."""
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def readings(typed: str) -> Iterator[str]:
    """The codes that a person may have meant, the likeliest first; none when the length is wrong (A3.5).

    Forgiving costs nothing: nobody meets another document's code by chance, and a code is no secret.
    """
    letters = code_letters(typed)
    if len(letters) == CODE_LENGTH:
        yield from islice((grouped(meant) for meant in _meant(letters)), MOST_READINGS)


def _meant(letters: str) -> Iterator[str]:
    """The letters with none, one, two ... of them taken for their twins; those that no code has are replaced first."""
    certain = product(*(_NEVER_USED.get(letter, letter) for letter in letters))
    for choice in islice(certain, MOST_READINGS):
        doubtful = [place for place, letter in enumerate(choice) if letter in _TWINS]
        for mistakes in range(len(doubtful) + 1):
            for places in combinations(doubtful, mistakes):
                yield "".join(_TWINS[letter] if at in places else letter for at, letter in enumerate(choice))
