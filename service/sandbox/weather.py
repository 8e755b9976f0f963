"""How an outside system of the sandbox feels: the switch that makes it fail for a test or a demo."""

from __future__ import annotations

import threading
from enum import StrEnum


class Weather(StrEnum):
    """How the outside system feels today."""

    FINE = "fine"
    DOWN = "down"
    SLOW = "slow"
    GARBAGE = "garbage"
    FAULT = "fault"


class Changeable:
    """A system that can be made to fail by setting `weather`."""

    def __init__(self) -> None:
        self._weather = Weather.FINE
        self._changed = threading.Condition()
        self._stopping = False

    @property
    def weather(self) -> Weather:
        """How the system feels; set it to make it fail."""
        return self._weather

    @weather.setter
    def weather(self, weather: Weather | str) -> None:
        with self._changed:
            self._weather = Weather(weather)
            self._changed.notify_all()

    def _open(self) -> None:
        self._stopping = False

    def _close(self) -> None:
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def _up(self) -> bool:
        """Wait while the weather is SLOW; then say whether a caller is answered at all."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._weather is not Weather.SLOW)
        return not self._stopping and self._weather is not Weather.DOWN
