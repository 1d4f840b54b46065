"""Forms of agreements. Titles and words are written in as many languages as people like, in one at least."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.networks.actions.agreement import Head
from zajedno.networks.enums import AgreementKind
from zajedno.networks.queries.agreement import signatories
from zajedno.places.queries.organisation import near
from zajedno.web.shared.fields import Confirm, DateField, Radios, Select, Suggest, Text, UploadField
from zajedno.web.shared.forms import Form
from zajedno.web.shared.language import NAMES

if TYPE_CHECKING:
    from zajedno.networks.models import Agreement
    from zajedno.places.models import Organisation, Territory

WRITTEN = ("sr", "bs", "en")  # more fields than these nobody fills in; Serbian in Latin is made from the Cyrillic
MOST = 500


def in_languages(form: Form, name: str, text: Any, make: Any, given: Mapping[str, str], **looks: Any) -> None:
    """A field a language, at the end of the form."""
    for code in WRITTEN:
        said = {"label": f"{text} ({NAMES[code]})", "initial": given.get(code, "")}
        form.fields[f"{name}_{code}"] = make(required=False, optional=False, **said, **looks)


def by_language(form: Form, name: str) -> dict[str, str]:
    return {code: form.cleaned_data.get(f"{name}_{code}", "") for code in WRITTEN}


class Write(Form):
    """An agreement's head. `places`: where it may hold; `given`: the one that is changed."""

    kind = Radios(label=gettext_lazy("What is it?"), choices=AgreementKind.choices)
    territory = Select(label=gettext_lazy("Where does it hold?"))
    organ = Text(
        label=gettext_lazy("Body that adopts it"), required=False, max_length=200, width="two-thirds",
        help_text=gettext_lazy("For example: the municipal council."),
    )  # fmt: skip
    valid_from = DateField(label=gettext_lazy("First day"))
    valid_until = DateField(
        label=gettext_lazy("Last day"), required=False,
        help_text=gettext_lazy("After it nothing is shown under the agreement any more."),
    )  # fmt: skip
    review_on = DateField(label=gettext_lazy("When do you look at it again?"), required=False)

    def __init__(
        self, *args: Any, places: "Sequence[Territory]", given: "Agreement | None" = None, **kwargs: Any
    ) -> None:
        names = ("kind", "organ", "valid_from", "valid_until", "review_on")
        first: dict[str, Any] = (
            {name: getattr(given, name) for name in names} if given else {"kind": AgreementKind.PROTOCOL}
        )
        first["territory"] = str(given.territory_id if given else places[0].pk if places else "")
        super().__init__(*args, initial=first, **kwargs)
        self.places = {str(one.pk): one for one in places}
        self.fill("territory", [(key, str(one)) for key, one in self.places.items()])
        in_languages(self, "title", _("Title"), Text, given.titles if given else {}, max_length=200)
        self.order_fields([*(f"title_{code}" for code in WRITTEN)])

    def head(self) -> Head:
        data = {name: self.cleaned_data[name] for name in ("kind", "organ", "valid_from", "valid_until", "review_on")}
        place = self.places[self.cleaned_data["territory"]]
        return Head(titles=by_language(self, "title"), territory=place, **data)


class Keeper(Form):
    organisation = Radios(label=gettext_lazy("For which institution?"))

    def __init__(self, *args: Any, named: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("organisation", [(str(key), text) for key, text in named.items()])


class Name(Form):
    """Institutions at work in the country, those of the municipality first."""

    organisation = Suggest(label=gettext_lazy("Institution"))

    def __init__(self, *args: Any, agreement: "Agreement", today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = set(signatories(agreement).values_list("organisation_id", flat=True))
        found = near(agreement.territory, today).exclude(pk__in=there)[:MOST]
        self.known = {str(one.pk): one for one in found}
        self.fill("organisation", [(key, f"{one}, {one.territory}") for key, one in self.known.items()])

    def chosen(self) -> "Organisation":
        return self.known[self.cleaned_data["organisation"]]


class Sign(Form):
    """For one of my institutions. `waiting`: signatories by id and institution."""

    signatory = Radios(label=gettext_lazy("For which institution?"))
    representative = Text(
        label=gettext_lazy("In whose name"), max_length=200, width="two-thirds",
        help_text=gettext_lazy("Name and office of who represents the institution, as it stands on paper."),
    )  # fmt: skip
    is_read = Confirm(label=gettext_lazy("I have read the agreement, and I am allowed to sign it"))

    def __init__(self, *args: Any, waiting: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"signatory": str(next(iter(waiting), ""))}, **kwargs)
        self.fill("signatory", [(str(key), text) for key, text in waiting.items()])


class Why(Form):
    """For one of my institutions, where there are several; with a reason."""

    signatory = Radios(label=gettext_lazy("For which institution?"))
    reason = Text(label=gettext_lazy("Why?"), max_length=250, width="two-thirds")

    def __init__(self, *args: Any, waiting: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, initial={"signatory": str(next(iter(waiting), ""))}, **kwargs)
        self.fill("signatory", [(str(key), text) for key, text in waiting.items()])


class End(Form):
    reason = Text(label=gettext_lazy("Why?"), max_length=250, width="two-thirds")


class Paper(Form):
    file = UploadField(label=gettext_lazy("The signed paper"), kinds=("pdf", "jpg", "png"), strict=True)
