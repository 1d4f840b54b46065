"""Trainings of a network are written down, put right, and looked back at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.networks.enums import TrainingKind
from zajedno.networks.models import Training, TrainingEffect
from zajedno.networks.rules import LOG_TRAINING
from zajedno.places.enums import Sector

MOST = 9999  # people in one training


@dataclass(frozen=True)
class Held:
    """What was held. `took_part`: people by sector; a sector of nobody may be left out."""

    kind: str
    topic: str
    held_on: date
    led_by: str
    took_part: Mapping[str, int]

    def checked(self, today: date) -> dict[str, object]:
        """As columns; raises Refused with what is wrong."""
        topic, led_by = (" ".join(text.split())[:200] for text in (self.topic, self.led_by))
        if self.kind not in TrainingKind.values:
            raise Refused(_("Choose what was held."), "kind")
        if not topic or not led_by:
            raise Refused(_("Say what it was about and who led it."), "topic")
        if self.held_on > today:
            raise Refused(_("The day lies ahead. Write down what has been held."), "held_on")
        counts = {sector: count for sector, count in self.took_part.items() if count}
        if not counts or not all(one in Sector.values and 0 < count <= MOST for one, count in counts.items()):
            raise Refused(_("Say how many people took part, in one sector at least."), "took_part")
        return {"kind": self.kind, "topic": topic, "held_on": self.held_on, "led_by": led_by, "took_part": counts}


@transaction.atomic
def log_training(*, by: Actor, organisation: int, held: Held) -> Training:
    ask(by, LOG_TRAINING, organisation)
    row = Training.objects.create(organisation_id=organisation, written_by=by.account, **held.checked(by.today))
    _record(by, row, {"kind": row.kind, "people": sum(row.took_part.values())})
    return row


@transaction.atomic
def correct_training(*, by: Actor, training: Training, held: Held) -> Training:
    """Put another in its place; what was found to have changed goes along."""
    ask(by, LOG_TRAINING, training.organisation_id)
    if Training.objects.filter(corrects=training).exists():
        raise Overtaken(_("Somebody has put this right meanwhile. Look at the newest."), "corrected")
    fields = held.checked(by.today)
    row = Training.objects.create(
        organisation_id=training.organisation_id, corrects=training, written_by=by.account, **fields
    )
    for one in training.effects.order_by("pk"):
        TrainingEffect.objects.create(
            training=row, text=one.text, found_on=one.found_on, written_by=one.written_by, written_on=one.written_on
        )
    _record(by, row, {"corrects": str(training.uuid)})
    return row


@transaction.atomic
def find_effect(*, by: Actor, training: Training, text: str, found_on: date) -> TrainingEffect:
    """What changed after the training."""
    ask(by, LOG_TRAINING, training.organisation_id)
    if not text.strip():
        raise Refused(_("Say what changed, or that nothing did."), "text")
    if not training.held_on <= found_on <= by.today:
        raise Refused(_("What changed is found after the training, and not in the days ahead."), "found_on")
    row = TrainingEffect.objects.create(training=training, text=text.strip(), found_on=found_on, written_by=by.account)
    _record(by, training, {"effect": row.pk})
    return row


def _record(by: Actor, row: Training, detail: dict[str, object]) -> None:
    audit.record(by=by, verb=LOG_TRAINING.key, about=row, organisation=row.organisation_id, detail=detail)
