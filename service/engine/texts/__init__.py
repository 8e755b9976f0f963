"""What the check says to analysts, by the code of a fault and the language."""

from __future__ import annotations

from collections.abc import Mapping

from service.engine.texts import en, kk, ru

TEXTS: Mapping[str, Mapping[str, str]] = {
    code: {"kk": kk.ADVICE[code], "ru": ru.ADVICE[code], "en": en.ADVICE[code]} for code in en.ADVICE
}
