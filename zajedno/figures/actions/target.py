"""A place sets a target, and ends it. Nothing is written over: the one before has ended."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.figures.logic.target import Aim, Fault, Rules, fault
from zajedno.figures.models import Target
from zajedno.figures.queries.definition import definition
from zajedno.figures.queries.target import seat_for
from zajedno.figures.rules import SET_TARGET, SET_TARGET_ANYWHERE
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused

if TYPE_CHECKING:
    from zajedno.places.models import Territory

_is_address = URLValidator(["http", "https"])
WRONG: dict[Fault, Any] = {
    Fault.NEGATIVE: _("A number is not less than nought here."),
    Fault.SHARE: _("A share is a number from 0 to 100."),
    Fault.RATE: _("The number is higher than that of all people it is reckoned for."),
    Fault.WHOLE: _("Write a whole number: what is counted here has no halves."),
    Fault.PERIOD: _("Choose a period of the kind in which the indicator is counted."),
    Fault.OVER: _("That period is over. Choose one that is still to end."),
    Fault.HALF: _("Write the baseline together with its period, or leave out both."),
    Fault.LATER: _("The period of the baseline comes before that of the target."),
    Fault.AWAY: _("The target is worse than the baseline. Look at both numbers again."),
}


@dataclass(frozen=True)
class Decided:
    """`source`: the decision or plan, with the page; `link`: where it can be read."""

    value: Decimal
    until: str
    source: str
    baseline: Decimal | None = None
    since: str = ""
    link: str = ""


@transaction.atomic
def set_target(*, by: Actor, territory: "Territory", indicator: str, decided: Decided) -> Target:
    """The one before it ends on the same day."""
    seat = ask_for(by, territory)
    _check(by, indicator, decided)
    before = _in_force(territory, indicator)
    if before is not None:
        _end(by, before, "")
    try:
        with transaction.atomic():
            row = Target.objects.create(
                indicator=indicator, territory=territory, value=decided.value, until=decided.until,
                baseline=decided.baseline, since=decided.since, source=decided.source.strip(), link=decided.link,
                organisation_id=seat.organisation, set_on=by.today, set_by=by.account,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(_("Somebody has set a target here at this moment. Look at it first."), "twice") from None
    _record(by, seat, row, {"set": str(row.value), "until": row.until})
    return row


@transaction.atomic
def end_target(*, by: Actor, target: Target, why: str) -> None:
    """From today on it holds no more; it stays in the list."""
    seat = ask_for(by, target.territory)
    row = _in_force(target.territory, target.indicator)
    if row is None or row.pk != target.pk:
        raise Refused(_("This target has ended already."), "ended")
    if not why.strip():
        raise Refused(_("Write why it ends."), "why")
    _end(by, row, why.strip())
    _record(by, seat, row, {"ended": True})


def ask_for(by: Actor, territory: "Territory") -> Seat:
    """The seat from which the target of a place may be set, else refused."""
    seat = seat_for(by, territory)
    if seat is None:
        raise NotPermitted(_("Only the coordinator of the network there or an administrator sets this target."))
    return seat


def _check(by: Actor, indicator: str, decided: Decided) -> None:
    what = definition(indicator)
    if what is None:
        raise NotFound("")
    if not decided.source.strip():
        raise Refused(_("Write where it is decided: the decision or plan, and the page."), "source")
    if decided.link:
        try:
            _is_address(decided.link)
        except ValidationError:
            raise Refused(_("Write the address of a page, beginning with https://"), "link") from None
    aim = Aim(decided.value, decided.until, "", decided.baseline, decided.since)
    found = fault(aim, Rules(what.kind, what.per, what.better, what.period), by.today)
    if found is not None:
        raise Refused(WRONG[found[1]], found[1].value)


def _in_force(territory: "Territory", indicator: str) -> Target | None:
    rows = Target.objects.select_for_update(of=("self",)).filter(territory=territory, indicator=indicator)
    return rows.filter(ended_on=None).first()


def _end(by: Actor, row: Target, why: str) -> None:
    row.ended_on, row.ended_by, row.ended_why = by.today, by.account, why
    row.save(update_fields=["ended_on", "ended_by", "ended_why"])


def _record(by: Actor, seat: Seat, row: Target, detail: dict[str, Any]) -> None:
    verb = SET_TARGET if SET_TARGET.key in seat.verbs else SET_TARGET_ANYWHERE
    about = {"indicator": row.indicator, "place": row.territory.code}
    audit.record(by=by, verb=verb.key, about=row, organisation=seat.organisation, detail=about | detail)
