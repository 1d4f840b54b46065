"""The forms that a phone may fetch: those about a child that its institution has taken into use."""

from functools import lru_cache
from hashlib import md5

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lxml import etree

from zajedno.children.logic.field_code import CONSTRAINT
from zajedno.children.rules import ASSESS
from zajedno.forms.logic.field import Words, for_phone
from zajedno.forms.queries.form import Loaded, in_use, xml_of
from zajedno.web.api.openrosa.access import Phone, phone_only
from zajedno.web.api.openrosa.answers import FORM_LIST, MANIFEST, TYPE, element, message, xml
from zajedno.web.shared.language import USUAL, known

AT = "/api/openrosa/"


@phone_only("GET", "HEAD")
def form_list(request: HttpRequest, phone: Phone) -> HttpResponse:
    """`formID` narrows it to one; `verbose=true` adds who published each form."""
    root = element(FORM_LIST, "xforms")
    wanted = request.GET.get("formID", "")
    for form in _forms(phone):
        if wanted in ("", form.key):
            _describe(root, request, form)
    return xml(root)


def _describe(root: etree._Element, request: HttpRequest, form: Loaded) -> None:
    here = request.build_absolute_uri(f"{AT}forms/{form.key}/{form.number}/")
    entries = {
        "formID": form.key,
        "name": form.title(get_language()),
        "version": str(form.number),
        "hash": f"md5:{md5(_served(form), usedforsecurity=False).hexdigest()}",
        "descriptionText": form.facts.source.get("text", "") if request.GET.get("verbose") == "true" else "",
        "downloadUrl": f"{here}form.xml",
        "manifestUrl": f"{here}manifest",
    }
    entry = etree.SubElement(root, f"{{{FORM_LIST}}}xform")
    for name, text in entries.items():
        if text:
            etree.SubElement(entry, f"{{{FORM_LIST}}}{name}").text = text


@phone_only("GET", "HEAD")
def form_file(request: HttpRequest, phone: Phone, key: str, version: str) -> HttpResponse:
    form = _find(phone, key, version)
    return HttpResponse(_served(form), content_type=TYPE) if form else _none()


@phone_only("GET", "HEAD")
def manifest(request: HttpRequest, phone: Phone, key: str, version: str) -> HttpResponse:
    """Files beside a form: none, since forms with pictures or lists in files are not taken."""
    return xml(element(MANIFEST, "manifest")) if _find(phone, key, version) else _none()


def _none() -> HttpResponse:
    return message(_("This form is not in use in your institution."), 404)


def _forms(phone: Phone) -> list[Loaded]:
    """By key, each once; a form that has no room for the child's code stays at home."""
    organisations = [seat.organisation for seat in phone.by.seats_for(ASSESS.key)]
    found = {form.key: form for form in in_use(organisations, "child", phone.by.today)}
    return [form for form in found.values() if _served(form)]


def _find(phone: Phone, key: str, version: str) -> Loaded | None:
    return next((one for one in _forms(phone) if (one.key, str(one.number)) == (key, version)), None)


def _served(form: Loaded) -> bytes:
    return _for_phone(form.pk)


@lru_cache(maxsize=256)
def _for_phone(version: int) -> bytes:
    """A version never changes, nor do its bytes: a phone compares their hash."""
    try:
        return for_phone(xml_of(version), CONSTRAINT, _words)
    except ValueError:
        return b""


def _words(language: str) -> Words:
    """What the first question says in a language of the form, named "Српски (sr)"."""
    with translation.override(known(language.rpartition("(")[2].rstrip(")")) or USUAL):
        return Words(
            label=_("Code of the child"),
            hint=_("Seven digits, from your printed worklist. Never write a name into this form."),
            wrong=_("This code fits no child. Check it against the worklist."),
        )
