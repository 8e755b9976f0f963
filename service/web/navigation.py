"""What stands above and below every page of a door: its name, its sections, who is signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from flask import Blueprint, current_app, request
from flask.sansio.blueprints import BlueprintSetupState
from flask_babel import gettext as _

EXTENSION = "ruqsat_navigation"


@dataclass(frozen=True)
class Section:
    """One entry of the navigation: where it leads and its name in the language of the page."""

    address: str
    name: str
    endpoints: tuple[str, ...] = ()

    @property
    def here(self) -> bool:
        """Say whether the page belongs to this section."""
        return request.path == self.address or request.endpoint in self.endpoints


@dataclass(frozen=True)
class Door:
    """What the header of a door shows; `person` is the name of who is signed in, `password` the page to change
    the own password on, `sign_out` where to post. `open_pages` stand below a door that has other sections.
    """

    name: str
    address: str
    sections: tuple[Section, ...] = ()
    person: str = ""
    password: str = ""
    sign_out: str = ""
    applicant: bool = field(default=True)
    open_pages: tuple[Section, ...] = ()


def open_pages() -> tuple[Section, ...]:
    """The pages that anybody may read, in the order in which they are needed, wherever they are served."""
    return (
        Section("/service", _("The service")),
        Section("/rules", _("The rules")),
        Section("/procedure", _("How a case goes")),
        Section("/register", _("Register"), ("public.register", "public.entry")),
        Section("/verify", _("Check a document"), _VERIFYING),
        Section("/help", _("Help")),
    )


_VERIFYING = ("public.verify", "public.verify_upload", "public.verified", "public.verified_file")

Describe = Callable[[], Door]


def describes(blueprint: Blueprint) -> Callable[[Describe], Describe]:
    """Let a function describe the header of this blueprint's pages; it is called once for each page."""

    def decorate(function: Describe) -> Describe:
        def register(state: BlueprintSetupState) -> None:
            state.app.extensions.setdefault(EXTENSION, {})[blueprint.name] = function

        blueprint.record(register)
        return function

    return decorate


def current() -> Door | None:
    """Describe the door of this page; an error page outside of every door is described by the public door."""
    doors = current_app.extensions.get(EXTENSION, {})
    describe = doors.get(request.blueprint) or doors.get("public")
    return describe() if describe else None
