"""Choosing an institution out of many: narrowed by service, municipality and name on the page of the form itself.

The button `find` sends the whole form, so nothing typed is lost, nothing stands in an address, and no script is needed.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zajedno.casework.queries.receivers import ANY, Sought
from zajedno.kernel.clock import today
from zajedno.places.queries.organisation import service_names
from zajedno.web.shared.fields import Select, Suggest, Text

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from zajedno.places.models import Organisation

FIND = "find"
MOST = 500
Said = Mapping[str, Any]  # what was typed so far, by the names of the inputs
Among = Callable[[Sought], "QuerySet[Organisation]"]


def seek_fields(name: str, among: Among, said: Said, **looks: Any) -> dict[str, forms.Field]:
    """Three inputs that narrow, and the one called `name` that chooses; `among` finds the institutions."""
    sought = _sought(name, said)
    every = list(among(ANY)[:MOST])
    found = every if sought == ANY else list(among(sought)[:MOST])
    places = {str(one.territory_id): str(one.territory) for one in every}
    services = [(one, one) for one in service_names(among(ANY), today())]
    if not found:
        looks["help_text"] = _("No institution is like that. Look for another service, place or name.")
    return {
        f"{name}-service": Select(
            label=_("Service that it gives"), required=False, optional=False, empty=_("Any service"), choices=services
        ),
        f"{name}-place": Suggest(
            label=_("Municipality"), required=False, optional=False, empty=_("Any municipality"),
            choices=sorted(places.items(), key=lambda one: one[1]),
        ),
        f"{name}-text": Text(label=_("Part of its name"), required=False, max_length=120, width="two-thirds"),
        name: Suggest(choices=[(str(one.pk), f"{one}, {one.territory}") for one in found], **looks),
    }  # fmt: skip


def _sought(name: str, said: Said) -> Sought:
    place = str(said.get(f"{name}-place") or "")
    return Sought(
        service=str(said.get(f"{name}-service") or ""), territory=int(place) if place.isdecimal() else None,
        text=str(said.get(f"{name}-text") or ""),
    )  # fmt: skip


def is_finding(request: HttpRequest) -> bool:
    return request.method == "POST" and FIND in request.POST


def kept(form: forms.BaseForm) -> dict[str, Any]:
    """What was typed into a form that is shown once more, not yet judged."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }  # fmt: skip
