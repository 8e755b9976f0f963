"""What the pages ask of the program: `service.bootstrap` builds it, the tests hand in a stand-in."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol, cast

from flask import current_app

from service.domain.ports import Clock
from service.web.stash import Stash

EXTENSION = "ruqsat"


class WebSettings(Protocol):
    """The settings that the ground of the pages needs."""

    @property
    def demo(self) -> bool:
        """The clock can be moved, signatures are for testing and every page says so."""
        ...

    @property
    def production(self) -> bool:
        """Real work: cookies travel over TLS only."""
        ...

    @property
    def secret_key(self) -> str:
        """What cookies and forms are signed with."""
        ...

    @property
    def ncalayer_url(self) -> str:
        """Where the browser finds NCALayer, such as wss://127.0.0.1:13579."""
        ...


class WebServices(Protocol):
    """The program as the ground of the pages sees it; a door's own pages may ask more of it."""

    @property
    def settings(self) -> WebSettings:
        """The settings of this installation."""
        ...

    @property
    def clock(self) -> Clock:
        """The time of the procedure; in the demo it can be moved."""
        ...

    @property
    def stash(self) -> Stash:
        """Where typed forms wait while a person signs in again or changes the language."""
        ...

    def move_clock(self, to: datetime) -> None:
        """Set the demo's clock forward to this instant and let everything due by then happen."""
        ...

    def next_opening(self, after: datetime) -> datetime:
        """The start of the provider's next working day after this instant (A1.8.1)."""
        ...


def services() -> Any:
    """Give the services that this application was made with."""
    return current_app.extensions[EXTENSION]


def ground() -> WebServices:
    """Give the same services, typed as the ground of the pages needs them."""
    return cast(WebServices, services())
