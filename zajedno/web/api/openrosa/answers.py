"""What a phone is told, as the OpenRosa standard has it: XML, with the headers by which it knows such a server."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.http import http_date
from lxml import etree

RESPONSE, FORM_LIST, MANIFEST = (
    f"http://openrosa.org/{name}" for name in ("http/response", "xforms/xformsList", "xforms/xformsManifest")
)
USUAL_BYTES, MOST_BYTES = 10_000_000, settings.UPLOAD_LIMIT_BYTES
"""Of one request: what a phone is told, so that it sends more in several, and what is taken, as for a large picture."""
TYPE = "text/xml; charset=utf-8"


def headed(response: HttpResponse) -> HttpResponse:
    """With what every answer carries. Applications compare the version before they believe anything else."""
    response.headers["X-OpenRosa-Version"] = "1.0"
    response.headers["X-OpenRosa-Accept-Content-Length"] = str(USUAL_BYTES)
    response.headers["Date"] = http_date()
    return response


def xml(root: etree._Element, status: int = 200) -> HttpResponse:
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return HttpResponse(content, content_type=TYPE, status=status)


def message(text: str | Promise, status: int) -> HttpResponse:
    """A sentence that the application shows."""
    root = element(RESPONSE, "OpenRosaResponse")
    etree.SubElement(root, f"{{{RESPONSE}}}message", nature="submit_success" if status < 300 else "error").text = str(
        text
    )
    return xml(root, status)


def element(space: str, name: str) -> etree._Element:
    """A root whose namespace is the default one."""
    return etree.Element(f"{{{space}}}{name}", nsmap={None: space})
