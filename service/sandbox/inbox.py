"""Where notifications that came over the gateway are kept, each once (R4.2, R10.1)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree


@dataclass(frozen=True)
class Received:
    """One notification: its sender's id, our number of it, and its texts by element name, in order."""

    message_id: str
    accepted_as: str
    texts: Mapping[str, tuple[str, ...]]

    def text(self, name: str) -> str:
        """The first text of that name, "" where there is none."""
        return next(iter(self.texts.get(name, ())), "")


class NotificationInbox:
    """Takes notifications; the same message id again gets the same number and is counted in `repeats` only."""

    prefix = "in"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._received: dict[str, Received] = {}
        self.repeats = 0

    @property
    def received(self) -> list[Received]:
        """Everything taken, the oldest first."""
        with self._lock:
            return list(self._received.values())

    def forget(self) -> None:
        """Begin anew, as if nothing had ever arrived."""
        with self._lock:
            self._received.clear()
            self.repeats = 0

    def receive(self, message_id: str, data: etree._Element) -> str:
        """Take a notification and return our number of it."""
        with self._lock:
            if message_id in self._received:
                self.repeats += 1
            else:
                number = f"{self.prefix}-{len(self._received) + 1:06d}"
                self._received[message_id] = Received(message_id, number, _texts(data))
            return self._received[message_id].accepted_as


def _texts(data: etree._Element) -> dict[str, tuple[str, ...]]:
    texts: dict[str, tuple[str, ...]] = {}
    for element in data.iterchildren("*"):
        name = etree.QName(element).localname
        value = element.text or ""
        if name == "property":
            name, value = (element.findtext("key") or ""), (element.findtext("value") or "")
        texts[name] = (*texts.get(name, ()), value)
    return texts
