"""One's own acts on many cases."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from zajedno.casework.models import Bulk, BulkRow
from zajedno.casework.queries.case import visible_to
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound

if TYPE_CHECKING:
    from zajedno.casework.models import Case


@dataclass(frozen=True)
class Line:
    """A row with its case and the case it began, each as far as the actor still finds them."""

    row: BulkRow
    case: "Case | None"
    opened: "Case | None"


def own(by: Actor) -> QuerySet[Bulk]:
    return Bulk.objects.filter(account=by.account)


def find(by: Actor, uuid: UUID) -> Bulk:
    bulk = own(by).filter(uuid=uuid).first()
    if bulk is None:
        raise NotFound("")
    return bulk


def lines(by: Actor, bulk: Bulk) -> list[Line]:
    """In the order in which they were chosen. The same number of queries for any number of cases."""
    rows = list(bulk.rows.all())
    wanted = {row.case_id for row in rows} | {row.opened_id for row in rows if row.opened_id}
    found = visible_to(by).filter(pk__in=wanted).prefetch_related("child", "organisation")
    cases = {case.pk: case for case in found}
    return [Line(row, cases.get(row.case_id), cases.get(row.opened_id or 0)) for row in rows]
