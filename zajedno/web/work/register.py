"""An institution's register of children comes in."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.children.actions import batch as batches
from zajedno.children.queries import batch as queries
from zajedno.children.rules import IMPORT
from zajedno.children.tasks import enter_register
from zajedno.web.registers.forms import same_or_another
from zajedno.web.registers.kind import CHILD, Kind
from zajedno.web.registers.showing import said
from zajedno.web.shared.pieces import Link, Row
from zajedno.web.work.frame import work_page

FIELDS: Mapping[str, Any] = {
    "record": gettext_lazy("Record number"),
    **CHILD,
    "municipality": gettext_lazy("Municipality"),
    "institution": gettext_lazy("Institution"),
    "class": gettext_lazy("Class or group"),
}


def leads(row: Any) -> tuple[str, str] | None:
    return (row.child.full_name, f"/work/child/{row.child.uuid}/") if row.child else None


def says(looked: Any) -> list[Row]:
    child = looked.row.child
    return [
        *said(child),
        Row(_("Municipality"), child.municipality),
        Row(_("Class or group"), child.school_class),
        Row(_("Record number"), child.record),
    ]


CHILDREN = Kind(
    at="/work/register/",
    title=gettext_lazy("Register of children"),
    desk=Link(gettext_lazy("My work"), "/work/"),
    base="work/desk.html",
    guard=work_page,
    verbs=(IMPORT,),
    actions=batches,
    queries=queries,
    enter=enter_register,
    fields=FIELDS,
    second="record",
    leads=leads,
    says=says,
    choices=same_or_another(gettext_lazy("Yes: enter it with a record of its own, and note that both are one child")),
    undoing=gettext_lazy(
        "Its children disappear, with all that was entered of them. It can be done only while nobody works with any."
    ),
)
