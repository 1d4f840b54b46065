"""Forms of an agenda: an item, what came of it, a task."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from zajedno.networks.actions.agenda import Said
from zajedno.web.shared.fields import DateField, LongText, Radios, Text, Whole
from zajedno.web.shared.forms import Form

if TYPE_CHECKING:
    from zajedno.networks.models import AgendaItem, Member

VOTES = ("votes_for", "votes_against", "votes_abstained")


class Put(Form):
    title = Text(label=gettext_lazy("What you will talk about"), max_length=250, width="full")


class Item(Put):
    """What was said and decided; votes are given all three or not at all."""

    discussion = LongText(label=pgettext_lazy("meeting", "What was said"), required=False, rows=6)
    decision = LongText(label=gettext_lazy("Decision"), required=False, rows=3)
    votes_for = Whole(label=gettext_lazy("Votes for"), required=False, least=0, most=999, width=3)
    votes_against = Whole(label=gettext_lazy("Votes against"), required=False, least=0, most=999, width=3)
    votes_abstained = Whole(label=gettext_lazy("Abstained"), required=False, least=0, most=999, width=3)

    def __init__(self, *args: Any, given: "AgendaItem", **kwargs: Any) -> None:
        first = {name: getattr(given, name) for name in ("title", "discussion", "decision", *VOTES)}
        super().__init__(*args, initial=first, **kwargs)

    def clean(self) -> None:
        given = [self.cleaned_data.get(name) is not None for name in VOTES]
        if any(given) and not all(given):
            raise ValidationError(_("Give all three numbers of votes, or none."), code="votes")

    def said(self) -> Said:
        data = self.cleaned_data
        votes = tuple(data[name] for name in VOTES)
        return Said(
            title=data["title"], discussion=data["discussion"], decision=data["decision"],
            votes=None if votes[0] is None else votes,
        )  # fmt: skip


class Give(Form):
    """A task for one of who sits there now."""

    text = Text(label=gettext_lazy("What is to be done"), max_length=500, width="full")
    member = Radios(label=gettext_lazy("Who does it"))
    due_on = DateField(label=gettext_lazy("Until"))

    def __init__(self, *args: Any, sitting: "Sequence[Member]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sitting = {str(one.uuid): one for one in sitting}
        self.fill("member", [(key, f"{one.person}, {one.of}") for key, one in self.sitting.items()])

    def chosen(self) -> "Member":
        return self.sitting[self.cleaned_data["member"]]


class Finish(Form):
    outcome = Text(label=gettext_lazy("What came of it"), required=False, max_length=500, width="full")
