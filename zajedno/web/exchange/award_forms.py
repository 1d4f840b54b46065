"""Forms of champions: to nominate, to open a cycle, to score, to decide."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from zajedno.exchange.actions.nomination import Said
from zajedno.exchange.enums import Mode, Nominee
from zajedno.places.enums import Sector
from zajedno.web.shared.fields import Checks, Confirm, DateField, Email, LongText, Radios, Select, Text, Whole
from zajedno.web.shared.forms import Form

if TYPE_CHECKING:
    from zajedno.exchange.models import AwardCriterion, Cycle, Nomination


class OthersEmail(Email):
    """Of somebody else: the browser does not offer one's own."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "autocomplete": "off"}


class Nominate(Form):
    """`strange`: nobody is logged in, so the nominator says who they are."""

    kind = Radios(label=_("Whom do you nominate?"), choices=Nominee.choices, reveals={"person": "adult"})
    adult = Confirm(label=_("This person is 18 or older. Children are not nominated."))
    category = Radios(label=_("Category"))
    nominee = Text(label=_("Name of the person, institution or group"), max_length=200, width="two-thirds")
    role = Text(label=_("What they do"), help_text=_("For example: visiting nurse"), max_length=200, required=False)
    institution = Text(label=_("Institution where they work"), max_length=250, required=False)
    place = Text(label=_("Municipality"), max_length=120, required=False, width="two-thirds")
    sector = Select(label=_("Field of work"), choices=Sector.choices)
    story = LongText(
        label=_("Why? What did they do, and what changed for children?"), rows=8, max_length=5000,
        help_text=_("Write so that no child can be recognised: no names, initials or dates of birth."),
    )  # fmt: skip
    evidence = LongText(
        label=_("What shows it?"), help_text=_("Documents, numbers, people who can be asked. Only the jury reads it."),
        max_length=5000, required=False,
    )  # fmt: skip
    email = OthersEmail(
        label=_("E-mail of who is nominated"),
        help_text=_("We ask them first. Nothing is shown unless they agree."),
    )
    name = Text(label=_("Your name"), max_length=200, width="two-thirds")
    your_email = Email(label=_("Your e-mail"), help_text=_("You get a link to confirm the nomination."))
    unnamed = Confirm(label=_("No child can be recognised in what I wrote."))

    def __init__(self, *args: Any, cycle: "Cycle", strange: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        categories = [(str(one.pk), str(one)) for one in cycle.categories.all()]
        self.fill("category", categories)
        away = (["category"] if not categories else []) + ([] if strange else ["name", "your_email"])
        for field in away:
            del self.fields[field]

    def said(self) -> Said:
        data = self.cleaned_data
        category = int(data["category"]) if "category" in data else None
        told = {name: data[name] for name in Said.__slots__ if name not in ("category", "adult")}
        return Said(**told, adult=bool(data["adult"]), category=category)

    def nominator(self) -> dict[str, str]:
        data = self.cleaned_data
        return {"name": data["name"], "email": data["your_email"]} if "name" in data else {}


class NewCycle(Form):
    """`organisations`: (id, name) of those for which the person may open one."""

    organisation = Radios(label=_("Who awards"))
    title_sr = Text(label=_("Title in Serbian, in Cyrillic"), max_length=120, required=False, width="two-thirds")
    title_bs = Text(label=_("Title in Bosnian"), max_length=120, required=False, width="two-thirds")
    title_en = Text(label=_("Title in English"), max_length=120, required=False, width="two-thirds")
    opens_on = DateField(label=_("First day for nominations"))
    closes_on = DateField(label=_("Last day for nominations"))
    mode = Radios(label=_("How many are honoured"), choices=Mode.choices)
    criteria = LongText(
        label=_("Criteria, a line each"), max_length=2000,
        help_text=_("Serbian | Bosnian | English = weight. One language is enough; without a weight it is 1."),
    )  # fmt: skip
    categories = LongText(
        label=_("Categories, a line each"), max_length=2000, required=False,
        help_text=_("Serbian | Bosnian | English. Needed when one is honoured in each category."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: Sequence[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"opens_on": today, "organisation": organisations[0][0]}, **kwargs)
        self.fill("organisation", organisations)
        if len(organisations) == 1:
            self.only = int(organisations[0][0])
            del self.fields["organisation"]

    def chosen(self) -> dict[str, Any]:
        """For `open_cycle`."""
        data = dict(self.cleaned_data)
        titles = {language: data.pop(f"title_{language}") for language in ("sr", "bs", "en")}
        organisation = int(data.pop("organisation", 0)) or self.only
        return {**data, "titles": titles, "organisation": organisation}


class LastDay(Form):
    title_sr = Text(label=_("Title in Serbian, in Cyrillic"), max_length=120, required=False, width="two-thirds")
    title_bs = Text(label=_("Title in Bosnian"), max_length=120, required=False, width="two-thirds")
    title_en = Text(label=_("Title in English"), max_length=120, required=False, width="two-thirds")
    closes_on = DateField(label=_("Last day for nominations"))

    def chosen(self) -> dict[str, Any]:
        """For `prolong`."""
        data = dict(self.cleaned_data)
        return {"titles": {one: data.pop(f"title_{one}") for one in ("sr", "bs", "en")}, **data}


class FindJuror(Form):
    q = Text(label=_("Person or institution"), required=False, optional=False, max_length=100, width="two-thirds")


class Jury(Form):
    """`posts`: (uuid, name, institution and role)."""

    posts = Checks(label=_("Who judges"), small=True)

    def __init__(self, *args: Any, posts: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].choices = [(key, name) for key, name, _where in posts]  # type: ignore[attr-defined]
        self.fields["posts"].looks.hints = {key: where for key, _name, where in posts}  # type: ignore[attr-defined]


class Ballot(Form):
    """A number from 0 to 10 by each criterion."""

    def __init__(
        self, *args: Any, criteria: Iterable["AwardCriterion"], given: Mapping[int, int], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for one in criteria:
            hint = _("From 0 to 10. Weight %(weight)s.") % {"weight": one.weight}
            initial = given.get(one.pk)
            self.fields[f"c{one.pk}"] = Whole(label=str(one), help_text=hint, least=0, most=10, initial=initial)

    def values(self) -> dict[int, int]:
        return {int(name[1:]): value for name, value in self.cleaned_data.items()}


class Decide(Form):
    """For each nomination a citation and, unless everybody is honoured, a box. `rows`: (nomination, what it got)."""

    def __init__(self, *args: Any, rows: Sequence[tuple["Nomination", str]], everybody: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.everybody = everybody
        for row, told in rows:
            if not everybody:
                label = _("Honour: %(name)s (%(told)s)") % {"name": row.name, "told": told}
                self.fields[f"yes-{row.uuid}"] = Confirm(label=label, required=False)
            label = _("Citation for %(name)s") % {"name": row.name}
            self.fields[f"for-{row.uuid}"] = LongText(label=label, rows=2, max_length=1000, required=False)

    def citations(self) -> dict[UUID, str]:
        data = self.cleaned_data
        uuids = [name.removeprefix("for-") for name in data if name.startswith("for-")]
        return {UUID(one): data[f"for-{one}"] for one in uuids if self.everybody or data[f"yes-{one}"]}


class Remove(Form):
    why = Radios(
        label=_("What happened"),
        choices=(
            ("withdrawn", _("The nominee does not want to be shown any more")),
            ("unfit", _("It does not belong here: a joke, or a child can be recognised")),
        ),
    )


class NoteConflict(Form):
    juror = Radios(label=_("Who is too near to this nomination"))

    def __init__(self, *args: Any, jurors: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("juror", jurors)
