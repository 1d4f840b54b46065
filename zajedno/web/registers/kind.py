"""What differs between one register that comes in and another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.actor import Actor
from zajedno.kernel.jobs import Task
from zajedno.kernel.verbs import Verb
from zajedno.web.shared.pieces import Link, Row

if TYPE_CHECKING:
    from zajedno.access.models import Batch

View = Callable[..., HttpResponse]
# Columns of a child, in the order in which registers mostly have them.
CHILD: Mapping[str, Any] = {
    "full_name": _("Child: given and family name"),
    "full_name_family_first": _("Child: family and given name"),
    "given_name": _("Child: given name"),
    "family_name": _("Child: family name"),
    "birth_date": _("Date of birth"),
    "national_number": _("National number"),
    "sex": _("Sex"),
    "parent": _("Parent"),
    "address": _("Address"),
}


@dataclass(frozen=True)
class Kind:
    """A register at a desk. `actions` and `queries` are modules of its room, alike in every room.

    `verbs` open its pages, the first brings in; `guard` makes a page of the desk from `view(request, by, …)`, which
    extends `base` and needs `frame(by)`; `second` is the field shown under a name in the list of rows.
    """

    at: str
    title: Any
    desk: Link
    base: str
    guard: Callable[[View], View]
    verbs: tuple[Verb, ...]
    actions: ModuleType
    queries: ModuleType
    enter: Task
    fields: Mapping[str, Any]
    second: str
    leads: Callable[[Any], tuple[str, str] | None]  # from a row to what it became: text, address
    says: Callable[[Any], list[Row]]  # what is looked at says beside the child
    same: Any  # the answer that the row is the one child who is known
    undoing: Any  # what goes with it
    listing: str = "registers/list.html"
    frame: Callable[[Actor], dict[str, Any]] = lambda by: {}

    def address(self, batch: "Batch", rest: str = "") -> str:
        return f"{self.at}{batch.uuid}/{rest}"
