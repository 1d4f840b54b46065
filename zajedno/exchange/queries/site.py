"""Sites: which parts an actor plays, what is missing for a move, and what was told of each."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zajedno.exchange.logic.model import fidelity, unanswered, unmet
from zajedno.exchange.models import Lesson, Site, SiteMove
from zajedno.exchange.rules import KEEP_MODEL, REPLICATE
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.logic.walk import Offer, State, latest_of, moves_from
from zajedno.procedures.queries.definition import of_version

TAKER, MENTOR, SOURCE = "taker", "mentor", "source"  # parts of the procedure `replication`
HANDED_OVER, GIVEN_UP = "handed_over", "given_up"  # its ends
RELATED = ("model__package__organisation", "organisation", "territory", "mentor", "parent__organisation",
           "parent__territory", "practice__organisation", "practice__territory")  # fmt: skip


def sites() -> QuerySet[Site]:
    return Site.objects.select_related(*RELATED)


def source_of(site: Site) -> int | None:
    """The institution the model was taken from; None when it is the package of a pack."""
    if site.parent is not None:
        return site.parent.organisation_id
    return site.practice.organisation_id if site.practice is not None else site.model.package.organisation_id


def _from(organisations: Collection[int], *, packs: bool) -> Q:
    """Sites that were taken from these institutions; with `packs`, also from packages that nobody here owns."""
    rooted = Q(parent=None, practice=None)
    found = (
        Q(parent__organisation__in=organisations)
        | Q(practice__organisation__in=organisations)
        | rooted & Q(model__package__organisation__in=organisations)
    )
    return found | rooted & Q(model__package__organisation=None) if packs else found


def visible_to(by: Actor) -> QuerySet[Site]:
    """Those that the actor's institutions take over, mentor, or gave."""
    mine = by.organisations_for(REPLICATE.key)
    gave = sorted({*mine, *by.organisations_for(KEEP_MODEL.key)})
    known = Q(organisation__in=mine) | Q(mentor__in=mine) | _from(gave, packs=by.may(KEEP_MODEL.key))
    return sites().filter(known).order_by("-pk")


@dataclass
class SiteFile:
    """A site as one actor meets it."""

    site: Site
    by: Actor

    @property
    def definition(self) -> Definition:
        return of_version(self.site.version_id)

    @cached_property
    def parts(self) -> frozenset[str]:
        """Which parts the actor plays."""
        site, may = self.site, self.by.may
        source = source_of(site)
        gave = may(KEEP_MODEL.key) if source is None else may(REPLICATE.key, source) or may(KEEP_MODEL.key, source)
        plays = {
            TAKER: may(REPLICATE.key, site.organisation_id),
            MENTOR: site.mentor_id is not None and may(REPLICATE.key, site.mentor_id),
            SOURCE: gave,
        }
        return frozenset(part for part, does in plays.items() if does)

    @cached_property
    def facts(self) -> dict[str, bool]:
        """Every need of `procedures.logic.needs.OF_SITES`."""
        site = self.site
        return {
            "readiness": is_ready(site),
            "fidelity": score(site) is not None,
            "results": standing(site.results).exists(),
            "lessons": standing(site.lessons).exists(),
        }

    def state(self) -> State:
        made = self.moves() if self.definition.watched else ()
        own = latest_of(self.definition, ((row.move, row.account) for row in made), self.by.account)
        return State(self.site.step, self.parts, self.facts, own=own)

    def offers(self) -> list[Offer]:
        return moves_from(self.definition, self.state())

    def moves(self) -> list[SiteMove]:
        return list(self.site.moves.order_by("position"))


def find(by: Actor, uuid: UUID, *, lock: bool = False) -> SiteFile:
    """NotFound for a site of others as for none."""
    rows = visible_to(by).filter(uuid=uuid)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise NotFound("")
    return SiteFile(found, by)


def standing(rows: Any) -> Any:
    """Changes, results or lessons of a site that it has not taken back."""
    return rows.filter(retraction=None)


def is_ready(site: Site) -> bool:
    """Every condition has an answer, and what is not met has a reason to go on."""
    conditions = site.model.conditions
    return not unanswered(conditions, site.readiness) and (not unmet(conditions, site.readiness) or bool(site.in_spite))


def score(site: Site) -> int | None:
    """Fidelity in percent; None until every core component is judged."""
    said = {row.component: row.presence for row in site.fidelity.all()}
    return fidelity([part["key"] for part in site.model.core], said)


def step_name(site: Site) -> str:
    return label(of_version(site.version_id).step[site.step].labels)


def lessons_for(by: Actor) -> QuerySet[Lesson]:
    """Lessons that wait for an answer of the actor's institutions."""
    gave = sorted({*by.organisations_for(REPLICATE.key), *by.organisations_for(KEEP_MODEL.key)})
    taken = Site.objects.filter(_from(gave, packs=by.may(KEEP_MODEL.key)))
    rows = standing(Lesson.objects).filter(answer="", site__in=taken.values("pk"))
    return rows.select_related("site__organisation", "site__model__package").order_by("pk")
