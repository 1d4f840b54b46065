"""Forms of institutions and their services."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zajedno.places.enums import Sector
from zajedno.places.queries.organisation import kinds
from zajedno.places.queries.territory import by_id, units
from zajedno.web.manage.fields import Place, Places
from zajedno.web.shared.fields import DateField, Email, Select, Suggest, Text
from zajedno.web.shared.forms import Form

if TYPE_CHECKING:
    from zajedno.places.models import Territory


def kind_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Kinds in use, under their sectors."""
    by_sector: dict[str, list[tuple[str, str]]] = {}
    for kind in kinds():
        by_sector.setdefault(kind.sector, []).append((kind.key, str(kind)))
    return [(str(label), by_sector[value]) for value, label in Sector.choices if value in by_sector]


def unit_choices(seat: "Territory | None") -> list[tuple[str, str]]:
    """Municipalities, and where the institution already has its seat, which may be a district or a country."""
    rows = {unit.pk: unit for unit in [*units(), *([seat] if seat else [])]}
    return [(str(key), f"{unit.name} ({unit.country_id})") for key, unit in rows.items()]


class Filter(Form):
    """What a list of institutions is narrowed by."""

    q = Text(label=pgettext_lazy("institution", "Name"), required=False, optional=False, max_length=100)
    place = Place(label=_("Municipality"), required=False, optional=False, max_length=100)
    sector = Select(label=_("Sector"), choices=Sector.choices, required=False, optional=False, empty=_("All"))
    kind = Select(label=_("Kind"), required=False, optional=False, empty=_("All"))
    state = Select(
        label=_("State"),
        choices=[("open", _("Working")), ("closed", _("Closed"))],
        required=False,
        optional=False,
        empty=_("All"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("kind", kind_choices())


class Institution(Form):
    """What one's own institution may change about itself."""

    name = Text(label=_("Name as registered"), max_length=250, width="full")
    kind = Select(label=_("Kind"))
    territory = Suggest(label=_("Municipality of its seat"))
    address = Text(label=_("Address"), max_length=200, required=False, width="two-thirds")
    postal_code = Text(label=_("Postal code"), max_length=10, required=False, width=10)
    place = Text(label=_("Place"), max_length=120, required=False, width="two-thirds")
    phone = Text(label=_("Telephone"), max_length=60, required=False, width=20)
    email = Email(label=_("E-mail"), required=False)
    contact_person = Text(label=_("Contact person"), max_length=200, required=False, width="two-thirds")
    registry_number = Text(label=_("Company number"), max_length=20, required=False, width=20)
    tax_number = Text(label=_("Tax number"), max_length=20, required=False, width=20)
    language = Select(label=_("Language and script of its letters"), choices=settings.LANGUAGES, empty=None)
    active_from = DateField(label=_("Works since"), required=False)

    def __init__(self, *args: Any, seat: "Territory | None" = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("kind", kind_choices())
        self.fill("territory", unit_choices(seat))

    def clean_kind(self) -> Any:
        return kinds().get(pk=self.cleaned_data["kind"])

    def clean_territory(self) -> Any:
        return by_id(int(self.cleaned_data["territory"]))


class AnyInstitution(Institution):
    """With what only the administrator of the platform decides."""

    covers = Places(
        label=_("Municipalities it serves"),
        help_text=_("One a line, in either script. Needed for commissions: requests are offered by place."),
        required=False,
    )
    code = Text(
        label=_("Short code"),
        help_text=_("For imports and exports. Left empty, it is made from the name. It never changes."),
        required=False,
        max_length=60,
        width=20,
    )


class Close(Form):
    on = DateField(
        label=_("First day on which it no longer works"), help_text=_("From that day its posts carry no rights.")
    )
