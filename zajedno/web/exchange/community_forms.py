"""Forms of communities: to narrow the list, ask, answer, give a reason, follow."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zajedno.exchange.actions.community import REASON, TITLE
from zajedno.exchange.actions.wording import LIMIT
from zajedno.exchange.enums import Digest, Theme
from zajedno.exchange.logic.naming import suspicions
from zajedno.exchange.queries.community import ANSWERED, LONGEST, MINE, WAITING
from zajedno.web.shared.fields import Checks, Confirm, LongText, Radios, Select, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.language import NAMES

FOLLOWED = "followed"
SHOWS = (
    ("", _("All topics")), (WAITING, _("Without an answer")), (ANSWERED, _("Answered")), (MINE, _("In which I wrote")),
)  # fmt: skip


class Narrow(Form):
    """By GET; what it does not know narrows nothing."""

    q = Text(label=_("Words"), max_length=LONGEST, required=False, optional=False)
    theme = Select(
        label=_("Theme"), required=False, optional=False, empty=None,
        choices=[("", _("All themes")), (FOLLOWED, _("Those I follow")), *Theme.choices],
    )  # fmt: skip
    show = Select(label=_("Which topics"), required=False, optional=False, empty=None, choices=SHOWS)


class _Said(Form):
    """What is written for others. The box appears once something in it looks like a child."""

    READ: tuple[str, ...] = ("text",)

    def __init__(self, data: Any = None, **options: Any) -> None:
        options["initial"] = {"language": get_language()} | options.get("initial", {})
        super().__init__(data, **options)
        if data is None or not suspicions({name: data.get(name, "") for name in self.READ}):
            del self.fields["checked"]

    def said(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {"is_checked": given.pop("checked", False)}


class Answer(_Said):
    text = LongText(label=_("Your answer"), max_length=LIMIT, rows=8)
    language = Select(label=_("In which language do you write?"), choices=NAMES.items())
    checked = Confirm(label=_("It is no child, and no child can be recognised in it"), required=False)


class Ask(_Said):
    READ = ("title", "text")

    theme = Select(label=_("Theme"), choices=Theme.choices)
    title = Text(label=_("Your question in one sentence"), max_length=TITLE)
    text = LongText(
        label=_("What others need to know to answer"), max_length=LIMIT, rows=8,
        help_text=_("What you have tried, with whom, where you are stuck."),
    )  # fmt: skip
    language = Select(label=_("In which language do you write?"), choices=NAMES.items())
    checked = Confirm(label=_("It is no child, and no child can be recognised in it"), required=False)


class Reason(Form):
    reason = LongText(label=_("Why"), max_length=REASON, rows=4, help_text=_("Its author reads it. Name no child."))


class Report(Form):
    reason = LongText(
        label=_("What should not stand there, and why"), max_length=REASON, rows=4,
        help_text=_("Only editors read it. Name no child."),
    )  # fmt: skip


class Follow(Form):
    themes = Checks(label=_("Themes you follow"), choices=Theme.choices, required=False, small=True, optional=False)
    digest = Radios(
        label=_("How often shall a letter tell you what is new in them?"), choices=Digest.choices,
        help_text=_("Only when something is new. Each letter has a link that ends them."),
    )  # fmt: skip
