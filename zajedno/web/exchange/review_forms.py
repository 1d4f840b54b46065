"""Forms of who reviews and of who edits."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from zajedno.exchange.actions.editing import LONGEST_NOTE
from zajedno.exchange.actions.review import LONGEST
from zajedno.exchange.enums import Criterion, State, Theme
from zajedno.exchange.logic.judging import ETHICS, FAIL, FULL, PASS, RISK
from zajedno.kernel.clock import today
from zajedno.web.shared.fields import Checks, DateField, LongText, Radios, Select, Text
from zajedno.web.shared.forms import Form

NOT_HERE = "none"  # as a form sends it
SCALES: dict[str, list[tuple[str, Any]]] = {
    ETHICS: [(str(PASS), _("Passes")), (str(FAIL), _("Does not pass"))],
    RISK: [*((str(mark), str(mark)) for mark in FULL), (NOT_HERE, _("Does not apply"))],
}
MARKS = [(str(mark), str(mark)) for mark in FULL]
ADVICE = (
    ("publish", _("Publish it as it is")),
    ("change", _("Publish it once it is changed")),
    ("reject", _("Do not publish it")),
)
# What is looked at; own words.
ASKED = {
    Criterion.EFFECTIVENESS: _("Did it reach what it set out to, and is that shown?"),
    Criterion.EFFICIENCY: _("Is what came of it worth the people, hours and money?"),
    Criterion.RELEVANCE: _("Is it about a problem that many places have?"),
    Criterion.ETHICS: _("Are people asked, and is no child recognisable? What does not pass is not published."),
    Criterion.SUSTAINABILITY: _("Does it go on when the project money ends?"),
    Criterion.REPLICABILITY: _("Could another place do it from what is written here?"),
    Criterion.PARTICIPATION: _("Did those whom it serves take part?"),
    Criterion.EQUITY: _("Does it reach girls and boys, villages and the poor alike?"),
    Criterion.FEASIBILITY: _("Can it be done with people, rooms and means that an ordinary place has?"),
    Criterion.PARTNERSHIP: _("Do the sectors work together?"),
    Criterion.COMMITMENT: _("Do those who decide stand behind it: with a decision, a budget, a plan?"),
    Criterion.RISK: _("Does it lessen the risk of crises and disasters, where that is its aim?"),
}


class WriteReview(Form):
    advice = Radios(label=_("What do you advise?"), choices=ADVICE)
    remarks = LongText(
        label=_("Remarks"), max_length=LONGEST, required=False, optional=False, rows=8,
        help_text=_("What is good, and what should be changed. The editors read it; so does the author once it is "
                    "decided, without your name."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = dict(self.fields)
        self.fields.clear()
        for key, label in Criterion.choices:
            self.fields[key] = Radios(
                label=label, help_text=ASKED[Criterion(key)], choices=SCALES.get(key, MARKS), inline=True
            )
        self.fields |= last

    def marks(self) -> dict[str, int | None]:
        given = {key: self.cleaned_data[key] for key in Criterion.values}
        return {key: None if mark == NOT_HERE else int(mark) for key, mark in given.items()}


class Narrow(Form):
    """What editors look for, by GET."""

    q = Text(label=_("Words of the title"), required=False, optional=False, max_length=100)
    state = Select(
        label=_("State"), required=False, optional=False, empty=None,
        choices=[("waiting", _("Waits for you")), ("all", _("All")),
                 *(choice for choice in State.choices if choice[0] != State.DRAFT)],
    )  # fmt: skip
    theme = Select(label=_("Theme"), required=False, optional=False, empty=_("All"), choices=Theme.choices)


class Find(Form):
    q = Text(label=_("Person or institution"), required=False, optional=False, max_length=100, width="two-thirds")


class Reviewers(Form):
    """Posts that can be asked: (uuid, name, institution)."""

    posts = Checks(label=_("Whom do you ask?"), small=True)
    due_on = DateField(label=_("By when"), required=False, earliest=today)

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = [(key, name) for key, name, _where in posts]  # type: ignore[attr-defined]
        self.fields["posts"].looks.hints = {key: where for key, _name, where in posts}  # type: ignore[attr-defined]


class Reason(Form):
    reason = LongText(label=_("Why?"), help_text=_("The author reads it."), max_length=LONGEST_NOTE)
