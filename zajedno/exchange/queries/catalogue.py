"""The catalogue: public practices found by words in either script and any language, narrowed by facets."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Prefetch, QuerySet

from zajedno.exchange.enums import PUBLIC, Cost, Evidence, Target, Theme, Translation
from zajedno.exchange.models import FacetCount, Listing, Practice, PracticeText
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold
from zajedno.places.enums import Sector

PAGE = 20
LONGEST = 200  # letters of a search that are read
RELEVANCE, NEWEST = "relevance", "newest"
SIZES = ("small", "middle", "large", "city", "unknown")  # of the place, by people; bands stand in migration 0005
FACETS: Mapping[str, Sequence[str]] = {
    "theme": Theme.values, "sector": Sector.values, "target": Target.values, "size": SIZES, "cost": Cost.values,
    "evidence": Evidence.values, "country": (),
}  # fmt: skip
# The words in each way of stemming: of which language they are, nobody said.
_QUERY = " || ".join(f"plainto_tsquery('{one}', %(words)s)" for one in ("serbian", "hungarian", "english", "simple"))
_FOUND = """
with asked as materialized (select {query} as words),
found as materialized (
  select practice_id, published_on, facets, {rank} as rank
  from exchange_listing, asked where {where}
)
select (select count(*) from found),
  (select coalesce(jsonb_object_agg(facet, number), '{{}}') from (
    select facet, count(*) as number from found, unnest(facets) as named(facet) group by facet) as counted),
  array(select practice_id from found order by {order} limit %(limit)s offset %(offset)s)
"""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of practices in order, how many there are in all, and how many carry each facet ("theme:parents")."""

    total: int
    counts: Mapping[str, int]
    practices: Sequence[Practice] = field(default=())


def search(
    text: str = "", *, facets: Mapping[str, str] | None = None, order: str = "", offset: int = 0, limit: int = PAGE
) -> Found:
    """Public practices that hold every word of `text` in one of its languages, and every facet ({"theme": "parents"}).

    `order`: RELEVANCE (only with words) or NEWEST. Four queries, however many are found.
    """
    words = fold(text[:LONGEST])
    wanted = [f"{kind}:{value}" for kind, value in (facets or {}).items() if kind in FACETS and value]
    if words or wanted:
        total, counts, ids = _found(words, wanted, order, offset, limit)
    else:
        total, counts, ids = _all(offset, limit)
    rows = {row.pk: row for row in shown().filter(pk__in=ids)}
    return Found(total, counts, [rows[one] for one in ids if one in rows])


def _found(words: str, wanted: list[str], order: str, offset: int, limit: int) -> tuple[int, dict[str, int], list[int]]:
    conditions = ["search @@ words"] * bool(words) + ["facets @> %(facets)s::varchar[]"] * bool(wanted)
    ranked = bool(words) and order != NEWEST
    sql = _FOUND.format(
        query=_QUERY if words else "null", rank="ts_rank(search, words)" if ranked else "0", 
        where=" and ".join(conditions), order="rank desc, " * ranked + "published_on desc, practice_id desc",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, {"words": words, "facets": wanted, "limit": limit, "offset": offset})
        total, counts, ids = cursor.fetchone()
    return total, json.loads(counts), ids


def _all(offset: int, limit: int) -> tuple[int, dict[str, int], list[int]]:
    """Nothing asked: the counts are kept by trigger."""
    counts = dict(FacetCount.objects.filter(number__gt=0).values_list("facet", "number"))
    rows = Listing.objects.order_by("-published_on", "-practice")
    return counts.pop("", 0), counts, list(rows.values_list("practice", flat=True)[offset : offset + limit])


def shown() -> QuerySet[Practice]:
    """Public practices as a list shows them: version, place, texts (`published.texts.all()`), `used` by how many."""
    texts = PracticeText.objects.exclude(state=Translation.DRAFT).order_by("pk")
    rows = Practice.objects.filter(state__in=PUBLIC).annotate(used=Count("takings"))
    near = ("published", "territory", "territory__country", "organisation", "organisation__kind")
    return rows.select_related(*near).prefetch_related(Prefetch("published__texts", texts))


def by_slug(slug: str) -> Practice:
    """A public practice; NotFound for a draft and a retired one as for none."""
    found = shown().filter(slug=slug).first()
    if found is None:
        raise NotFound("There is no such practice.")
    return found


def newest(count: int) -> list[Practice]:
    """The last that were published."""
    return list(search(limit=count).practices)


def at(territory: int) -> list[Practice]:
    """Public practices of a municipality, the newest first."""
    return list(shown().filter(territory=territory).order_by("-published_on", "-pk"))
