"""Addresses on pages: the region by its name in the language of the page; papers and files keep what was signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, g

from service.domain.case import PERMIT
from service.domain.permit import address_line
from service.web.formats import at_each_page
from service.web.languages import language
from service.web.services import services


def init_app(app: Flask) -> None:
    """Give the templates the filter `address`."""
    app.jinja_env.filters["address"] = at_each_page(address)


def address(line: str) -> str:
    """An address on one line with its region by the name that the list of regions has in the language of the page.

    What stands in no list, such as a street, stays as it was written.
    """
    if language() == "kk" or not line:
        return line
    names = _regions()
    return ", ".join(dict.fromkeys(names.get(part, part) for part in line.split(", ")))


def address_of(parts: Mapping[str, Any]) -> str:
    """The same from the parts of an address."""
    return address(address_line(parts))


def _regions() -> Mapping[str, str]:
    """The names of the regions in the language of the page, by what an application says."""
    if "regions" not in g:
        with services().reading() as uow:
            newest = uow.editions.newest()
            listed = services().editions.of(uow, newest.id, PERMIT).listed("regions") if newest else ()
        g.regions = {entry["key"]: entry[language()] for entry in listed}
    names: Mapping[str, str] = g.regions
    return names
