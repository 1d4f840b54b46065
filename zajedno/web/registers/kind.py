"""What differs between one register that comes in and another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from zajedno.kernel.actor import Actor
from zajedno.kernel.jobs import Task
from zajedno.kernel.verbs import Verb
from zajedno.web.registers.forms import File
from zajedno.web.shared.pieces import Link, Row

if TYPE_CHECKING:
    from zajedno.access.models import Batch
    from zajedno.kernel.spreadsheets import Table

BRING = _("Bring in the register you keep")
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
    "settlement": _("Kind of settlement"),
}


@dataclass(frozen=True)
class Doubt:
    """How rows are spoken of on which a person must decide."""

    ahead: Any
    waiting: Any  # with %(n)s, in singular and plural
    heading: Any
    question: Any


SAME_CHILD = Doubt(
    ahead=_("Who may be a child that is already here is not entered: you decide on it afterwards, row by row."),
    waiting=ngettext_lazy(
        "%(n)s row waits for you: it may be a child who is already here.",
        "%(n)s rows wait for you: they may be children who are already here.",
        "n",
    ),
    heading=_("Row %(n)s: is this child already here?"),
    question=_("Is it the same child?"),
)


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
    says: Callable[[Any], list[Row]]  # what a row that is looked at says
    choices: Callable[[Any], list[tuple[str, Any]]]  # who it may be: answers to `Doubt.question`
    undoing: Any  # what goes with it
    bring: Any = BRING
    doubt: Doubt = SAME_CHILD
    file: type[File] = File
    about: Callable[[Any], Any] = lambda batch: ""  # of what time or part it is
    also: Callable[[Any, "Table"], Mapping[int, Any]] = lambda batch, table: {}  # columns that are read without a field
    listing: str = "registers/list.html"
    frame: Callable[[Actor], dict[str, Any]] = lambda by: {}

    def address(self, batch: "Batch", rest: str = "") -> str:
        return f"{self.at}{batch.uuid}/{rest}"
