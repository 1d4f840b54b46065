"""What the API says when it will not answer, so that a program can tell why without reading a page: RFC 9457, and to
who speaks FHIR an OperationOutcome."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse

TYPE = "application/problem+json"
PROGRAMS = "/api/1/"
FHIR = "/api/1/fhir/"
FHIR_TYPE = "application/fhir+json; charset=utf-8"
_KINDS = {400: "structure", 401: "login", 403: "forbidden", 404: "not-found", 405: "not-supported", 429: "throttled"}


@dataclass(frozen=True)
class Problem:
    """`detail` is a sentence for people; it never repeats what was sent. `more`: members of its own, such as
    `parameter`."""

    status: int
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    def response(self) -> JsonResponse:
        told = {"type": "about:blank", "title": HTTPStatus(self.status).phrase, "status": self.status,
                "detail": str(self.detail), **self.more}  # fmt: skip
        return JsonResponse(
            told, status=self.status, content_type=TYPE, headers=dict(self.headers),
            json_dumps_params={"ensure_ascii": False},
        )  # fmt: skip

    def told(self, request: HttpRequest) -> JsonResponse:
        """In the form that the address speaks."""
        return self._outcome() if request.path.startswith(FHIR) else self.response()

    def _outcome(self) -> JsonResponse:
        issue = {"severity": "error", "code": _KINDS.get(self.status, "exception"), "diagnostics": str(self.detail)}
        return JsonResponse(
            {"resourceType": "OperationOutcome", "issue": [issue]}, status=self.status, content_type=FHIR_TYPE,
            headers={"Cache-Control": "no-store", **self.headers}, json_dumps_params={"ensure_ascii": False},
        )  # fmt: skip


def not_taken(*methods: str) -> Problem:
    """The address is there, and takes these methods only."""
    return Problem(405, "This address does not take this method.", {"Allow": ", ".join(methods)})


def is_for_programs(request: HttpRequest) -> bool:
    """Does a program read the answer, so that a page would be of no use to it?"""
    return request.path.startswith(PROGRAMS)
