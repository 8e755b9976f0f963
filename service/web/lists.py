"""A list on a page: its order, filters and page number live in the address, so that they survive and can be shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from service.web.page import here

Row = TypeVar("Row")
_MOST_PAGES = 100_000


@dataclass(frozen=True)
class Column:
    """One column: its key in the address, its name on the page."""

    key: str
    name: str
    sortable: bool = False
    numeric: bool = False


@dataclass(frozen=True)
class Order:
    """What the address asks for: the page number, the column to sort by, upwards or downwards."""

    page: int
    sort: str
    down: bool

    @classmethod
    def asked(cls, columns: Sequence[Column], otherwise: str = "") -> Order:
        """Read it from the address, `-due` meaning downwards; anything strange becomes the usual order."""
        wish = request.args.get("sort", otherwise)
        known = {column.key for column in columns if column.sortable}
        key = wish.removeprefix("-")
        if key not in known:
            wish, key = otherwise, otherwise.removeprefix("-")
        page = request.args.get("page", "1")
        number = min(int(page[:9]), _MOST_PAGES) if page.isascii() and page.isdigit() else 1
        return cls(number or 1, key, wish.startswith("-"))


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """The rows of one page of a list and how to get to the others; `total` counts all rows, or `more` than it."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    order: Order
    total: int
    per_page: int = 25
    id: str = "list"
    more: bool = False

    @property
    def page(self) -> int:
        """The number of this page, from 1."""
        return min(self.order.page, max(self.pages, 1))

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.per_page)

    @property
    def shown_pages(self) -> list[int | None]:
        """The page numbers to link to: the first, the last and those near; None where numbers are left out."""
        near = {1, self.pages, *range(max(self.page - 2, 1), min(self.page + 2, self.pages) + 1)}
        shown: list[int | None] = []
        for number in sorted(near):
            last = next((each for each in reversed(shown) if each), 0)
            if number - last > 1:
                shown.append(None)
            shown.append(number)
        return shown

    def page_address(self, number: int) -> str:
        """The address of another page with the same order and filters."""
        return here(page=number if number > 1 else None)

    def sort_address(self, column: Column) -> str:
        """The address of the same list sorted by this column, the other way round when it is so already."""
        is_up = self.order.sort == column.key and not self.order.down
        return here(sort=f"-{column.key}" if is_up else column.key, page=None)

    def direction(self, column: Column) -> str:
        """Say for the table's head how it is sorted by this column; empty when it is not."""
        if self.order.sort != column.key or not column.sortable:
            return ""
        return "descending" if self.order.down else "ascending"
