"""Every write, every reading of a child's file and every search leaves an entry."""

import json
from typing import Any, Protocol

from django.db import connection
from django.db.models import QuerySet

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
    `account` stands in where nobody is logged in yet (a failed log-in). What rests on a deputy's post says `for` whom.
    """
    noun = about._meta.label_lower if about is not None else ""  # type: ignore[attr-defined]
    if organisation is None and by is not None:
        organisation = next((seat.organisation for seat in by.seats_for(verb)), None)
    seat = by.seat_of_right(verb, organisation) if by is not None else None
    detail = {**(seat.instead if seat else {}), **(detail or {})}
    subject = str(about.uuid) if about is not None else ""
    _append(by.account if by else account, organisation, verb, noun, [subject], detail)


def record_each(
    *, by: Actor, verb: str, about: QuerySet[Any], organisation: int | None, detail: dict[str, Any] | None = None
) -> None:
    """The same for each of many rows, in one call: what a register brings is thousands of entries."""
    seat = by.seat_of_right(verb, organisation)
    detail = {**(seat.instead if seat else {}), **(detail or {})}
    subjects = [str(one) for one in about.order_by("pk").values_list("uuid", flat=True)]
    _append(by.account, organisation, verb, about.model._meta.label_lower, subjects, detail)


def _append(
    account: int | None, organisation: int | None, verb: str, noun: str, subjects: list[str],
    detail: dict[str, Any] | None,
) -> None:  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "select app.audit_append_each(%s, %s, %s, %s, %s::text[], %s::jsonb)",
            [account, organisation or None, verb, noun, subjects, json.dumps(detail or {}, sort_keys=True)],
        )
