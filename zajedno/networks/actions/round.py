"""A round is opened, its time is made longer, and it is closed; closing it adds its answers up."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.forms.logic.scores import collaboration
from zajedno.forms.logic.scores.answers import Answers, Impossible
from zajedno.forms.logic.scores.registry import GROUP_SCORES
from zajedno.forms.queries import form as forms
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.networks.enums import State
from zajedno.networks.logic.net import kept
from zajedno.networks.logic.outcome import added_up, by_name
from zajedno.networks.models import Outcome, Round, RoundSheet
from zajedno.networks.queries.outcome import Result
from zajedno.networks.queries.round import before
from zajedno.networks.queries.sheet import standing
from zajedno.networks.rules import OPEN_ROUND
from zajedno.places.queries.organisation import sectors_of

ABOUT = "network"
OF_TIES = "collaboration"  # the way of scoring that asks who works with whom


@transaction.atomic
def open_round(*, by: Actor, organisation: int, form: str, title: str, opens_on: date, closes_on: date) -> Round:
    """Of the newest version of a form (its key) that the organisation has in use. People are invited afterwards."""
    ask(by, OPEN_ROUND, organisation)
    found = forms.find(form, [organisation], ABOUT, by.today)
    if not title.strip():
        raise Refused(_("Give the round a title."), "title")
    if opens_on < by.today or closes_on < opens_on:
        raise Refused(_("The round begins today or later, and ends after it begins."), "days")
    row = Round.objects.create(
        organisation_id=organisation, version_id=found.pk, title=title.strip(), opens_on=opens_on, closes_on=closes_on,
        opened_by=by.account,
    )  # fmt: skip
    detail = {"form": found.key, "version": found.number}
    audit.record(by=by, verb=OPEN_ROUND.key, about=row, organisation=organisation, detail=detail)
    return row


@transaction.atomic
def prolong(*, by: Actor, round: Round, closes_on: date) -> None:
    """Set another last day, also when the old one is past."""
    row = locked(by, round)
    if closes_on < max(by.today, row.opens_on):
        raise Refused(_("The last day lies in the past, or before the round begins."), "days")
    row.closes_on = closes_on
    row.save(update_fields=["closes_on"])
    detail = {"closes_on": str(closes_on)}
    audit.record(by=by, verb=OPEN_ROUND.key, about=row, organisation=row.organisation_id, detail=detail)


@transaction.atomic
def close_round(*, by: Actor, round: Round) -> Outcome:
    """Nobody answers any more; what was answered is added up and kept, be it nothing."""
    row = locked(by, round)
    sheets = list(standing(row))
    content = {
        "sheets": len(sheets), "sectors": _sectors(row, sheets), "before": _before(by, row), **_figures(row, sheets)
    }  # fmt: skip
    outcome = Outcome(round=row, content=content, closed_by=by.account, closed_on=clock.now())
    if "figures" in content:
        content["values"] = Result(row).values()
    outcome.save()
    detail = {"closed": len(sheets)}
    audit.record(by=by, verb=OPEN_ROUND.key, about=row, organisation=row.organisation_id, detail=detail)
    return outcome


def _sectors(row: Round, sheets: Collection[RoundSheet]) -> dict[str, tuple[int, int]]:
    """How many were asked, and how many answered, by sector."""
    asked = Counter(row.respondents.values_list("sector", flat=True))
    answered = Counter(one.respondent.sector for one in sheets)
    return {sector: (asked[sector], answered[sector]) for sector in sorted(asked)}


def _figures(row: Round, sheets: Collection[RoundSheet]) -> dict[str, Any]:
    """Nothing of no sheets, or without a way of scoring. For whom somebody speaks is known, whatever they wrote."""
    facts = forms.loaded(row.version_id).facts
    if not sheets or facts.score not in GROUP_SCORES:
        return {}
    told = [
        by_name(one.answers)
        | {"organisation": one.respondent.organisation.name, "sector": one.respondent.sector, "voice": ""}
        for one in sheets
    ]
    try:
        figures = added_up(GROUP_SCORES[facts.score], told, facts.options)
        return figures | ({"net": _net(row, told, facts.options)} if facts.score == OF_TIES else {})
    except Impossible as fault:
        raise Refused(
            _("The answers do not fit the way this form is scored. Tell who brought the form into use."), "score"
        ) from fault


def _net(row: Round, told: Sequence[Answers], options: Mapping[str, Any]) -> dict[str, Any]:
    """Ties between institutions: those that were asked, and others that the platform knows by the name written."""
    net = collaboration.read(told, options["tie_from"])
    asked = row.respondents.values_list("organisation__key", "sector")
    return kept(net, sectors_of(net.names) | dict(asked))


def _before(by: Actor, row: Round) -> dict[str, Any] | None:
    """What the newest earlier round came to, kept here because not everybody asked now was asked then."""
    earlier = before(by, row)
    if earlier is None:
        return None
    found = {"title": earlier.title, "opens_on": str(earlier.opens_on), "values": Result(earlier).values()}
    return found | {"net": earlier.outcome.content.get("net")}


def locked(by: Actor, round: Round) -> Round:
    """The round, still open to change, held until the end of the transaction."""
    ask(by, OPEN_ROUND, round.organisation_id)
    row = Round.objects.select_for_update().get(pk=round.pk)
    if row.state(by.today) == State.CLOSED:
        raise Overtaken(_("This round was closed meanwhile."), "closed")
    return row
