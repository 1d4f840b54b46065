"""How lasting a network is gets written down, a dimension at a time."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask
from zajedno.networks.enums import Dimension, Level
from zajedno.networks.models import SustainabilityLevel
from zajedno.networks.rules import ASSESS


@transaction.atomic
def assess(
    *, by: Actor, organisation: int, dimension: str, level: int, evidence: str, holds_on: date
) -> SustainabilityLevel:
    """The level of a dimension on a day, with what shows it. A better word on it is another row."""
    ask(by, ASSESS, organisation)
    if dimension not in Dimension.values or level not in Level.values:
        raise Refused(_("Choose one of the levels."), "level")
    if not evidence.strip():
        raise Refused(_("Say what shows that it is so: a document, a number, an event."), "evidence")
    if holds_on > by.today:
        raise Refused(_("The day lies ahead. Write how it is, not how it will be."), "holds_on")
    row = SustainabilityLevel.objects.create(
        organisation_id=organisation, dimension=dimension, level=level, evidence=evidence.strip(), holds_on=holds_on,
        written_by=by.account,
    )  # fmt: skip
    detail = {"dimension": dimension, "level": level}
    audit.record(by=by, verb=ASSESS.key, about=row, organisation=organisation, detail=detail)
    return row
