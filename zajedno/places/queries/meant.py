"""What somebody may have meant who found no service: words a slip away, a need, a place."""

import re
from collections.abc import Iterator
from datetime import date

from django.db import connection

from zajedno.kernel.script import fold
from zajedno.places.logic.nearness import distance
from zajedno.places.logic.resolver import allowed_steps
from zajedno.places.logic.service_rows import NEEDS, key_of
from zajedno.places.models import Territory
from zajedno.places.queries.directory import BEGINNING, LONGEST, NOW, search
from zajedno.places.queries.territory import resolve

MOST_WORDS = 6
_WORDS = f"""
select word, count(*) from places_servicelisting, unnest(string_to_array(key, ' ')) word
where {NOW} and length(word) >= %(least)s group by word
"""


def nearest(text: str, today: date) -> str:
    """The text with each word that no service has in its name set right by the nearest that one has; "" when that finds
    nothing either. Names of services are few words, so they are held beside the text one by one."""
    words = fold(text[:LONGEST]).split()[:MOST_WORDS]
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, {"today": today, "least": BEGINNING})
        known: dict[str, int] = dict(cursor.fetchall())
    told = " ".join(_near(word, known) for word in words)
    return told if told != " ".join(words) and search(told, today=today, limit=1).total else ""


def _near(word: str, known: dict[str, int]) -> str:
    steps = allowed_steps(word)
    if word in known or not steps:
        return word
    near = [(distance(word, one), -count, one) for one, count in known.items() if abs(len(one) - len(word)) <= steps]
    best = min(near, default=(steps + 1, 0, word))
    return best[2] if best[0] <= steps else word


def facets(text: str, today: date) -> Iterator[tuple[str, str, Territory | None]]:
    """A need or a place that the words name, where there is a service for it: (kind, value, the place)."""
    need = key_of(NEEDS, text)
    if need and search(facets={"need": need}, today=today, limit=1).total:
        yield "need", need, None
    place, _match = resolve(text)
    if place and search(facets={"place": place.code}, today=today, limit=1).total:
        yield "place", place.code, place


def is_said(text: str) -> bool:
    """Is there a letter or number in it to look for?"""
    return bool(re.search(r"\w", fold(text)))
