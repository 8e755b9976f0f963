"""The order of names: the Kazakh alphabet, not the order in which letters came into Unicode or a database has them."""

from __future__ import annotations

_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_PLACES = {letter: place for place, letter in enumerate(_ALPHABET)}


def kazakh_order(text: str) -> list[tuple[bool, int, str]]:
    """The key that sorts names by the Kazakh alphabet: а ә б в г ғ ... ы і ь э ю я, other letters before."""
    return [(letter in _PLACES, _PLACES.get(letter, 0), letter) for letter in text.casefold()]
