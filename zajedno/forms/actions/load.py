"""Loading a form: a new version when it says something new, nothing otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.forms.logic.book import Book
from zajedno.forms.logic.compile import xform
from zajedno.forms.models import Form, Version
from zajedno.forms.rules import LOAD
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask


@dataclass(frozen=True, slots=True)
class Loading:
    """`is_new`: a version was made."""

    version: Version
    is_new: bool


@transaction.atomic
def load_form(book: Book, facts: Mapping[str, Any], *, by: Actor | None, key: str, country: str) -> Loading:
    """Make the newest version of a pack's form say what `book` (checked) and `facts` say.

    `by` None is the command line, which runs as the owner of the tables. Loading the same twice changes nothing.
    """
    if by is not None:
        ask(by, LOAD)
    form, _made = Form.objects.select_for_update().get_or_create(
        key=key, country=country, defaults={"about": facts["about"]}
    )
    if Form.objects.filter(key=key).exclude(owner=None).exists():
        raise Refused(_("An office has uploaded a form with this key. Choose another key."), "key_taken")
    loading = add_version(form, book, facts, by=by)
    if loading.is_new:
        detail = {"form": key, "country": country, "number": loading.version.number, "digest": loading.version.digest}
        audit.record(by=by, verb=LOAD.key, detail=detail)
    return loading


def add_version(form: Form, book: Book, facts: Mapping[str, Any], *, by: Actor | None) -> Loading:
    """The next version of a locked form, unless its newest one says the same."""
    if form.retired_on is not None:
        raise Refused(_("This key is retired. A retired key is never used again; choose another."), "retired_key")
    if form.about != facts["about"]:
        raise Refused(_("A form stays about whom it was made for. Choose another key."), "about")
    newest = form.versions.order_by("-number").first()
    mark = book.digest(facts)
    if newest is not None and newest.digest == mark:
        return Loading(newest, False)
    number = newest.number + 1 if newest else 1
    version = Version.objects.create(
        form=form, number=number, book=book.to_json(), facts=dict(facts), digest=mark,
        xml=xform(book.with_latin(), version=number), loaded_by=by.account if by else None, loaded_on=now(),
    )  # fmt: skip
    return Loading(version, True)
