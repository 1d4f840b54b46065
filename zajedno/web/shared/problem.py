"""What the API says when it will not answer: RFC 9457, so that a program can tell why without reading a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, JsonResponse

TYPE = "application/problem+json"
PROGRAMS = "/api/1/"


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


def is_for_programs(request: HttpRequest) -> bool:
    """Does a program read the answer, so that a page would be of no use to it?"""
    return request.path.startswith(PROGRAMS)
