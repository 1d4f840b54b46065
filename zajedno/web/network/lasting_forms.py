"""Forms of sustainability, of trainings and of next steps."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from zajedno.networks.actions.training import MOST, Held
from zajedno.networks.enums import Level, TrainingKind
from zajedno.places.enums import Sector
from zajedno.web.shared.fields import DateField, LongText, Radios, Select, Text, Whole
from zajedno.web.shared.forms import Form

if TYPE_CHECKING:
    from zajedno.networks.models import Training

LONG = 4000


class Assess(Form):
    level = Radios(label=_("How far it is"))
    evidence = LongText(
        label=_("What shows that it is so"), help_text=_("A document, a number, an event: where it can be looked up."),
        max_length=LONG,
    )  # fmt: skip
    holds_on = DateField(label=_("Since or on which day"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"holds_on": today}, **kwargs)
        self.fill("level", [(str(one.value), f"{one.value}: {one.label}") for one in Level])

    def chosen(self) -> dict[str, Any]:
        """For `assess`."""
        return {**self.cleaned_data, "level": int(self.cleaned_data["level"])}


class HeldForm(Form):
    """A training; `count_<sector>` for each sector."""

    kind = Radios(label=_("What was held"), choices=TrainingKind.choices, small=True, inline=True)
    topic = Text(label=_("What it was about"), max_length=200, width="two-thirds")
    held_on = DateField(label=_("On which day"), help_text=_("Of several days, the last."))
    led_by = Text(label=_("Who led it"), help_text=_("An institution or a person."), max_length=200, width="two-thirds")

    def __init__(self, *args: Any, today: date, training: "Training | None" = None, **kwargs: Any) -> None:
        given: dict[str, Any] = {"kind": TrainingKind.TRAINING, "held_on": today}
        if training:
            given = {name: getattr(training, name) for name in ("kind", "topic", "held_on", "led_by")}
        super().__init__(*args, initial=given, **kwargs)
        counts = training.took_part if training else {}
        for sector in Sector:
            self.fields[_count(sector)] = Whole(
                label=_("People from: %(sector)s") % {"sector": sector.label}, required=False, optional=False, least=0,
                most=MOST, initial=counts.get(sector),
            )  # fmt: skip

    def held(self) -> Held:
        data = self.cleaned_data
        counts = {sector.value: data[_count(sector)] or 0 for sector in Sector}
        return Held(data["kind"], data["topic"], data["held_on"], data["led_by"], counts)


def _count(sector: Sector) -> str:
    return f"count_{sector.value}"


class Effect(Form):
    text = LongText(
        label=_("What changed"), help_text=_("What people do otherwise now, and what shows it."), max_length=LONG
    )
    found_on = DateField(label=_("Found on"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"found_on": today}, **kwargs)


class Step(Form):
    item = Select(label=_("What it answers"), empty=_("The network as a whole"), required=False, optional=False)
    text = LongText(label=_("What should be done"), max_length=LONG, rows=3)
    responsible = Text(
        label=_("Who does it"), help_text=_("An institution or a working group."), required=False, max_length=200,
        width="two-thirds",
    )  # fmt: skip
    due_on = DateField(label=_("Until when"), required=False)

    def __init__(self, *args: Any, subjects: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("item", subjects)
        if not subjects:
            del self.fields["item"]
