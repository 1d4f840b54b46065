"""The catalogue: public practices found by words in either script and any language, narrowed by facets."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Prefetch, QuerySet

from zajedno.exchange.enums import PUBLIC, Cost, Evidence, Target, Theme, Translation
from zajedno.exchange.models import FacetCount, Practice, PracticeText
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold
from zajedno.places.enums import Sector

PAGE = 20
LONGEST = 200  # letters of a search that are read
NEWEST = "newest"
SIZES = ("small", "middle", "large", "city", "unknown")  # of the place, by people; bands stand in migration 0005
FACETS: Mapping[str, Sequence[str]] = {
    "theme": Theme.values, "sector": Sector.values, "target": Target.values, "size": SIZES, "cost": Cost.values,
    "evidence": Evidence.values, "country": (),
}  # fmt: skip
# The words in each way of stemming: of which language they are, nobody said.
WORDS = " || ".join(f"plainto_tsquery('{one}', %(words)s)" for one in ("serbian", "hungarian", "english", "simple"))
# What a list shows of a practice: its text in the first of the reader's languages it has, else the source.
_HITS = """
select coalesce(jsonb_agg(jsonb_build_array(p.id, p.slug, p.state, p.published_on, t.code, t.name_lat, t.name_cyr,
    t.country_id, o.name, v.evidence, (select count(*) from exchange_taking k where k.practice_id = p.id),
    x.language, x.state, x.title, left(x.summary, 400)) order by chosen.place), '[]')
from unnest({ids}) with ordinality as chosen(id, place)
  join exchange_practice p on p.id = chosen.id and p.state in ('published', 'needs_update')
  join exchange_practiceversion v on v.id = p.published_id
  join places_territory t on t.id = p.territory_id
  join places_organisation o on o.id = p.organisation_id
  cross join lateral (
    select language, state, title, summary from exchange_practicetext
    where version_id = v.id and (state = 'source' or state <> 'draft' and language = any(%(languages)s))
    order by array_position(%(languages)s::varchar[], language) limit 1) x
"""
_FOUND = """
with asked as materialized (select {query} as words),
found as materialized (
  select practice_id, published_on, facets, {rank} as rank from exchange_listing, asked where {where})
select (select count(*) from found),
  (select coalesce(jsonb_object_agg(facet, number), '{{}}') from (
    select facet, count(*) as number from found, unnest(facets) as named(facet) group by facet) as counted),
  ({hits})
"""
_PAGE = "array(select practice_id from {rows} order by {order} limit %(limit)s offset %(offset)s)"
_NEWEST = "published_on desc, practice_id desc"


@dataclass(frozen=True, slots=True)
class Hit:
    """A practice in a list. `language` and `translation` are of `title` and `summary`; `summary` is cut."""

    id: int
    slug: str
    state: str
    published_on: datetime | None
    code: str  # of the territory
    name_lat: str
    name_cyr: str
    country: str
    institution: str
    evidence: str
    used: int
    language: str
    translation: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of practices in order, how many there are in all, and how many carry each facet ("theme:parents")."""

    total: int
    counts: Mapping[str, int]
    hits: Sequence[Hit] = ()


def search(
    text: str = "",
    *,
    languages: Sequence[str] = (),
    facets: Mapping[str, str] | None = None,
    order: str = "",
    offset: int = 0,
    limit: int = PAGE,
) -> Found:
    """Public practices that hold every word of `text` in one of its languages, and every facet ({"theme": "parents"}).

    `languages`: of the reader, the best first. `order`: NEWEST, else by how well it fits. One query whatever is found;
    two where nothing is asked.
    """
    given: dict[str, Any] = {
        "languages": list(languages),
        "limit": limit,
        "offset": offset,
        "words": fold(text[:LONGEST]),
    }
    given["facets"] = [f"{kind}:{value}" for kind, value in (facets or {}).items() if kind in FACETS and value]
    if given["words"] or given["facets"]:
        return _found(given, ranked=bool(given["words"]) and order != NEWEST)
    counts = dict(FacetCount.objects.filter(number__gt=0).values_list("facet", "number"))
    return Found(counts.pop("", 0), counts, _hits(_PAGE.format(rows="exchange_listing", order=_NEWEST), given))


def _found(given: Mapping[str, Any], *, ranked: bool) -> Found:
    words, facets = bool(given["words"]), bool(given["facets"])
    conditions = ["search @@ words"] * words + ["facets @> %(facets)s::varchar[]"] * facets
    page = _PAGE.format(rows="found", order="rank desc, " * ranked + _NEWEST)
    sql = _FOUND.format(
        query=WORDS if words else "null", rank="ts_rank(search, words)" if ranked else "0",
        where=" and ".join(conditions), hits=_HITS.format(ids=page),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        total, counts, hits = cursor.fetchone()
    return Found(total, json.loads(counts), _read(hits))


def _hits(ids: str, given: Mapping[str, Any]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(_HITS.format(ids=ids), given)
        return _read(cursor.fetchone()[0])


def _read(hits: str) -> list[Hit]:
    """Days come as texts in JSON."""
    return [Hit(*row[:3], row[3] and datetime.fromisoformat(row[3]), *row[4:]) for row in json.loads(hits)]


def newest(count: int, languages: Sequence[str] = ()) -> list[Hit]:
    """The last that were published."""
    return list(search(languages=languages, limit=count).hits)


def chosen(ids: Sequence[int], languages: Sequence[str] = ()) -> list[Hit]:
    """Those of these that are public, in their order."""
    return _hits("%(ids)s::bigint[]", {"ids": list(ids), "languages": list(languages)})


def at(territory: int, languages: Sequence[str] = ()) -> list[Hit]:
    """Public practices of a municipality, the newest first."""
    mine = "select id from exchange_practice where territory_id = %(territory)s and published_id is not null"
    ids = f"array({mine} order by published_on desc, id desc)"
    return _hits(ids, {"territory": territory, "languages": list(languages)})


def shown() -> QuerySet[Practice]:
    """Public practices with everything a page says of one: version, place, texts, `used` by how many."""
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
