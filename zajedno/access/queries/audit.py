"""Reading and proving the audit trail."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from zajedno.access.models import AuditEntry
from zajedno.access.rules import BREAK_GLASS, READ_ALL_AUDIT, READ_AUDIT
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import ZONE
from zajedno.kernel.verbs import ask


@dataclass(frozen=True)
class Verification:
    """How many entries were read and, when the chain does not hold, the first break in words."""

    entries: int
    broken: str | None


def verify() -> Verification:
    """Recompute every hash of every stream."""
    with connection.cursor() as cursor:
        cursor.execute("select stream, pos, reason from app.audit_breaks() limit 1")
        first = cursor.fetchone()
        cursor.execute("select count(*) from access_auditentry")
        (entries,) = cursor.fetchone()
    return Verification(entries, f"stream {first[0]}, entry {first[1]}: {first[2]}" if first else None)


def visible_to(by: Actor) -> QuerySet[AuditEntry]:
    """Entries an inspector may read: of the whole installation, or of the institutions where they hold the verb."""
    if by.may(READ_ALL_AUDIT.key):
        return AuditEntry.objects.order_by("-moment", "-id")
    ask(by, READ_AUDIT)
    return AuditEntry.objects.filter(organisation__in=by.organisations_for(READ_AUDIT.key)).order_by("-moment", "-id")


def _openings(by: Actor) -> QuerySet[AuditEntry]:
    """Openings without a tie: also those that others made of files which one's institution keeps."""
    rows = AuditEntry.objects.filter(verb=BREAK_GLASS.key, detail__owner__in=by.organisations_for(READ_AUDIT.key))
    return (visible_to(by) | rows).order_by("-moment", "-id") if not by.may(READ_ALL_AUDIT.key) else visible_to(by)


def search(
    *,
    by: Actor,
    accounts: Collection[int] | None = None,
    verb: str = "",
    subject: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditEntry]:
    """Newest first; days are inclusive; `accounts` None is everybody, empty nobody."""
    rows = _openings(by) if verb == BREAK_GLASS.key else visible_to(by)
    if accounts is not None:
        rows = rows.filter(account__in=accounts)
    if verb:
        rows = rows.filter(verb=verb)
    if subject:
        rows = rows.filter(subject=subject.strip())
    if since:
        rows = rows.filter(moment__gte=datetime.combine(since, time(), ZONE))
    if until:
        rows = rows.filter(moment__lt=datetime.combine(until + timedelta(days=1), time(), ZONE))
    return rows


def newest_detail(verb: str) -> dict[str, Any] | None:
    """Detail of the newest entry of a verb, for jobs that go on where they stopped; None when there is none."""
    return AuditEntry.objects.filter(verb=verb).order_by("-moment", "-id").values_list("detail", flat=True).first()
