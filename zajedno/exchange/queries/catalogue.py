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
MOST = 500  # practices that are ranked and counted; of more, the newest: nobody looks through so many
NEWEST = "newest"
SIZES = ("small", "middle", "large", "city", "unknown")  # of the place, by people; bands stand in migration 0005
FACETS: Mapping[str, Sequence[str]] = {
    "theme": Theme.values, "sector": Sector.values, "target": Target.values, "size": SIZES, "cost": Cost.values,
    "evidence": Evidence.values, "country": (),
}  # fmt: skip
# The words in each way of stemming: of which language they are, nobody said.
WORDS = [f"plainto_tsquery('{one}', %(words)s)" for one in ("serbian", "hungarian", "english", "simple")]
_CARDS = """
select coalesce(jsonb_agg(l.card order by chosen.place), '[]')
from unnest({ids}) with ordinality as chosen(id, place) join exchange_listing l on l.practice_id = chosen.id
"""
_FOUND = """
select * from app.exchange_search(
  array[{words}]::tsquery[], %(facets)s::varchar[], %(ranked)s, %(most)s, %(limit)s, %(offset)s)
"""
_PAGE = "array(select practice_id from exchange_listing order by {order} limit %(limit)s offset %(offset)s)"
_NEWEST, _OLDEST = "published_on desc, practice_id desc", "published_on, practice_id"


@dataclass(frozen=True, slots=True)
class Hit:
    """A practice in a list. `texts`: (translation's state, title, cut summary) by language; `source`: the first."""

    slug: str
    state: str
    day: datetime
    code: str  # of the territory
    lat: str
    cyr: str
    country: str
    evidence: str
    used: int
    source: str
    texts: Mapping[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of practices in order, how many there are in all, and how many carry each facet ("theme:parents").

    `more`: there are more than `total`; that many are the newest of them, in that order, and no facet is counted.
    """

    total: int
    counts: Mapping[str, int]
    hits: Sequence[Hit] = ()
    more: bool = False


def search(
    text: str = "", *, facets: Mapping[str, str] | None = None, order: str = "", offset: int = 0, limit: int = PAGE
) -> Found:
    """Public practices that hold every word of `text` in one of its languages, and every facet ({"theme": "parents"}).

    `languages`: of the reader, the best first. `order`: NEWEST, else by how well it fits. One query whatever is found;
    two where nothing is asked.
    """
    given: dict[str, Any] = {"limit": limit, "offset": offset, "words": fold(text[:LONGEST])}
    given["facets"] = [f"{kind}:{value}" for kind, value in (facets or {}).items() if kind in FACETS and value]
    if given["words"] or given["facets"]:
        return _found(given | {"ranked": bool(given["words"]) and order != NEWEST})
    counts = dict(FacetCount.objects.filter(number__gt=0).values_list("facet", "number"))
    total = counts.pop("", 0)
    return Found(total, counts, _walked(total, offset, limit))


def _walked(total: int, offset: int, limit: int) -> list[Hit]:
    """A page of all, walked to from its nearer end: each row on the way is read."""
    if 2 * offset < total:
        return _hits(_PAGE.format(order=_NEWEST), {"limit": limit, "offset": offset})
    left = max(0, min(limit, total - offset))
    return _hits(_PAGE.format(order=_OLDEST), {"limit": left, "offset": max(0, total - offset - left)})[::-1]


def _found(given: Mapping[str, Any]) -> Found:
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(words=", ".join(WORDS) if given["words"] else ""), {**given, "most": MOST})
        total, counts, hits = cursor.fetchone()
    return Found(min(total, MOST), json.loads(counts), _read(hits), more=total > MOST)


def _hits(ids: str, given: Mapping[str, Any]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(_CARDS.format(ids=ids), given)
        return _read(cursor.fetchone()[0])


def _read(cards: str) -> list[Hit]:
    """Days come as texts in JSON."""
    return [Hit(**card | {"day": datetime.fromisoformat(card["day"])}) for card in json.loads(cards)]


def newest(count: int) -> list[Hit]:
    """The last that were published."""
    return list(search(limit=count).hits)


def chosen(ids: Sequence[int]) -> list[Hit]:
    """Those of these that are public, in their order."""
    return _hits("%(ids)s::bigint[]", {"ids": list(ids)})


def at(territory: int) -> list[Hit]:
    """Public practices of a municipality, the newest first."""
    mine = "select id from exchange_practice where territory_id = %(territory)s and published_id is not null"
    return _hits(f"array({mine} order by published_on desc, id desc)", {"territory": territory})


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
