"""Lists a page at a time, as HSDS describes it, so that every list of the API reads alike."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

from zajedno.web.api.declared import Parameter

SIZE, LARGEST, MOST = 100, 1000, 100_000
PAGING = (
    Parameter("page", "Which page, from 1; beyond the last is the last.",
              {"type": "integer", "minimum": 1, "maximum": MOST}, 1),
    Parameter("per_page", "How many on a page.", {"type": "integer", "minimum": 1, "maximum": LARGEST}, SIZE),
)  # fmt: skip


def paged(
    rows: "QuerySet[Any] | Sequence[Any]", page: int, per_page: int, tell: Callable[[Any], Any]
) -> dict[str, Any]:
    found = Paginator(rows, per_page).get_page(page)
    contents = [tell(one) for one in found.object_list]
    return {
        "total_items": found.paginator.count, "total_pages": found.paginator.num_pages, "page_number": found.number,
        "size": len(contents), "first_page": not found.has_previous(), "last_page": not found.has_next(),
        "empty": not contents, "contents": contents,
    }  # fmt: skip
