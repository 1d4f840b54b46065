"""A referral comes in, its state is read back, one child goes out with consent. Each POST calls one action."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _

from zajedno.casework.actions.arrival import receive
from zajedno.casework.actions.handout import hand_out
from zajedno.casework.logic.fhir.check import VALUE, Problem
from zajedno.casework.logic.fhir.read import Unreadable
from zajedno.casework.queries.arrival import sent, task_of
from zajedno.casework.rules import CHILD_OUT, REFERRALS_IN
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.web.api.fhir.access import fhir_only, methods
from zajedno.web.api.fhir.answers import SENTENCES, fhir, outcome, refused
from zajedno.web.api.tokens import Client
from zajedno.web.shared.limits import throttled

MOST = 1024 * 1024  # bytes of a referral
TAKEN = ("application/fhir+json", "application/json", "")  # the last: not said
KINDS = {403: "forbidden", 404: "not-found", 409: "conflict", 415: "not-supported"}


class OtherMedia(Refused):
    """What was sent is in no form that is read here."""

    status = 415


def _content(request: HttpRequest) -> Any:
    """What was sent. ValueError for what is no JSON: NaN and the like are none."""
    if request.content_type not in TAKEN:
        head = {"head": "Content-Type: application/fhir+json"}
        raise OtherMedia(_("Send FHIR as JSON, and say so: %(head)s.") % head)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST:
        raise RequestDataTooBig
    try:
        return json.loads(request.body, parse_constant=_no_number)
    except (RecursionError, UnreadablePostError) as error:
        raise ValueError("not JSON") from error


def _no_number(_word: str) -> Any:
    raise ValueError("not JSON")


def _not_read(error: Exception) -> HttpResponse:
    if isinstance(error, RequestDataTooBig):
        return outcome(413, "too-long", _("This is larger than can be taken at once."))
    if isinstance(error, Unreadable):
        return refused(error.problems)
    if isinstance(error, NotFound):
        return outcome(404, "not-found", _("There is no such thing here."))
    if isinstance(error, Refused):
        return outcome(error.status, KINDS.get(error.status, "business-rule"), error.sentence)
    return outcome(400, "structure", SENTENCES["not_json"])


EXPECTED = (ValueError, RequestDataTooBig, Unreadable, Refused)


@fhir_only(REFERRALS_IN, "POST")
def service_request(request: HttpRequest, client: Client) -> HttpResponse:
    """A Bundle or ServiceRequest. 201 with the Task by which its state is read; 200 when it was known."""
    try:
        row, new = receive(by=client.by, content=_content(request))
    except EXPECTED as error:
        return _not_read(error)
    response = fhir(task_of(row), 201 if new else 200)
    response.headers["Location"] = f"/api/1/fhir/Task/{row.uuid}"
    return response


@fhir_only(REFERRALS_IN, "GET", "HEAD")
def task(request: HttpRequest, client: Client, uuid: UUID) -> HttpResponse:
    """How a referral that one's own institution sent stands."""
    try:
        return fhir(task_of(sent(client.by, uuid)))
    except EXPECTED as error:
        return _not_read(error)


@fhir_only(CHILD_OUT, "POST")
def handed_out(request: HttpRequest, client: Client, uuid: UUID) -> HttpResponse:
    """A case's child for an institution that a consent names. Parameters: receiver (its code), language."""
    try:
        given = _parameters(_content(request))
        language = given.get("language") if given.get("language") in dict(settings.LANGUAGES) else "sr"
        _row, content = hand_out(by=client.by, uuid=uuid, receiver=given["receiver"], language=str(language))
    except EXPECTED as error:
        return _not_read(error)
    return fhir(content)


def _parameters(content: Any) -> dict[str, str]:
    """Of a Parameters resource, those with a text."""
    rows = content.get("parameter", ()) if isinstance(content, dict) else ()
    named = [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    found = {str(one.get("name")): str(one.get("valueString") or one.get("valueCode") or "") for one in named}
    if not found.get("receiver"):
        raise Unreadable([Problem("Parameters.parameter", VALUE, "required")])
    return found


@throttled
@methods("GET", "HEAD")
def metadata(request: HttpRequest) -> HttpResponse:
    """What this house can do, for anybody: nothing of any child."""
    return fhir(CAPABILITY)


CAPABILITY = {
    "resourceType": "CapabilityStatement",
    "status": "active",
    "date": "2026-11-27",
    "kind": "capability",
    "software": {"name": "Zajedno"},
    "implementation": {"description": "Zajedno"},
    "fhirVersion": "4.0.1",
    "format": ["application/fhir+json"],
    "rest": [
        {
            "mode": "server",
            "security": {"description": "Bearer token with the scope referrals:send or children:hand_out"},
            "resource": [
                {"type": "ServiceRequest", "interaction": [{"code": "create"}]},
                {"type": "Task", "interaction": [{"code": "read"}]},
            ],
        }
    ],
}
