"""A gathering is prepared, opened, closed, held; its call has tracks; what was agreed there is noted."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.exchange.enums import GatheringState, Pact, RegistrationState
from zajedno.exchange.models import Agreed, Gathering, Track
from zajedno.exchange.rules import HOLD_EVENT
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import day_of
from zajedno.kernel.labels import Labels, label
from zajedno.kernel.refusal import Refused
from zajedno.kernel.script import fold
from zajedno.kernel.verbs import ask
from zajedno.places.queries.territory import resolve

NEXT = {
    GatheringState.DRAFT: (GatheringState.OPEN, GatheringState.CANCELLED),
    GatheringState.OPEN: (GatheringState.CLOSED, GatheringState.CANCELLED),
    GatheringState.CLOSED: (GatheringState.OPEN, GatheringState.HELD, GatheringState.CANCELLED),
    GatheringState.HELD: (),
    GatheringState.CANCELLED: (),
}
"""What may follow what."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the organiser says. `place` as written; `languages`: codes of those spoken there."""

    titles: Labels
    place: str
    begins_on: date
    ends_on: date
    languages: Sequence[str]
    capacity: int
    online_link: str = ""

    def columns(self) -> dict[str, object]:
        titles = {language: text.strip() for language, text in self.titles.items() if text.strip()}
        if not titles:
            raise Refused(_("Give the event a title in at least one language."), "title")
        if self.ends_on < self.begins_on:
            raise Refused(_("The last day lies before the first."), "days")
        if self.capacity < 1 or not self.languages or not self.place.strip():
            raise Refused(_("Say where it is, in which languages, and for how many."), "empty")
        return {
            "titles": titles, "place": self.place.strip(), "territory": resolve(self.place)[0],
            "begins_on": self.begins_on, "ends_on": self.ends_on, "languages": list(self.languages),
            "capacity": self.capacity, "online_link": self.online_link.strip(),
        }  # fmt: skip


@transaction.atomic
def prepare(*, by: Actor, organisation: int, plan: Plan) -> Gathering:
    """A draft, which nobody but its organisers sees."""
    ask(by, HOLD_EVENT, organisation)
    columns = plan.columns()
    made = Gathering.objects.create(
        organisation_id=organisation, slug=_slug(plan), made_by=by.account, **columns
    )  # fmt: skip
    _record(by, made, {"prepared": made.slug})
    return made


def _slug(plan: Plan) -> str:
    """An address nobody has: title and year; a number after it where that is taken."""
    stem = slugify(f"{fold(label(plan.titles, 'en'))[:40]}-{plan.begins_on.year}") or str(plan.begins_on.year)
    taken = {*Gathering.objects.filter(slug__startswith=stem).values_list("slug", flat=True)}
    return next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


@transaction.atomic
def change(*, by: Actor, gathering: Gathering, plan: Plan) -> Gathering:
    """Fewer places than are taken are refused. More let nobody in by themselves: `registration.let_in` does."""
    row = locked(by, gathering)
    columns = plan.columns()
    if row.registrations.filter(state=RegistrationState.CONFIRMED).count() > plan.capacity:
        raise Refused(_("More people have a place than that. Cancel some first, or keep more places."), "capacity")
    outside = [
        one
        for one in row.sessions.all()
        if not plan.begins_on <= day_of(one.begins) <= day_of(one.ends) <= plan.ends_on
    ]
    if outside:
        raise Refused(_("Slots of the programme lie outside these days. Move them first."), "outside")
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=list(columns))
    _record(by, row, {"changed": row.slug})
    return row


@transaction.atomic
def set_state(*, by: Actor, gathering: Gathering, state: str) -> None:
    row = locked(by, gathering)
    if state not in NEXT[GatheringState(row.state)]:
        raise Refused(_("From here the event cannot become that. Look at the page again."), "state")
    if state == GatheringState.HELD and by.today < row.begins_on:
        raise Refused(_("It has not begun yet."), "early")
    row.state = state
    row.save(update_fields=["state"])
    _record(by, row, {"state": state})


@transaction.atomic
def add_track(*, by: Actor, gathering: Gathering, titles: Labels, deadline: date) -> Track:
    """Something that is called for, until the end of a day."""
    row = locked(by, gathering)
    texts = {language: text.strip() for language, text in titles.items() if text.strip()}
    if not texts:
        raise Refused(_("Give the track a title in at least one language."), "title")
    if not by.today <= deadline <= row.begins_on:
        raise Refused(_("The last day for proposals lies between today and the first day of the event."), "days")
    made = Track.objects.create(
        gathering=row, key=f"t{row.tracks.count() + 1}", titles=texts, deadline=deadline
    )  # fmt: skip
    _record(by, row, {"track": made.key})
    return made


@transaction.atomic
def prolong(*, by: Actor, track: Track, deadline: date) -> None:
    row = locked(by, track.gathering)
    if not by.today <= deadline <= row.begins_on:
        raise Refused(_("The last day for proposals lies between today and the first day of the event."), "days")
    Track.objects.filter(pk=track.pk).update(deadline=deadline)
    _record(by, row, {"track": track.key, "deadline": str(deadline)})


@transaction.atomic
def late_code(*, by: Actor, track: Track) -> str:
    """A new code that opens a closed track; the old one opens nothing any more. Only its hash is kept."""
    row = locked(by, track.gathering)
    code = secrets.token_hex(5)
    Track.objects.filter(pk=track.pk).update(late_hash=code_hash(code))
    _record(by, row, {"code": track.key})
    return code


def code_hash(code: str) -> bytes:
    return sha256(code.strip().lower().encode()).digest()


@transaction.atomic
def agree(
    *, by: Actor, gathering: Gathering, guest: int, host: int, what: str, due_on: date | None = None,
    kind: str = Pact.VISIT,
) -> Agreed:  # fmt: skip
    """Note who agreed to visit or to help whom, and what they want to see."""
    row = locked(by, gathering)
    if guest == host:
        raise Refused(_("A visit is between two institutions."), "same")
    if not what.strip():
        raise Refused(_("Say what they want to see."), "what")
    made = Agreed.objects.create(
        gathering=row, guest_id=guest, host_id=host, what=what.strip(), due_on=due_on, kind=kind, noted_by=by.account
    )
    _record(by, row, {"guest": guest, "host": host})
    return made


def locked(by: Actor, gathering: Gathering) -> Gathering:
    """The gathering, held until the end of the transaction: whoever comes in or moves something waits."""
    ask(by, HOLD_EVENT, gathering.organisation_id)
    row = Gathering.objects.select_for_update(of=("self",)).get(pk=gathering.pk)
    if row.state == GatheringState.CANCELLED:
        raise Refused(_("This event was cancelled."), "cancelled")
    return row


def _record(by: Actor, row: Gathering, detail: dict[str, int | str]) -> None:
    audit.record(by=by, verb=HOLD_EVENT.key, about=row, organisation=row.organisation_id, detail=dict(detail))
