"""What phones are answered at the OpenRosa addresses, and what every answer keeps to."""

from typing import Any

from django.http import HttpResponse
from lxml import etree

from tests.web.field_world import AT, Phone
from zajedno.children.models import Submission

LIST, SUBMIT = f"{AT}formList", f"{AT}submission?deviceID=collect%3AsrHxu3GgVqYXVqZk"
NS = {"l": "http://openrosa.org/xforms/xformsList", "r": "http://openrosa.org/http/response"}


def said(response: HttpResponse) -> str:
    return etree.fromstring(response.content).findtext("r:message", namespaces=NS) or ""


def checked(response: HttpResponse, status: int) -> HttpResponse:
    """Every answer is OpenRosa's, whatever it says, and leaves nothing behind."""
    assert response.status_code == status, response.content[:300]
    assert response["X-OpenRosa-Version"] == "1.0"
    assert int(response["X-OpenRosa-Accept-Content-Length"]) >= 10_000_000
    assert response["Date"].endswith(" GMT")
    assert not response.cookies
    assert "Location" not in response
    assert response["Cache-Control"] == "no-store"
    return response


def listed(phone: Phone, query: str = "", **extra: Any) -> list[dict[str, str]]:
    root = etree.fromstring(checked(phone.ask("GET", f"{LIST}{query}", **extra), 200).content)
    assert root.tag == f"{{{NS['l']}}}xforms"
    return [{etree.QName(child).localname: child.text for child in form} for form in root]


def one() -> Submission:
    return Submission.objects.get()
