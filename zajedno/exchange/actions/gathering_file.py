"""Pictures and papers of a gathering, for everybody: with a text for who cannot see them, and who allowed it."""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange.actions.file import TYPES, bare
from zajedno.exchange.models import Gathering, GatheringFile
from zajedno.exchange.queries.gathering import files, find_file
from zajedno.exchange.rules import HOLD_EVENT
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask

MOST = 60


@transaction.atomic
def add_file(
    *, by: Actor, gathering: Gathering, name: str, media_type: str, content: bytes, alternative: str, consent: str
) -> GatheringFile:
    """A picture loses where, when and with what it was taken, or is refused where that cannot be found."""
    ask(by, HOLD_EVENT, gathering.organisation_id)
    if files(gathering).count() >= MOST:
        raise Refused(_("There are enough files for one event. Remove one first."), "many")
    if not alternative.strip():
        raise Refused(_("Say what the file shows, for those who cannot see it."), "alternative")
    if not consent.strip():
        raise Refused(_("Say who has allowed it, or that nobody can be recognised."), "consent")
    if media_type not in TYPES:
        raise Refused(_("This kind of file cannot be kept here."), "kind")
    kept = bare(media_type, content)
    made = GatheringFile.objects.create(
        gathering=gathering, name=name[:200], media_type=media_type, alternative=alternative.strip()[:250],
        consent=consent.strip()[:250], sha256=hashlib.sha256(content).digest(), content=kept, size=len(kept),
        added_by=by.account, added_on=clock.now(),
    )  # fmt: skip
    _record(by, gathering, {"file": str(made.uuid), "kind": media_type})
    return made


@transaction.atomic
def remove_file(*, by: Actor, gathering: Gathering, file: UUID) -> None:
    """At once and for ever: who withdraws consent waits for nobody. That it was there stays."""
    ask(by, HOLD_EVENT, gathering.organisation_id)
    found = find_file(gathering, file)
    found.removed_on, found.content, found.name, found.consent = clock.now(), b"", "", ""
    found.save(update_fields=["removed_on", "content", "name", "consent"])
    _record(by, gathering, {"removed": str(found.uuid)})


def _record(by: Actor, row: Gathering, detail: dict[str, str]) -> None:
    audit.record(by=by, verb=HOLD_EVENT.key, about=row, organisation=row.organisation_id, detail=detail)
