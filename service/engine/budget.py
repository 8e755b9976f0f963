"""How long one work may take: no diagram keeps the program busy without end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from service.engine.errors import TooSlow

MOST_OF_A_MOVE = 20
"""Seconds of one move of a case: it gives up sooner than others give up waiting for it."""
MOST_OF_A_CHECK = 60
"""Seconds of the check of all files together."""


class Budget:
    """So many seconds from now on; whoever works on asks from part to part whether any are left."""

    def __init__(self, seconds: int = MOST_OF_A_MOVE) -> None:
        self.seconds = seconds
        self._until = monotonic() + seconds

    @property
    def is_spent(self) -> bool:
        """Whether the time is over."""
        return monotonic() > self._until

    def require(self, element: str) -> None:
        """TooSlow, with the element that would come next, if the time is over."""
        if self.is_spent:
            raise TooSlow(element=element, seconds=self.seconds)

    def guarding(self, functions: Mapping[str, Callable[..., Any]], element: str) -> Mapping[str, Callable[..., Any]]:
        """The functions as an expression of this element may call them: none begins when the time is over."""
        return {name: self._guarded(function, element) for name, function in functions.items()}

    def _guarded(self, function: Callable[..., Any], element: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self.require(element)
            return function(*arguments)

        return call
