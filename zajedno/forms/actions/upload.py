"""An office's own form: sent as a workbook, checked, kept as a version that waits for approval."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.forms.actions.load import add_version
from zajedno.forms.logic.book import Book, Leaf, Line
from zajedno.forms.logic.check import Fault, faults
from zajedno.forms.models import Form, Version
from zajedno.forms.rules import UPLOAD
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask

KEY = re.compile(r"[a-z][a-z0-9]*([-_][a-z0-9]+)*\Z")


class Faulty(Refused):
    """The workbook has faults: all of them, each with sheet, row and column."""

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__(
            _("The form has faults and is not kept. Put them right in the file and send it again."), "faults"
        )
        self.faults = tuple(found)


@transaction.atomic
def upload(*, by: Actor, organisation: int, key: str, content: bytes, facts: Mapping[str, Any]) -> Version:
    """Keep a workbook as the next version of the office's form `key`; nothing is in use until it is approved.

    `facts` are those that lie beside a pack's form. Raises `Faulty` with everything that is wrong in the workbook.
    """
    ask(by, UPLOAD, organisation)
    book = read(content, key)
    if found := faults(book, book.languages()[:1]):  # what other languages lack is shown, and may come later
        raise Faulty(found)
    loading = add_version(_own(key, organisation, facts["about"]), book, facts, by=by)
    if not loading.is_new:
        raise Refused(_("The newest version of this form says the same. Nothing was kept."), "same")
    detail = {"form": key, "number": loading.version.number, "digest": loading.version.digest}
    audit.record(by=by, verb=UPLOAD.key, organisation=organisation, detail=detail)
    return loading.version


def read(content: bytes, key: str) -> Book:
    """The workbook under the key it is kept by: phones must know the form by the same name as we do."""
    book = Book.from_xlsx(content)
    settings = book.leaf("settings")
    cells = {**book.settings, "form_id": key}
    number = settings.lines[0].number if settings.lines else 2
    named = Leaf(tuple(dict.fromkeys([*settings.columns, "form_id"])), (Line(number, cells), *settings.lines[1:]))
    return replace(book, sheets={**book.sheets, "settings": named})


def _own(key: str, organisation: int, about: str) -> Form:
    """The office's form by this key, locked; made when nobody has one."""
    if not KEY.match(key):
        raise Refused(_("A key has small letters, digits and hyphens, and begins with a letter."), "key")
    form, _made = Form.objects.select_for_update().get_or_create(
        key=key, country="", defaults={"owner": organisation, "about": about}
    )
    if Form.objects.filter(key=key).exclude(owner=organisation).exists():
        raise Refused(_("This key is taken by another form. Choose another key."), "key_taken")
    return form
