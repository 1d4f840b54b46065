"""Forms of models and of the places that take them over."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from zajedno.exchange.actions.site_report import EVIDENCE
from zajedno.exchange.actions.wording import LIMIT
from zajedno.exchange.enums import Evidence, Presence, Theme
from zajedno.exchange.logic.model import LISTS, lines, parts
from zajedno.kernel.labels import label
from zajedno.procedures.logic.needs import ASKS
from zajedno.web.shared.dates import DateField
from zajedno.web.shared.fields import Checks, Confirm, LongText, Number, Radios, Select, Text, YesNo
from zajedno.web.shared.forms import Form

if TYPE_CHECKING:
    from zajedno.exchange.models import ModelVersion, Site
    from zajedno.procedures.logic.definition import MoveRule


class Checked(Form):
    """Whatever is public: what looks like a child must have been looked at."""

    is_checked = Confirm(label=_("I have read it again: no child can be recognised in it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "is_checked"])


class BeginSite(Form):
    organisation = Radios(label=_("Which institution takes it over?"))
    origin = Radios(label=_("From whom do you take it?"))
    mentor = Select(label=_("Mentor: who helps you"), required=False)
    needs = Checks(
        label=_("For what do you still seek something?"), choices=Theme.choices, required=False, small=True,
        help_text=_("It is counted, so that it is seen which problems are neglected."),
    )  # fmt: skip


class Readiness(Form):
    """Yes or no for each of the model's minimum conditions."""

    def __init__(self, *args: Any, site: "Site", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in site.model.conditions:
            key = part["key"]
            self.fields[f"c-{key}"] = YesNo(label=label(part["labels"]), initial=site.readiness.get(key))
        self.fields["in_spite"] = LongText(
            label=gettext("Why you go on, if something is not there"), rows=3, max_length=LIMIT, required=False,
            initial=site.in_spite,
        )  # fmt: skip

    def answers(self) -> dict[str, bool]:
        return {name[2:]: bool(value) for name, value in self.cleaned_data.items() if name.startswith("c-")}


class MoveSite(Form):
    """What the procedure asks for with a move. `seen` is what the page was made from."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rule: "MoveRule", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*rule.asks, *rule.may_give):
            self.fields[name] = drawn(name, required=name in rule.asks)

    @property
    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


def drawn(name: str, *, required: bool) -> forms.Field:
    """The input of a name of `procedures.logic.needs.ASKS`: a day, a long text, or a line."""
    title = gettext(ASKS[name])
    if name in ("happened_on", "date"):
        return DateField(label=title, required=required)
    if name in ("reason", "note"):
        return LongText(label=title, required=required, rows=4, max_length=LIMIT)
    return Text(label=title, required=required, max_length=200)


class Adapt(Checked):
    component = Select(label=_("Part of the model"))
    what = LongText(label=_("What you do otherwise"), rows=4, max_length=LIMIT)
    reason = LongText(label=_("Why"), rows=4, max_length=LIMIT)


class Judge(Checked):
    """For each core component whether it is there, and what shows it."""

    def __init__(self, *args: Any, site: "Site", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {row.component: row for row in site.fidelity.all()}
        for part in site.model.core:
            key, name, row = part["key"], label(part["labels"]), known.get(part["key"])
            self.fields[f"p-{key}"] = Radios(
                label=name, choices=Presence.choices, inline=True, required=False, initial=row and row.presence
            )
            self.fields[f"e-{key}"] = LongText(
                label=gettext("What shows it: %(part)s") % {"part": name}, rows=2, max_length=EVIDENCE, required=False,
                initial=row and row.evidence,
            )  # fmt: skip
        self.order_fields([name for name in self.fields if name != "is_checked"])

    def said(self) -> dict[str, tuple[str, str]]:
        data = self.cleaned_data
        keys = [name[2:] for name in data if name.startswith("p-") and data[name]]
        return {key: (data[f"p-{key}"], data[f"e-{key}"]) for key in keys}


class Tell(Checked):
    """A result."""

    indicator = Select(label=_("Indicator"))
    before = Number(label=_("Before"))
    after = Number(label=_("After"))
    unit = Text(label=_("Unit"), max_length=40, required=False, width=10)
    source = Text(label=_("Where the numbers come from"), max_length=200)
    evidence = Radios(label=_("How well it is shown"), choices=Evidence.choices)


class NameIndicator(Form):
    indicator = Select(
        label=_("Indicator"), help_text=_("Name it before the service begins. It cannot be changed afterwards.")
    )


class Lesson(Checked):
    text = LongText(label=_("What you learnt"), rows=5, max_length=LIMIT)


class Reply(Checked):
    text = LongText(
        label=_("Your answer"), rows=5, max_length=LIMIT, required=False,
        help_text=_("Leave it empty to say only that you have seen it."),
    )  # fmt: skip


TITLES: Mapping[str, Any] = {
    "core": _("Core components, a line each"),
    "adaptable": _("What a place may do its own way, a line each"),
    "conditions": _("Minimum conditions, a line each"),
    "indicators": _("Indicators, a line each"),
}
LANGUAGES = (("sr", _("in Serbian, in Cyrillic")), ("bs", _("in Bosnian")), ("en", _("in English")))


class KeepModel(Form):
    """A model's first version (with `organisations` to choose from), or the next one of `version`. `tools`: those of
    the packs, as a version keeps them."""

    def __init__(
        self, *args: Any, organisations: Sequence[tuple[str, str]] = (), version: "ModelVersion | None" = None,
        tools: Sequence[Mapping[str, Any]] = (), **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.version = version
        kept = version.tools if version else []
        self.tools = {f"{one['kind']}:{one['key']}": one for one in (*tools, *kept)}
        if organisations:
            self.fields["organisation"] = Radios(
                label=gettext("Who keeps it"), choices=organisations, initial=organisations[0][0]
            )
            self._texts("title", pgettext("of a text", "Title"), {}, required=False)
        self._texts("summary", gettext("In short"), version.summary if version else {}, long=True)
        hint = gettext("Serbian | Bosnian | English. One language is enough.")
        for name, title in TITLES.items():
            first = lines(getattr(version, name)) if version else ""
            self.fields[name] = LongText(
                label=title, rows=6, max_length=5000, required=name == "core", initial=first, help_text=hint
            )
        self.fields["tools"] = Checks(
            label=gettext("Tools that are here"), small=True, required=False,
            choices=[(key, label(one["labels"])) for key, one in self.tools.items()],
            initial=[f"{one['kind']}:{one['key']}" for one in kept],
            help_text=gettext("Forms and procedures that a place takes into use together with the model."),
        )  # fmt: skip
        self._texts("cost", gettext("Expected cost"), version.cost if version else {}, long=True)
        if version:
            self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, initial=version.number)

    def _texts(self, name: str, title: str, known: Mapping[str, str], **looks: Any) -> None:
        make: Any = LongText if looks.pop("long", False) else Text
        for language, words in LANGUAGES:
            self.fields[f"{name}_{language}"] = make(
                label=f"{title} {words}", max_length=1000, required=False, initial=known.get(language, "")
            )

    def texts(self, name: str) -> dict[str, str]:
        data = self.cleaned_data
        found = {language: data.get(f"{name}_{language}", "").strip() for language, _words in LANGUAGES}
        return {language: text for language, text in found.items() if text}

    def said(self) -> dict[str, Any]:
        """As `actions.model` takes it; sources stay as they were."""
        old = {name: getattr(self.version, name) if self.version else [] for name in (*LISTS, "sources")}
        new = {name: parts(self.cleaned_data[name], old[name]) for name in TITLES}
        new["tools"] = [self.tools[key] for key in self.cleaned_data["tools"]]
        return {**old, **new, "summary": self.texts("summary"), "cost": self.texts("cost")}
