"""What is asked for an extract for research."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from zajedno.indicators.actions.extract import MOST_K, Agreement
from zajedno.indicators.enums import Asked
from zajedno.indicators.logic.extract.anonymous import FEWEST
from zajedno.places.queries.territory import country_names
from zajedno.web.shared.fields import Checks, DateField, Email, LongText, Select, Text, UploadField, Whole
from zajedno.web.shared.forms import Form


class AskExtract(Form):
    purpose = LongText(
        label=_("For what is it needed?"), rows=4, max_length=2000,
        help_text=_("What is to be found out, and why released figures do not answer it."),
    )  # fmt: skip
    researcher = Email(
        label=_("E-mail of the researcher"),
        help_text=_("Of an account here. Only this person can download the extract, with a second step at log-in."),
    )
    institution = Text(label=_("Institution of the researcher"), max_length=200, width="two-thirds")
    number = Text(label=_("Number of the agreement"), max_length=60, width=20)
    since = DateField(label=_("First day of the agreement"))
    until = DateField(label=_("Last day of the agreement"))
    file = UploadField(label=_("The signed agreement"), kinds=("pdf", "jpg", "png"), strict=True)
    country = Select(label=_("Country"))
    columns = Checks(
        label=_("Columns"), choices=Asked.choices, small=True,
        help_text=_("Only what the purpose needs. The fewer columns, the finer each of them stays."),
    )  # fmt: skip
    year_from = Whole(label=_("First year"), least=2000, most=2100, width=5)
    year_until = Whole(label=_("Last year"), least=2000, most=2100, width=5)
    k = Whole(
        label=_("How many children share every combination, at least"), least=FEWEST, most=MOST_K, width=3,
        help_text=_("Of sex, age, district, difficulty and school. Five at least; more protects better, tells less."),
    )  # fmt: skip
    expires_on = DateField(
        label=_("Last day on which it can be downloaded"),
        help_text=_("At most ninety days from today. Then the file is deleted."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = list(country_names().items())
        self.fill("country", countries)
        if len(countries) == 1:
            self.initial.setdefault("country", countries[0][0])

    def given(self) -> dict[str, Any]:
        """As `actions.extract.request_extract` takes it."""
        data = dict(self.cleaned_data)
        file = data.pop("file")
        signed = Agreement(
            data.pop("number"), data.pop("since"), data.pop("until"), file.name, file.content_type, file.read()
        )
        years = int(data.pop("year_from")), int(data.pop("year_until"))
        return {**data, "k": int(data["k"]), "agreement": signed, "years": years}


def usual(today: date) -> dict[str, Any]:
    return {"k": FEWEST, "year_from": today.year - 3, "year_until": today.year}
