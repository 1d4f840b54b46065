"""Pictures and papers of a practice: with a text for who cannot see them, and the consent of who is on them."""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange import rules
from zajedno.exchange.actions.practice import locked
from zajedno.exchange.enums import State, Template
from zajedno.exchange.models import Practice, PracticeFile
from zajedno.exchange.queries.file import files_of, find_file
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.pictures import media_type as picture_type
from zajedno.kernel.pictures import pixels, stripped
from zajedno.kernel.refusal import Refused

MOST = 20
MOST_PIXELS = 50_000_000  # a telephone makes as many; whoever looks at it needs four bytes of memory for each
TYPES = frozenset({
    "application/pdf", "image/jpeg", "image/png", "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
})  # fmt: skip
"""What a page may send; the kind of a file and its size were found out by `web.shared.uploads`."""


@transaction.atomic
def add_file(
    *,
    by: Actor,
    practice: Practice,
    name: str,
    media_type: str,
    content: bytes,
    alternative: str,
    consent: str,
    template: str = "",
) -> PracticeFile:
    """Keep a file; `template`: of Template, where another place makes its own of it.

    A picture loses where, when and with what it was taken, or is refused where that cannot be found. It shows with the
    version that is written now, or the next one: what is public changes by no file.
    """
    row = locked(by, practice)
    if row.stage not in (State.DRAFT, State.RETURNED, State.PUBLISHED, State.NEEDS_UPDATE):
        raise Refused(_("This practice was handed in and cannot be changed now."), "frozen")
    if files_of(row).count() >= MOST:
        raise Refused(_("There are already twenty files. Remove one first."), "many")
    if not alternative.strip():
        raise Refused(_("Say what the file shows, for those who cannot see it."), "alternative")
    if not consent.strip():
        raise Refused(_("Say who has allowed it, or that nobody can be recognised."), "consent")
    wrong = bool(template) and (template not in Template.values or media_type.startswith("image/"))
    if media_type not in TYPES or wrong:
        raise Refused(_("This kind of file cannot be kept here."), "kind")
    file = PracticeFile.objects.create(
        practice=row, name=name[:200], media_type=media_type, alternative=alternative.strip()[:250],
        consent=consent.strip()[:250], sha256=hashlib.sha256(content).digest(), content=bare(media_type, content),
        size=len(content), added_by=by.account, added_on=clock.now(), template=template,
    )  # fmt: skip
    _record(by, row, {"file": str(file.uuid), "kind": media_type})
    return file


def bare(media_type: str, content: bytes) -> bytes:
    """A paper as it is; a picture without what it tells besides what is seen."""
    if not media_type.startswith("image/"):
        return content
    kept = stripped(content) if picture_type(content) == media_type else None
    if pixels(content) > MOST_PIXELS:
        raise Refused(_("This picture has more than 50 million pixels. Save it smaller."), "pixels")
    if kept is None:
        raise Refused(_("This picture is damaged, so nobody can be sure what else it tells. Save it anew."), "picture")
    return kept


@transaction.atomic
def remove_file(*, by: Actor, practice: Practice, file: UUID) -> None:
    """At once and for ever, also of what is public: who withdraws consent waits for nobody. That it was there stays."""
    row = locked(by, practice)
    found = find_file(files_of(row), file)
    found.removed_on, found.content, found.name, found.consent = clock.now(), b"", "", ""
    found.save(update_fields=["removed_on", "content", "name", "consent"])
    _record(by, row, {"removed": str(found.uuid)})


def _record(by: Actor, row: Practice, detail: dict[str, str]) -> None:
    audit.record(by=by, verb=rules.WRITE_PRACTICE.key, about=row, organisation=row.organisation_id, detail=detail)
