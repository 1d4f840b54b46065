"""Forms of bodies, seats and meetings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from zajedno.kernel.clock import ZONE, day_of
from zajedno.networks.actions.body import Head
from zajedno.networks.actions.meeting import Plan
from zajedno.networks.actions.member import Seat
from zajedno.networks.enums import BodyKind, MemberRole, Presence, Quorum
from zajedno.networks.queries.body import account_at
from zajedno.places.enums import Sector
from zajedno.places.queries.organisation import near
from zajedno.web.network.agreement_forms import MOST, by_language, in_languages, titled, written
from zajedno.web.shared.bringing import TABLES
from zajedno.web.shared.fields import DateField, Email, LongText, Radios, Select, Suggest, Text, UploadField
from zajedno.web.shared.forms import Form
from zajedno.web.shared.hours import Hour

if TYPE_CHECKING:
    from zajedno.networks.models import Body, Meeting, Member
    from zajedno.places.models import Territory

NAMES = (
    "kind", "language", "organ", "act_number", "established_on", "mandate_from", "mandate_until", "rules", "quorum",
    "contact",
)  # fmt: skip


class Write(Form):
    """A body. `places`: where it may work; `given`: the one that is changed."""

    kind = Radios(label=gettext_lazy("What is it?"), choices=BodyKind.choices)
    territory = Select(label=gettext_lazy("Where does it work?"))
    organ = Text(
        label=gettext_lazy("Set up by"), required=False, max_length=200, width="two-thirds",
        help_text=gettext_lazy("For example: the municipal council."),
    )  # fmt: skip
    act_number = Text(label=gettext_lazy("Number of the act"), required=False, max_length=60, width=20)
    established_on = DateField(label=gettext_lazy("Day of the act"), required=False)
    mandate_from = DateField(label=gettext_lazy("First day of the mandate"), required=False)
    mandate_until = DateField(
        label=gettext_lazy("Last day of the mandate"), required=False,
        help_text=gettext_lazy("You are written to before it ends."),
    )  # fmt: skip
    quorum = Radios(label=gettext_lazy("How many must be there to decide?"), choices=Quorum.choices)
    rules = LongText(
        label=gettext_lazy("How it works"), required=False, rows=4,
        help_text=gettext_lazy("For example how often it meets, and who calls it."),
    )  # fmt: skip
    language = Select(label=gettext_lazy("Language of its papers"), choices=settings.LANGUAGES, empty=None)
    contact = Text(
        label=gettext_lazy("Contact for everybody"), required=False, max_length=250, width="two-thirds",
        help_text=gettext_lazy("Address, telephone or e-mail. It stands on the public page."),
    )  # fmt: skip

    def __init__(self, *args: Any, places: "Sequence[Territory]", given: "Body | None" = None, **kwargs: Any) -> None:
        first: dict[str, Any] = (
            {name: getattr(given, name) for name in NAMES} if given else {"language": get_language()}
        )
        first.setdefault("quorum", Quorum.MORE_THAN_HALF)
        first["territory"] = str(given.territory_id if given else places[0].pk if places else "")
        super().__init__(*args, initial=first, **kwargs)
        found = [given.territory, *places] if given else places
        self.places = {str(one.pk): one for one in found}
        self.fill("territory", [(key, str(one)) for key, one in self.places.items()])
        in_languages(self, "title", pgettext("of a body", "Name"), Text, given.titles if given else {}, max_length=200)
        in_languages(self, "about", _("What it does"), LongText, given.about if given else {}, rows=3)
        self.order_fields([f"title_{code}" for code in written()])

    def clean(self) -> None:
        titled(self, _("Give the body a name."))

    def head(self) -> Head:
        data = {name: self.cleaned_data[name] for name in NAMES}
        place = self.places[self.cleaned_data["territory"]]
        return Head(titles=by_language(self, "title"), about=by_language(self, "about"), territory=place, **data)


class Deputy(Form):
    deputy = Text(label=gettext_lazy("Deputy"), required=False, max_length=200, width="two-thirds")
    deputy_email = Email(
        label=gettext_lazy("E-mail of the deputy"), required=False,
        help_text=gettext_lazy("Invitations go there. Who logs in here with it reads the pages of the body."),
    )  # fmt: skip

    def account_of(self, name: str, organisation: int | None, today: date) -> int | None:
        """Who logs in with the address that was written, and works there."""
        return account_at(organisation, self.cleaned_data[name], today) if organisation else None


class Sit(Deputy):
    """Somebody takes a seat. Institutions at work in the country, those of the municipality first."""

    organisation = Suggest(label=gettext_lazy("Institution"), required=False)
    institution = Text(
        label=gettext_lazy("Name of the institution, if it does not stand in the list"), required=False, max_length=250,
        width="two-thirds",
    )  # fmt: skip
    sector = Select(
        label=gettext_lazy("Its sector, if it does not stand in the list"), required=False, choices=Sector.choices
    )
    person = Text(label=gettext_lazy("Who sits for it"), max_length=200, width="two-thirds")
    email = Email(
        label=gettext_lazy("E-mail"), required=False,
        help_text=gettext_lazy("Invitations go there. Who logs in here with it reads the pages of the body."),
    )  # fmt: skip
    role = Radios(label=gettext_lazy("What they are in the body"), choices=MemberRole.choices)
    since = DateField(label=gettext_lazy("First day"))
    until = DateField(label=gettext_lazy("Last day"), required=False)

    field_order = ("organisation", "institution", "sector", "person", "email", "role", "deputy", "deputy_email")

    def __init__(self, *args: Any, body: "Body", today: date, before: "Member | None" = None, **kwargs: Any) -> None:
        first: dict[str, Any] = {"since": today, "role": before.role if before else MemberRole.MEMBER}
        if before:
            at = str(before.organisation_id or "")
            first |= {"organisation": at, "institution": before.institution, "sector": before.sector}
        super().__init__(*args, initial=first, **kwargs)
        self.today, self.number = today, before.seat if before else None
        found = near(body.territory, today)[:MOST]
        self.fill("organisation", [(str(one.pk), f"{one}, {one.territory}") for one in found])

    def seat(self) -> Seat:
        data = self.cleaned_data
        at = int(data["organisation"]) if data["organisation"] else None
        return Seat(
            person=data["person"], organisation=at, institution=data["institution"], sector=data["sector"],
            role=data["role"], account=self.account_of("email", at, self.today), email=data["email"],
            deputy=data["deputy"], deputy_account=self.account_of("deputy_email", at, self.today),
            deputy_email=data["deputy_email"], number=self.number,
        )  # fmt: skip


class MemberList(Form):
    """A list of members that comes in."""

    file = UploadField(
        kinds=TABLES,
        label=gettext_lazy("List of members"),
        help_text=gettext_lazy(
            "Excel, LibreOffice or CSV with one row for each person: institution, name, role, deputy, e-mail, first "
            "and last day."
        ),
    )
    since = DateField(label=gettext_lazy("First day, where the file names none"), required=False)

    def __init__(self, *args: Any, body: "Body", today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"since": body.mandate_from or today}, **kwargs)


class Leave(Form):
    last = DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Who was named by mistake leaves on the day before their first."),
    )  # fmt: skip


class When(Form):
    """Time and place of a meeting."""

    day = DateField(label=gettext_lazy("Day"))
    begins = Hour(label=gettext_lazy("Begins at"), help_text=gettext_lazy("For example 9:30"), width=5, max_length=8)
    ends = Hour(label=gettext_lazy("Ends at"), help_text=gettext_lazy("For example 10:15"), width=5, max_length=8)
    place = Text(label=gettext_lazy("Place"), max_length=200, width="two-thirds")

    def __init__(self, *args: Any, given: "Meeting | None" = None, **kwargs: Any) -> None:
        first: dict[str, Any] = {}
        if given:
            begins, ends = (one.astimezone(ZONE) for one in (given.begins, given.ends))
            first = {"day": day_of(begins), "begins": f"{begins:%H:%M}", "ends": f"{ends:%H:%M}", "place": given.place}
        super().__init__(*args, initial=first, **kwargs)

    def plan(self) -> Plan:
        data = self.cleaned_data
        begins, ends = (datetime.combine(data["day"], data[name], ZONE) for name in ("begins", "ends"))
        return Plan(begins, ends, data["place"])


class Came(Form):
    """Who was there, member by member."""

    def __init__(self, *args: Any, asked: "Sequence[Member]", noted: Mapping[int, Any], guests: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.asked = asked
        for one in asked:
            ways = [pair for pair in Presence.choices if pair[0] != Presence.DEPUTY or one.deputy]
            first = noted[one.pk].presence if one.pk in noted else Presence.THERE
            said = f"{one.of}: {one.person}"
            self.fields[f"member_{one.pk}"] = Radios(label=said, choices=ways, initial=first, inline=True, small=True)
        self.fields["guests"] = Text(
            label=_("Guests"), required=False, max_length=500, initial=guests, width="two-thirds"
        )

    def there(self) -> dict[int, str]:
        return {one.pk: self.cleaned_data[f"member_{one.pk}"] for one in self.asked}


class Close(Form):
    chaired_by = Text(label=gettext_lazy("Who chaired the meeting"), max_length=200, width="two-thirds")
    recorded_by = Text(label=gettext_lazy("Who wrote the minutes"), max_length=200, width="two-thirds")


class Act(Form):
    file = UploadField(label=gettext_lazy("The act, scanned"), kinds=("pdf", "jpg", "png"), strict=True)
