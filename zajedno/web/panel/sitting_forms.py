"""Forms of sittings. Fields that depend on the sitting are made from its rows."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from zajedno.casework.enums import Attendance
from zajedno.casework.queries.sitting import local
from zajedno.web.shared.fields import DateField, LongText, Select, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.hours import hour_of

if TYPE_CHECKING:
    from zajedno.casework.models import AgendaItem


class NewSitting(Form):
    """Day, hour and place."""

    organisation = Select(label=_("Commission"), empty=None)
    day = DateField(label=_("Day"))
    hour = Text(label=_("Hour"), help_text=_("For example 9:30"), width=5, max_length=8)
    place = Text(label=_("Place"), help_text=_("Building and room"), max_length=200, width="two-thirds")

    def __init__(self, *args: Any, organisations: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(organisations) < 2:
            del self.fields["organisation"]
        else:
            self.fill("organisation", organisations)
        self.first = int(organisations[0][0])

    def clean_hour(self) -> str:
        try:
            hour, minute = hour_of(self.cleaned_data["hour"])
        except ValueError:
            raise ValidationError(_("Write the hour as 9:30."), code="hour") from None
        return f"{hour}:{minute:02d}"

    def begins(self) -> datetime:
        on: date = self.cleaned_data["day"]
        hour, minute = hour_of(self.cleaned_data["hour"])
        return local(on, hour, minute)

    def organisation_id(self) -> int:
        return int(self.cleaned_data.get("organisation") or self.first)


class Attending(Form):
    """One question for each invited person: (account, name with seat, state). `ahead`: before the day itself."""

    def __init__(self, *args: Any, people: Iterable[tuple[int, str, str]], ahead: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states = [(key, word) for key, word in Attendance.choices if not (ahead and key == Attendance.PRESENT)]
        for account, name, state in people:
            self.fields[f"who_{account}"] = Select(label=name, choices=states, initial=state, empty=None)

    def states(self) -> dict[int, str]:
        return {int(name.removeprefix("who_")): value for name, value in self.cleaned_data.items()}


class Order(Form):
    """The place of each case on the agenda."""

    def __init__(self, *args: Any, items: "Iterable[tuple[AgendaItem, str]]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(items)
        places = [(str(number), str(number)) for number in range(1, len(rows) + 1)]
        for place, (item, name) in enumerate(rows, start=1):
            self.fields[f"place_{item.pk}"] = Select(
                label=name, choices=places, initial=str(place), empty=None, width=5
            )

    def places(self) -> dict[int, int]:
        """A case moved up stands before the one that was there."""
        chosen = {}
        for name, value in self.cleaned_data.items():
            before, now = int(self.fields[name].initial), int(value)
            chosen[int(name.removeprefix("place_"))] = 10 * now + (0 if now == before else -1 if now < before else 1)
        return chosen


class Minutes(Form):
    text = LongText(
        label=_("What the minutes say of this case"), rows=14, max_length=20_000,
        help_text=_("Who spoke, what was found, what was agreed. It goes into the minutes of this case alone."),
    )  # fmt: skip
