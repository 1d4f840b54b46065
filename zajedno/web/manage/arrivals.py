"""Inviting a municipality in one sitting: one page, a summary with everything that is ready, and the way back."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.forms.queries import office
from zajedno.kernel import clock
from zajedno.kernel.documents import Rendering
from zajedno.kernel.labels import label
from zajedno.networks.actions import arrival as actions
from zajedno.networks.queries import arrival as queries
from zajedno.places.queries.organisation import kinds
from zajedno.places.queries.territory import by_id
from zajedno.procedures.queries.definition import procedures
from zajedno.web.manage.form_shown import address as form_address
from zajedno.web.manage.frame import ARRIVALS, actor, day, manage_page, page_of, show, site
from zajedno.web.manage.institution_forms import unit_choices
from zajedno.web.manage.people import state_tag
from zajedno.web.manage.unverified import procedure_path
from zajedno.web.shared.fields import Checks, Email, Select, Suggest, Text
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import attempt
from zajedno.web.shared.papers import given, language_of
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag

HOME = "/manage/municipalities/"
# Bodies of a municipality, the administration first; the names differ by country, so both are offered.
KINDS = ("municipality", "inclusion_network", "inclusion_commission", "intersectoral_commission", "referral_team")
USUAL = ["municipality", "inclusion_network"]
USED = ["self-evaluation-network", "collaboration"]  # by what a network looks at itself
PROTOCOL = settings.PACKS_DIR / "common" / "letters" / "protocol.typ"


class Invite(Form):
    territory = Suggest(label=gettext_lazy("Municipality"))
    kinds = Checks(
        label=gettext_lazy("Its bodies"),
        help_text=gettext_lazy("What is not here yet is entered; its data can be changed afterwards."),
    )
    forms = Checks(
        label=gettext_lazy("Forms it takes into use"),
        help_text=gettext_lazy("More can be taken into use at any time."),
        required=False,
    )
    name = Text(label=gettext_lazy("Name of its first administrator"), max_length=200, width="two-thirds")
    email = Email(
        label=gettext_lazy("E-mail of the administrator"),
        help_text=gettext_lazy("The invitation goes there, and is good for seven days."),
    )
    language = Select(label=gettext_lazy("Language of their letters and pages"), choices=settings.LANGUAGES, empty=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {kind.key: kind for kind in kinds() if kind.key in KINDS}
        self.fill("territory", unit_choices(None))
        self.fill("kinds", [(key, str(self.known[key])) for key in KINDS if key in self.known])
        packed = {form.pk for form in queries.packed("")}
        self.fill("forms", [(one.form.key, office.title(one)) for one in office.valid() if one.form_id in packed])

    def clean_territory(self) -> Any:
        return by_id(int(self.cleaned_data["territory"]))

    def clean_kinds(self) -> Any:
        return [self.known[key] for key in KINDS if key in self.cleaned_data["kinds"]]


@manage_page(*ARRIVALS)
def listed(request: HttpRequest) -> HttpResponse:
    page = page_of(request, queries.visible_to(actor(request)))
    columns = [Column(_("Municipality")), Column(_("Country")), Column(_("Invited")), Column(_("State"))]
    rows = [
        [
            Cell(one.territory.name, f"{HOME}{one.uuid}/"), str(one.territory.country),
            day(clock.day_of(one.invited_on)), Cell(tag=state(one)),
        ]
        for one in page
    ]  # fmt: skip
    table = Table("arrivals", _("Municipalities"), columns, rows, caption_hidden=True)
    return show(request, "municipalities", "arrivals.html", {"table": table, "page": page})


def state(row: Any) -> Tag:
    if row.taken_back_on is not None:
        return Tag(_("Taken back"), "off")
    return Tag(_("Accepted"), "done") if queries.has_come(row) else Tag(_("Invited"), "wait")


@manage_page(*ARRIVALS)
def invite(request: HttpRequest) -> HttpResponse:
    """One form; one act that does all of it or nothing."""
    form = Invite(request.POST or None, initial={"kinds": USUAL, "forms": USED, "language": request.LANGUAGE_CODE})
    made: list[Any] = []

    def act() -> None:
        made.append(actions.invite(by=actor(request), site=site(request), **form.cleaned_data))

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("The municipality is invited. Here is what is ready for it."))
        return redirect(f"{HOME}{made[0].uuid}/")
    context = {"form": form, "heading": _("Invite a municipality"), "up": Link(_("Municipalities"), HOME)}
    return show(request, "municipalities", "form.html", {**context, "go": _("Invite")})


@manage_page(*ARRIVALS)
def one(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is ready, who was invited, and the way back while nobody has come."""
    by = actor(request)
    row = queries.find(by, uuid)
    account, held = queries.administrator(row), list(queries.held(row))
    context = {
        "place": row.territory, "state": state(row), "up": Link(_("Municipalities"), HOME),
        "rows": [
            Row(_("First administrator"), [account.name, account.email, state_tag(account)],
                [Link(_("Open the account"), f"/manage/people/{account.uuid}/")]),
            Row(_("Invited"), day(clock.day_of(row.invited_on))),
        ],
        "bodies": [{"name": str(post.organisation), "href": f"/manage/institutions/{post.organisation.uuid}/",
                    "made": post.organisation_id in row.made} for post in held],
        "forms": _forms(row), "procedures": _procedures(row.territory.country_id),
        "may_take_back": queries.may_take_back(row, by.today), "gone": row.taken_back_on is not None,
    }  # fmt: skip
    return show(request, "municipalities", "arrival.html", context)


def _forms(row: Any) -> list[Link]:
    ids = {form for form, _body in row.enabled}
    return [Link(office.title(one), form_address(one.form)) for one in office.valid() if one.form_id in ids]


def _procedures(country: str) -> list[Link]:
    """What the packs bring to that country, and to any."""
    found = [*procedures(country), *procedures("")]
    return [
        Link(label(one.content["labels"]), procedure_path(one.definition.country, one.definition.key)) for one in found
    ]


@manage_page(*ARRIVALS)
def protocol(request: HttpRequest, uuid: UUID, ending: str) -> HttpResponse:
    """The template of the protocol with the bodies as parties, as Word to be changed or PDF to be printed."""
    row = queries.find(actor(request), uuid)
    language = language_of(PROTOCOL, queries.bodies(row)[0].language)
    data = {"place": row.territory.name, "parties": [one.name for one in queries.bodies(row)]}
    about = Rendering(language, _("Protocol of intersectoral cooperation"), row.territory.name, actor(request).today)
    return given(PROTOCOL, data, about, f"protocol-{row.territory.code}.{ending}")


@manage_page(*ARRIVALS)
def take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    row = queries.find(actor(request), uuid)
    if request.method == "POST":
        actions.take_back(by=actor(request), arrival=row)
        messages.success(request, _("The invitation is taken back: its link leads nowhere any more."))
    return redirect(f"{HOME}{uuid}/")
