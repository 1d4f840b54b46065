"""Lines of a plan that two people write at once: who began from an older state is refused, and overwrites nothing."""

from django.utils.translation import gettext as _

from zajedno.casework.models import Goal, Measure
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken


def stamp(row: Goal | Measure) -> str:
    """Which state of a line a page shows: another one after each writing, and of each version."""
    return f"{row.uuid} {row.written_on.isoformat()}"


def rewrite(by: Actor, row: Goal | Measure, seen: str | None) -> None:
    """Hold the line for this writing, by whom it is from now on written. `seen`: `stamp()` of what the writer saw."""
    now = type(row).objects.select_for_update().filter(pk=row.pk).first()
    if now is None or (seen is not None and seen != stamp(now)):
        raise Overtaken(_("Somebody has changed this in the meantime. Copy what you wrote and open the plan again."))
    row.written_by, row.written_on = by.account, clock.now()


def supersede(by: Actor, row: Measure, seen: str | None) -> Measure:
    """The line as it stands, for this change alone; who changed it first wins."""
    found = Measure.objects.select_for_update().filter(pk=row.pk, superseded_on=None).first()
    if found is None or (seen is not None and seen != stamp(found)):
        raise Overtaken(_("Somebody has changed this measure in the meantime. Open the plan again."), "superseded")
    found.superseded_on = by.today
    found.save(update_fields=["superseded_on"])  # its place is free, for the new version to take
    return found
