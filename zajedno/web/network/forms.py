"""Forms of the desk."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zajedno.web.shared.fields import Checks, DateField, LongText, Radios, Text
from zajedno.web.shared.forms import Form


class NewRound(Form):
    """`forms`: (organisation and key of a form with a blank between, title)."""

    form = Radios(label=_("What is asked"))
    title = Text(
        label=_("Title of the round"), help_text=_("For example: Self-evaluation, autumn 2026"), max_length=120,
        width="two-thirds",
    )  # fmt: skip
    opens_on = DateField(label=_("First day"))
    closes_on = DateField(label=_("Last day"))

    def __init__(self, *args: Any, forms: Sequence[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"opens_on": today}, **kwargs)
        self.fill("form", forms)
        self.offers = bool(forms)

    def chosen(self) -> dict[str, Any]:
        """For `open_round`."""
        data = dict(self.cleaned_data)
        organisation, _blank, key = data.pop("form").partition(" ")
        return {**data, "organisation": int(organisation), "form": key}


class Time(Form):
    closes_on = DateField(label=_("Last day"), help_text=_("Until the end of this day the round can be answered."))


class Find(Form):
    q = Text(label=_("Person or institution"), required=False, optional=False, max_length=100, width="two-thirds")


class People(Form):
    """Posts that can be asked: (uuid, name, institution and role)."""

    posts = Checks(label=_("Who should answer"), small=True)

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("posts", [(key, name) for key, name, _where in posts])
        self.fields["posts"].looks.hints = {key: where for key, _name, where in posts}  # type: ignore[attr-defined]


class Settle(Form):
    value = Radios(label=_("What was agreed"))
    evidence = LongText(
        label=_("What shows that it is so"), help_text=_("A document, a number, an event: where it can be looked up."),
        max_length=4000,
    )  # fmt: skip

    def __init__(self, *args: Any, levels: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("value", levels)


class Out(Form):
    kind = Radios(
        label=_("Kind of file"), choices=(("xlsx", _("Excel workbook")), ("csv", _("CSV"))), small=True, inline=True
    )
