"""Forms of targets: one is set, one ends."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zajedno.figures.actions.target import WRONG, Decided
from zajedno.figures.logic.figure import Figure, Said
from zajedno.figures.logic.formats.table import plain
from zajedno.figures.logic.period import running
from zajedno.figures.logic.target import Aim, Rules, fault
from zajedno.web.shared.fields import LongText, Number, Select, Text
from zajedno.web.shared.figures import naming
from zajedno.web.shared.figures.told import Told
from zajedno.web.shared.forms import Form

AHEAD, BACK = 11, 15  # periods that may be chosen


class SetTarget(Form):
    value = Number(label=_("Target"), help_text=_("What the number is to come to."))
    until = Select(label=_("By the end of"))
    baseline = Number(
        label=_("Baseline"), help_text=_("From where it begins. Leave it out if nobody knows."), required=False
    )
    since = Select(label=_("Period of the baseline"), required=False, empty=_("No baseline"))
    source = LongText(
        label=_("Where it is decided"), help_text=_("The decision or plan, its number, the page. Everybody reads it."),
        rows=3, max_length=1000,
    )  # fmt: skip
    link = Text(
        label=_("Address where it can be read"), help_text=_("Begins with https://"), required=False, max_length=500,
        width="two-thirds",
    )  # fmt: skip

    def __init__(self, *args: Any, told: Told, now: Figure | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial=_usual(now), **kwargs)
        self.told, self.today = told, today
        self.fill("until", [(one, one) for one in running(told.period, today, AHEAD)])
        self.fill("since", [(one, one) for one in running(told.period, today, -BACK)])
        for name in ("value", "baseline"):
            self.fields[name].looks.suffix = naming.alone(told.unit)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Each fault beside the field that has it."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            told = self.told
            aim = Aim(data["value"], data["until"], "", data["baseline"], data["since"])
            found = fault(aim, Rules(told.kind, told.per, told.better, told.period), self.today)
            if found is not None:
                self.add_error(found[0], WRONG[found[1]])
        return data

    def decided(self) -> Decided:
        return Decided(**self.cleaned_data)


def _usual(now: Figure | None) -> dict[str, Any]:
    """The newest figure is a baseline, where it is a number that says something."""
    if now is None or now.said != Said.EXACT or now.is_small or now.value is None:
        return {}
    return {"baseline": plain(now.value), "since": now.period}


class EndTarget(Form):
    why = LongText(
        label=_("Why it ends"), help_text=_("A new decision, a mistake. Everybody reads it."), rows=3, max_length=500
    )
