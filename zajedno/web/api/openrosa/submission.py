"""A sheet arrives from a phone, perhaps in several parts, perhaps again and again."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zajedno.children.actions.submission import Sent, receive
from zajedno.forms.logic.submission import BadSubmission
from zajedno.kernel.pictures import media_type
from zajedno.kernel.refusal import Refused
from zajedno.web.api.openrosa.access import Phone, phone_only
from zajedno.web.api.openrosa.answers import MOST_BYTES, message
from zajedno.web.shared.uploads import safe_name

SHEET = "xml_submission_file"
MOST_XML = 2 * 1024 * 1024  # bytes; answers are a few thousand


@phone_only("HEAD", "GET", "POST")
def submission(request: HttpRequest, phone: Phone) -> HttpResponse:
    """HEAD says how much is taken at once. POST answers 201, also for a part (`*isIncomplete*`) and for what is known:
    each part brings the whole sheet, so that the first one is enough and the others only add their pictures."""
    if request.method != "POST":
        return HttpResponse(status=204)
    try:
        _measure(request)
        sheet, files = _parts(request)
    except RequestDataTooBig:
        return _too_large()
    except (MultiPartParserError, SuspiciousOperation, UnreadablePostError):
        return message(_("The submission did not arrive whole. Send it again."), 400)
    if len(sheet) > MOST_XML:
        return _too_large()
    try:
        receive(by=phone.by, device=phone.device, xml=sheet, files=files)
    except BadSubmission:
        return message(_("This is not a filled-in form."), 400)
    except Refused as refusal:
        return message(str(refusal.sentence), refusal.status)
    return _thanks(files)


def _measure(request: HttpRequest) -> None:
    """Refuse what is too large. OpenRosa lets a body come in chunks, without a length: Django takes that for none."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if request.headers.get("Transfer-Encoding", "").lower() == "chunked":
        body = request.META["wsgi.input"].read(MOST_BYTES + 1)
        length = len(body)
        request.META["CONTENT_LENGTH"], request._body = str(length), body
    if length > MOST_BYTES:
        raise RequestDataTooBig


def _parts(request: HttpRequest) -> tuple[bytes, list[Sent]]:
    """The sheet, and what is beside it."""
    sent: dict[str, Any] = dict(request.FILES.items())
    sheet = sent.pop(SHEET, None)
    xml = sheet.read() if sheet else request.POST.get(SHEET, "").encode()
    return xml, [Sent(safe_name(file.name or name), file.read()) for name, file in sent.items()]


def _thanks(files: list[Sent]) -> HttpResponse:
    text, left = _("Received. Thank you."), sum(not media_type(file.content) for file in files)
    if left:
        refused = ngettext("%d file was not kept: no picture.", "%d files were not kept: no pictures.", left)
        text = f"{text} {refused % left}"
    return message(text, 201)


def _too_large() -> HttpResponse:
    return message(_("This is larger than can be taken at once."), 413)
