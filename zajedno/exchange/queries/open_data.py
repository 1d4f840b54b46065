"""Everything that is public of practices, for machines: read piece by piece, so that no country is too large."""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Max

from zajedno.exchange.enums import PUBLIC
from zajedno.exchange.models import Practice, Taking
from zajedno.exchange.queries.catalogue import shown
from zajedno.kernel import fence

PIECE = 200  # practices in memory at once
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MOST_ADDRESSES = 49_000  # a sitemap holds 50,000
FACTS = (
    "language", "themes", "sectors", "targets", "evidence", "cost", "currency", "cost_source", "contact",
    "validated_by", "partners", "figures",
)  # fmt: skip


def mark() -> str:
    """Changes when anything public of any practice does."""
    told = shown().order_by().aggregate(Count("pk"), Max("published_on"), Max("published__texts__written_on"))
    used = Taking.objects.aggregate(Count("pk"), Max("said_on"))
    states = Practice.objects.values_list("state").annotate(Count("pk")).order_by("state")
    return hashlib.sha256(repr((told, used, list(states))).encode()).hexdigest()[:32]


def entries() -> Iterator[dict[str, Any]]:
    """A practice each, as plain values, in the order of their keys.

    It runs after the request's own transaction has ended, so each piece opens one of its own behind the same fence.
    """
    last = 0
    while True:
        with fence.acting(fence.EXCHANGE):
            rows = list(shown().filter(pk__gt=last).order_by("pk")[:PIECE])
        yield from map(entry, rows)
        if len(rows) < PIECE:
            return
        last = rows[-1].pk


def entry(practice: Practice) -> dict[str, Any]:
    version, place = practice.published, practice.territory
    assert version is not None  # a check of the table
    return {
        "slug": practice.slug, "state": practice.state, "published": practice.published_on, "version": version.number,
        "country": place.country_id, "territory": place.code, "place": place.name_lat, "place_cyrillic": place.name_cyr,
        "institution": practice.organisation.name, "used_by": practice.used,  # type: ignore[attr-defined]  # annotated
        **{name: getattr(version, name) for name in FACTS},
        "amount": version.amount, "begins": version.begins_on, "ends": version.ends_on,
        "form": practice.form, "procedure": practice.procedure,
        "texts": [
            {"language": text.language, "state": text.state, "title": text.title, "summary": text.summary,
             "fields": text.fields}
            for text in version.texts.all()
        ],
    }  # fmt: skip


def addresses() -> list[tuple[str, Any]]:
    """(slug, day of publication) of every public practice, the newest first, as many as a sitemap holds."""
    rows = (
        Practice.objects.filter(state__in=PUBLIC).order_by("-published_on", "-pk").values_list("slug", "published_on")
    )
    return list(rows[:MOST_ADDRESSES])
