"""Every write, every reading of a child's file and every search leaves an entry."""

import json
from typing import Any, Protocol

from django.db import connection

from zajedno.kernel.actor import Actor


class HasUuid(Protocol):
    uuid: Any


def record(
    *,
    by: Actor | None,
    verb: str,
    about: HasUuid | None = None,
    organisation: int | None = None,
    account: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Append one entry to the chain, in the transaction of the act.

    `about` gives noun and subject; `detail` must hold no personal data (keys, counts, codes only).
    `account` stands in where nobody is logged in yet (a failed log-in).
    """
    noun = about._meta.label_lower if about is not None else ""  # type: ignore[attr-defined]
    if organisation is None and by is not None:
        organisation = next((seat.organisation for seat in by.seats_for(verb)), None)
    with connection.cursor() as cursor:
        cursor.execute(
            "select app.audit_append(%s, %s, %s, %s, %s, %s::jsonb)",
            [
                by.account if by else account,
                organisation,
                verb,
                noun,
                str(about.uuid) if about is not None else "",
                json.dumps(detail or {}, sort_keys=True),
            ],
        )
