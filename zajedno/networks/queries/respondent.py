"""Who can be asked in a round, who is, and who has answered."""

from typing import TYPE_CHECKING

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold
from zajedno.networks import rules
from zajedno.networks.models import Respondent, Round, RoundSheet
from zajedno.places.queries.post import held
from zajedno.places.queries.territory import below

if TYPE_CHECKING:
    from zajedno.places.models import Post


def of_round(row: Round) -> QuerySet[Respondent]:
    """With person, institution and whether they have `answered`, by institution and name."""
    sheets = RoundSheet.objects.filter(respondent=OuterRef("pk"))
    rows = Respondent.objects.filter(round=row).annotate(answered=Exists(sheets))
    return rows.select_related("account", "organisation").order_by("organisation__key", "account__name", "pk")


def mine(by: Actor) -> QuerySet[Respondent]:
    """The actor as one who is asked, in every round, the newest first; with the round and whether they `answered`."""
    sheets = RoundSheet.objects.filter(respondent=OuterRef("pk"))
    rows = Respondent.objects.filter(account=by.account).annotate(answered=Exists(sheets))
    return rows.select_related("round__organisation", "round__outcome").order_by("-round__opens_on", "-pk")


def waited_for(row: Round) -> QuerySet[Respondent]:
    """Who has not answered."""
    return Respondent.objects.filter(round=row, sheets=None).select_related("account").order_by("pk")


def own(by: Actor, row: Round) -> Respondent:
    """The actor as one who is asked; NotFound for who is not."""
    found = Respondent.objects.filter(round=row, account=by.account).select_related("organisation").first()
    if found is None:
        raise NotFound("")
    return found


def candidates(by: Actor, row: Round, text: str = "") -> "QuerySet[Post]":
    """Posts whose holders could still be asked: with the verb, in the organisation itself or where it works.

    Every word of `text` stands in the name of the person or of the institution, in either script.
    """
    here = below([row.organisation.territory_id, *row.organisation.covers.values_list("pk", flat=True)])
    rows = held(by.today).filter(
        Q(organisation=row.organisation_id) | Q(organisation__territory__in=here),
        role__verbs__contains=[rules.ANSWER.key],
    )
    rows = rows.exclude(account__in=row.respondents.values("account"))
    rows = rows.alias(folded=Func(F("account__name"), function="app.fold", output_field=TextField()))
    for word in fold(text).split():
        rows = rows.filter(Q(folded__contains=word) | Q(organisation__key__contains=word))
    return rows.select_related("account", "organisation__kind", "role").order_by("organisation__key", "account__name")
