"""Taking the audit trail out of the house is an act, and leaves an entry."""

from typing import TYPE_CHECKING, Any

from django.db import transaction

from zajedno.access.actions import audit
from zajedno.access.queries.audit import search
from zajedno.access.rules import EXPORT_AUDIT
from zajedno.kernel.actor import Actor

if TYPE_CHECKING:
    from zajedno.access.models import AuditEntry

MOST = 50_000  # rows in one file


@transaction.atomic
def export(*, by: Actor, **filters: Any) -> "list[AuditEntry]":
    """The newest `MOST` entries that the actor may read; `filters` as of `queries.audit.search`."""
    entries = list(search(by=by, **filters)[:MOST])
    audit.record(by=by, verb=EXPORT_AUDIT, detail={"entries": len(entries), "filters": sorted(filters)})
    return entries
