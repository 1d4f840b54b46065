"""The audit trail of an institution, for the system in which it keeps watch. Taking it out is itself an entry."""

from datetime import date
from typing import Any

from django.http import HttpRequest

from zajedno.access.actions.inspection import export
from zajedno.access.rules import AUDIT_OUT
from zajedno.web.api.declared import Endpoint, Parameter, Told, wrong
from zajedno.web.api.schemas import listed, named, shape
from zajedno.web.api.tokens import Client
from zajedno.web.shared.problem import Problem

DAY = {"type": "string", "format": "date", "pattern": "[0-9]{4}-[0-9]{2}-[0-9]{2}", "maxLength": 10}


def trail(request: HttpRequest, client: Client, since: str, until: str) -> Told | Problem:
    days: dict[str, Any] = {}
    for name, text in (("since", since), ("until", until)):
        try:
            days[name] = date.fromisoformat(text)
        except ValueError:
            return wrong(name)
    if (days["until"] - days["since"]).days > 31:
        return wrong("until")
    return Told({"entries": [_tell(one) for one in export(by=client.by, **days)]})


def _tell(one: Any) -> dict[str, Any]:
    """Ids, keys and a hash; no name stands in the trail."""
    return {
        "moment": one.moment.isoformat(), "stream": one.stream, "position": one.position, "verb": one.verb,
        "noun": one.noun, "subject": one.subject, "account": one.account, "hash": bytes(one.hash).hex(),
    }  # fmt: skip


ENDPOINTS = (
    Endpoint("GET", "/api/1/own/audit", "The audit trail of the institution, the newest first", trail,
             shape({"entries": listed(named("Entry"))}), (
                 Parameter("since", "The first day.", DAY, required=True),
                 Parameter("until", "The last day, at most 31 after it.", DAY, required=True)), AUDIT_OUT),
)  # fmt: skip
