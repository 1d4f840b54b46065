"""Waves of a survey: their form, who has used a ticket, and what all answers together say once a wave is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from zajedno.exchange.enums import CampaignState
from zajedno.exchange.logic.wave import STRATA, Allowed, bare
from zajedno.exchange.models import Campaign, Wave
from zajedno.forms.logic.parts import Question
from zajedno.forms.logic.scores import attitude
from zajedno.forms.logic.scores.group import GroupOutcome
from zajedno.forms.queries.form import Loaded, loaded, newest
from zajedno.kernel import sealed
from zajedno.kernel.refusal import NotFound

FORM = "attitude-inclusion"
TOKEN = "~"  # begins a browser's token: no code does


def survey() -> Loaded:
    """The newest text of the form that all waves ask. NotFound before its pack is loaded."""
    row = newest().filter(form__key=FORM, form__country="").first()
    if row is None:
        raise NotFound("")
    return loaded(row.pk)


def strata(form: Loaded) -> Allowed:
    """Answers of the questions that quotas and weights rest on."""
    nodes = {node.name: node for node in form.form.nodes.values() if isinstance(node, Question)}
    return {
        name: tuple(one.name for one in choices.every)
        for name in STRATA
        if name in nodes and (choices := nodes[name].choices)
    }


def mark_of(wave: Wave, ticket: str) -> bytes:
    """Keyed, so that who holds the table cannot try out codes."""
    said = ticket if ticket.startswith(TOKEN) else bare(ticket)
    return sealed.blind(said, f"exchange.wave.{wave.uuid}")


def is_spent(wave: Wave, ticket: str) -> bool:
    return bool(ticket) and wave.tickets.filter(mark=mark_of(wave, ticket), spent=True).exists()


def of(campaign: Campaign) -> QuerySet[Wave]:
    return Wave.objects.filter(campaign=campaign).select_related("campaign").order_by("opens_on", "pk")


def find(campaign: Campaign, uuid: UUID) -> Wave:
    found = of(campaign).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def to_answer(slug: str, uuid: UUID, today: date) -> Wave:
    """A wave that is open on a day; NotFound for others as for none."""
    rows = Wave.objects.filter(uuid=uuid, campaign__slug=slug, campaign__state=CampaignState.PUBLISHED)
    found = rows.select_related("campaign").first()
    if found is None or not found.is_open(today):
        raise NotFound("")
    return found


def count(wave: Wave) -> int:
    return wave.answers.count()


def filled(wave: Wave) -> list[tuple[str, int, int]]:
    """(cell, answers so far, most) of every quota."""
    have: dict[str, int] = {}
    for cell in wave.answers.exclude(cell="").values_list("cell", flat=True):
        have[cell] = have.get(cell, 0) + 1
    return [(cell, have.get(cell, 0), most) for cell, most in wave.quotas.items()]


def results(wave: Wave, today: date) -> GroupOutcome | None:
    """Shares of agreement, weighted; None while the wave is open. Of few answers there are no figures."""
    return attitude.score(_sheets(wave), _options(wave)) if wave.is_over(today) else None


@dataclass(frozen=True, slots=True)
class Compared:
    """Agreement with each item in both waves, in percent, and the `change` in percentage points."""

    before: GroupOutcome
    after: GroupOutcome
    change: GroupOutcome


def compared(before: Wave, after: Wave, today: date) -> Compared | None:
    """By items that both asked, both under the weights of the later one, so that only opinions can differ."""
    if not (before.is_over(today) and after.is_over(today)):
        return None
    options = dict(_options(after))
    options["items"] = [one for one in options["items"] if one in _options(before)["items"]]
    first, last = _sheets(before), _sheets(after)
    told = (attitude.score(first, options), attitude.score(last, options), attitude.compare(first, last, options))
    return Compared(*told)


def _options(wave: Wave) -> Mapping[str, Any]:
    options = loaded(wave.version_id).facts.options
    return {**options, "margins": wave.margins or options.get("margins", {})}


def _sheets(wave: Wave) -> list[dict[str, str]]:
    return list(wave.answers.order_by("uuid").values_list("answers", flat=True))
