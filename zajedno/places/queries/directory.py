"""The public directory of services: found by words in either script, need, age, place, cost and language."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold
from zajedno.places.models import Service, ServiceListing, Territory
from zajedno.places.models.service import FRESH

PAGE = 20
LONGEST = 200  # letters of a search that are read
MOST = 500  # of more services no facet is counted: the list must be narrowed anyway
COUNTED = ("need", "fee", "language")
FACETS = (*COUNTED, "age", "place")
# The words in each way of stemming, since of which language they are nobody said; or as beginnings: "logoped" finds
# "logopedski", which no stemmer knows.
STEMMED = " || ".join(f"plainto_tsquery('{one}', %(words)s)" for one in ("serbian", "hungarian", "english", "simple"))
WORDS = f"{STEMMED} || to_tsquery('simple', %(begun)s)"
BEGINNING = 4  # letters; shorter ones begin too much
NOW = "(active_from is null or active_from <= %(today)s) and (active_until is null or active_until > %(today)s)"
_ALL = f"""
select (select count(*) from places_servicelisting where {NOW}), '',
  (select string_agg(card::text, ',') from (select card from places_servicelisting where {NOW}
    order by key, service_id limit %(limit)s offset %(offset)s) page)
"""
# One walk over what fits; cards are fetched for one page only. While there are few, their facets come along to be
# counted here: words without blanks, joined by them.
_SOME = """
with fits as materialized (
  select service_id, key, counted, {rank} as rank from places_servicelisting where {where}),
total as (select count(*) as number from fits)
select number,
  case when number <= %(most)s then (select string_agg(array_to_string(counted, ' '), ' ') from fits) end,
  (select string_agg((select card::text from places_servicelisting l where l.service_id = page.service_id), ',') from (
    select service_id from fits order by rank desc, key, service_id limit %(limit)s offset %(offset)s) page)
from total
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A service in a list. `free`: as its provider said on the day it was checked."""

    uuid: str
    labels: Mapping[str, str]
    target: str
    about: str  # its beginning
    needs: Sequence[str]
    organisation: str
    lat: str  # the municipality
    cyr: str
    fee: str
    age_from: int | None
    age_until: int | None
    free: int | None
    checked: date | None

    def is_stale(self, today: date) -> bool:
        return self.checked is None or self.checked + FRESH < today


@dataclass(frozen=True, slots=True)
class Found:
    """A page, how many there are in all, and how many of them carry each facet ("need:speech"); None: not counted."""

    total: int
    counts: Mapping[str, int] | None
    hits: Sequence[Hit] = ()


def search(
    text: str = "", *, facets: Mapping[str, str] | None = None, today: date, offset: int = 0, limit: int = PAGE
) -> Found:
    """Public services that are offered and hold every word of `text` and every facet ({"need": "speech", "age": "7"}).

    One query, whatever is asked and found. By how well they fit, else by name.
    """
    words = fold(text[:LONGEST]).strip()
    chosen = [f"{kind}:{value}" for kind, value in (facets or {}).items() if kind in FACETS and value]
    given: dict[str, Any] = {
        "words": words,
        "begun": _begun(words),
        "facets": chosen,
        "today": today,
        "most": MOST,
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(_query(words, chosen), given)
        total, counts, cards = cursor.fetchone()
    told = None if total > MOST else Counter((counts or "").split())
    return Found(total, told, [_read(card) for card in json.loads(f"[{cards or ''}]")])


def _begun(words: str) -> str:
    """The words as `to_tsquery` takes them: letters and digits alone, so that no sign of theirs is an operator."""
    return " & ".join(f"{word}:*" if len(word) >= BEGINNING else word for word in re.findall(r"[^\W_]+", words))


def _query(words: str, chosen: Sequence[str]) -> str:
    if not words and not chosen:
        return _ALL
    where = ["facets @> %(facets)s::varchar[]"] * bool(chosen) + [f"search @@ ({WORDS})"] * bool(words) + [NOW]
    rank = f"ts_rank(search, {WORDS})" if words else "0"
    return _SOME.format(where=" and ".join(where), rank=rank)


def _read(card: dict[str, Any]) -> Hit:
    """Days come as texts in JSON."""
    checked = card.pop("checked")
    return Hit(**card, checked=date.fromisoformat(checked) if checked else None)


def public(today: date) -> QuerySet[Service]:
    """Public services offered by a working institution, in the order of the list."""
    ids = _listing(today).values("pk")
    return Service.objects.filter(pk__in=ids).select_related("organisation__kind", "organisation__territory__country")


@dataclass(frozen=True, slots=True)
class Tally:
    """Public services that reach a place: how many, with a free place as their provider said, unchecked for a year."""

    services: int
    free: int
    stale: int


def tally(code: str, today: date) -> Tally:
    """Of a place (its code), as the list shows them. One query."""
    cards = list(_listing(today).filter(facets__contains=[f"place:{code}"]).values_list("card", flat=True))
    hits = [_read(card) for card in cards]
    return Tally(len(hits), sum(bool(one.free) for one in hits), sum(one.is_stale(today) for one in hits))


def needs_met(codes: set[str], today: date) -> dict[str, list[set[str]]]:
    """By place (code): the needs of each public service that reaches it. One query."""
    found: dict[str, list[set[str]]] = {}
    rows = _listing(today).filter(facets__overlap=[f"place:{code}" for code in codes]) if codes else ()
    for one in rows:
        needs = {facet.removeprefix("need:") for facet in one.counted if facet.startswith("need:")}
        for code in codes & {facet.removeprefix("place:") for facet in one.facets}:
            found.setdefault(code, []).append(needs)
    return found


def _listing(today: date) -> QuerySet[ServiceListing]:
    begun = Q(active_from=None) | Q(active_from__lte=today)
    return ServiceListing.objects.filter(begun, Q(active_until=None) | Q(active_until__gt=today))


def one(uuid: UUID | str, today: date) -> Service:
    """A public service; NotFound for one that is not public or over as for none."""
    found = public(today).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("There is no such service.")
    return found


def serves(service: Service) -> list[Territory]:
    """Places of the institution: its seat, and what it covers."""
    return [service.organisation.territory, *service.organisation.covers.order_by("key")]
