"""A public search as its page reads and writes it: words, one value a facet, page. The catalogue and the directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.core.paginator import Paginator

MOST = 1_000_000  # pages; nothing is asked of the database beyond


@dataclass(frozen=True)
class Value:
    """One line of a facet: how many there would be (None: too many were found to count), and the address that narrows
    to it (or, chosen, lets go of it)."""

    text: str
    number: int | None
    href: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """A facet with the values that would find something."""

    title: Any
    values: list[Value]
    is_open: bool


class Asking:
    """What every such query has; which facets there are, and its address, says who inherits."""

    size: ClassVar[int]  # lines of a page
    text: str
    facets: tuple[tuple[str, str], ...]
    page: int

    def address(self, **changed: Any) -> str:
        raise NotImplementedError

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @cached_property
    def chosen(self) -> dict[str, str]:
        return dict(self.facets)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.facets)

    def steps(self, total: int) -> dict[str, Any]:
        """Pages as `components/pagination.html` shows them."""
        pages = Paginator(range(total), self.size)
        page = pages.page(min(self.page, pages.num_pages))
        return {
            "page": page,
            "previous": self.address(page=page.number - 1) if page.has_previous() else "",
            "next": self.address(page=page.number + 1) if page.has_next() else "",
            "items": [
                (number, self.address(page=number) if isinstance(number, int) else "", number == page.number)
                for number in pages.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
            ],
        }


def page_of(given: Mapping[str, str]) -> int:
    """The page asked for, the first for what is no number."""
    number = given.get("page", "")
    return max(1, min(int(number), MOST)) if number.isascii() and number.isdigit() and len(number) < 7 else 1
