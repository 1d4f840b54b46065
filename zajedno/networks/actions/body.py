"""Bodies are set up, taken up from those that a pack names, changed, ended; their act is kept."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotPermitted, Overtaken, Refused
from zajedno.kernel.script import latin
from zajedno.kernel.verbs import ask
from zajedno.networks.enums import BodyKind, Quorum
from zajedno.networks.models import Body, BodyFile
from zajedno.networks.queries.body import waiting
from zajedno.networks.rules import KEEP_BODY

if TYPE_CHECKING:
    from zajedno.places.models import Territory

MEDIA_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png"})


@dataclass(frozen=True)
class Head:
    """What a body says of itself. `titles`, `about` by language; `mandate_until` is the last day."""

    titles: Mapping[str, str]
    kind: str
    territory: "Territory"
    language: str = "sr"
    quorum: str = Quorum.MORE_THAN_HALF
    about: Mapping[str, str] | None = None
    organ: str = ""
    act_number: str = ""
    established_on: date | None = None
    mandate_from: date | None = None
    mandate_until: date | None = None
    rules: str = ""
    contact: str = ""

    def checked(self) -> dict[str, object]:
        """As columns; raises Refused with what is wrong."""
        titles, about = _said(self.titles), _said(self.about or {})
        if not titles:
            raise Refused(_("Give the body a name."), "title")
        if self.kind not in BodyKind.values or self.quorum not in Quorum.values:
            raise Refused(_("Choose what kind of body it is, and its quorum."), "kind")
        if self.language not in dict(settings.LANGUAGES):
            raise Refused(_("Choose the language of its papers."), "language")
        if self.mandate_until and (self.mandate_from is None or self.mandate_until < self.mandate_from):
            raise Refused(_("Give both days of the mandate, the last one not before the first."), "mandate")
        lines = {name: " ".join(getattr(self, name).split()) for name in ("organ", "act_number", "contact")}
        days = {name: getattr(self, name) for name in ("established_on", "mandate_from", "mandate_until")}
        rest = {"kind": self.kind, "quorum": self.quorum, "language": self.language, "territory": self.territory}
        return {**lines, **days, **rest, "titles": titles, "about": about, "rules": self.rules.strip()}


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: text.strip() for code, text in texts.items() if text.strip()}


@transaction.atomic
def set_up(*, by: Actor, organisation: int, head: Head) -> Body:
    """A body that the organisation (its id) keeps."""
    ask(by, KEEP_BODY, organisation)
    columns = head.checked()
    row = Body.objects.create(organisation_id=organisation, slug=free_slug(head.titles), **columns)
    record(by, row, {"kind": row.kind})
    return row


@transaction.atomic
def take_up(*, by: Actor, body: Body, organisation: int) -> Body:
    """From now on the organisation keeps a body that a pack names for its municipality."""
    ask(by, KEEP_BODY, organisation)
    row = Body.objects.select_for_update().filter(pk__in=waiting(by).values("pk"), pk=body.pk).first()
    if row is None:
        raise Overtaken(_("This body is kept by somebody already."))
    row.organisation_id = organisation
    row.save(update_fields=["organisation"])
    record(by, row, {"taken_up": organisation})
    return row


@transaction.atomic
def change(*, by: Actor, body: Body, head: Head) -> None:
    row = locked(by, body)
    for name, value in head.checked().items():
        setattr(row, name, value)
    row.save()
    record(by, row, {"changed": True})


@transaction.atomic
def attach(*, by: Actor, body: Body, name: str, media_type: str, content: bytes) -> BodyFile:
    """Keep the act by which it was set up, or its mandate renewed; `web` has checked kind and size."""
    row = locked(by, body)
    if media_type not in MEDIA_TYPES:
        raise Refused(_("Send a PDF or a picture of the paper."), "kind")
    made = BodyFile.objects.create(
        body=row, name=name[:200], media_type=media_type, size=len(content), content=content,
        sha256=hashlib.sha256(content).digest(), added_by=by.account, added_on=clock.now(),
    )  # fmt: skip
    record(by, row, {"file": True})
    return made


@transaction.atomic
def end(*, by: Actor, body: Body, reason: str) -> None:
    """It works no more; what it decided stays to be read."""
    row = locked(by, body)
    if not reason.strip():
        raise Refused(_("Say why."), "reason")
    row.ended_on, row.ended_reason = by.today, " ".join(reason.split())[:250]
    row.save(update_fields=["ended_on", "ended_reason"])
    record(by, row, {"ended": str(by.today)})


def locked(by: Actor, body: Body) -> Body:
    """A body that the actor keeps and that works, held until the end of the transaction."""
    if body.organisation_id is None:
        raise NotPermitted(_("Nobody keeps this body yet. Take it up first."))
    ask(by, KEEP_BODY, body.organisation_id)
    row = Body.objects.select_for_update().get(pk=body.pk)
    if row.ended_on is not None:
        raise Overtaken(_("This body was ended."))
    return row


def free_slug(titles: Mapping[str, str]) -> str:
    """Of a name in Latin, not yet taken."""
    name = latin(label(titles, "sr")).replace("đ", "dj").replace("Đ", "Dj")
    stem = slugify(name)[:90].strip("-") or "body"
    taken = set(Body.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(one for one in chain([stem], (f"{stem}-{number}" for number in count(2))) if one not in taken)


def record(by: Actor, row: Body, detail: dict[str, object]) -> None:
    audit.record(by=by, verb=KEEP_BODY.key, about=row, organisation=row.organisation_id, detail=detail)
