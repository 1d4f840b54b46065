"""Who took a practice over, and what a person keeps."""

from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet

from zajedno.exchange.models import Adaptation, Follow, Practice, Result, Site, Taking
from zajedno.exchange.queries.site import sites
from zajedno.exchange.rules import REPLICATE
from zajedno.forms.queries.form import newest as forms
from zajedno.kernel.actor import Actor
from zajedno.places.queries.organisation import organisations

if TYPE_CHECKING:
    from zajedno.forms.models import Form
    from zajedno.places.models import Organisation


def takings(practice: Practice) -> QuerySet[Taking]:
    """Places that use it, since the first."""
    return Taking.objects.filter(practice=practice).select_related("organisation__territory").order_by("said_on", "pk")


def takers(by: Actor, practice: Practice) -> "QuerySet[Organisation]":
    """Institutions for which the actor may say that they use it."""
    ids = set(by.organisations_for(REPLICATE.key)) - {practice.organisation_id}
    return organisations(working_on=by.today).filter(pk__in=ids)


def form_of(practice: Practice) -> "Form | None":
    """The form that comes with it, as long as it can be taken into use; its own country's before that of any."""
    if not practice.form:
        return None
    rows = forms().filter(form__key=practice.form, form__country__in=("", practice.territory.country_id))
    found = rows.select_related("form").order_by("-form__country").first()
    return found.form if found else None


def uses(by: Actor, practice: Practice) -> QuerySet[Taking]:
    """Takings that the actor may take back."""
    return takings(practice).filter(organisation__in=by.organisations_for(REPLICATE.key))


def replications(practice: Practice) -> QuerySet[Site]:
    """Places that took a model over which grew out of the practice, or took it from the practice: the newest first.

    With what each told of results and changes, but for what it took back.
    """
    rows = sites().filter(Q(practice=practice) | Q(model__package__practice=practice))
    told = (
        Prefetch("results", Result.objects.filter(retraction=None)),
        Prefetch("adaptations", Adaptation.objects.filter(retraction=None)),
    )
    return rows.prefetch_related(*told).order_by("-opened_on", "-pk")


def follow_of(by: Actor, practice: Practice) -> Follow | None:
    return Follow.objects.filter(practice=practice, account=by.account).first()


def kept(by: Actor) -> list[int]:
    """Ids of practices in the actor's own list, what was kept last first."""
    rows = Follow.objects.filter(account=by.account, saved=True).order_by("-since", "-pk")
    return list(rows.values_list("practice", flat=True))
