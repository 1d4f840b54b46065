"""The catalogue's own rows, where what changed is not a practice (its triggers see to that) but the places."""

from django.db import connection

_STALE = """
select app.exchange_relist(array(
  select l.practice_id from exchange_listing l join exchange_practice p on p.id = l.practice_id
    join places_territory t on t.id = p.territory_id
  where not l.facets @> array['size:' || app.exchange_size(t.id)]::varchar[]
    or (l.card ->> 'lat', l.card ->> 'cyr') is distinct from (t.name_lat, t.name_cyr)))
"""


def follow_places() -> None:
    """List anew what lies in a place that was renamed, or whose number of people has moved to another band."""
    with connection.cursor() as cursor:
        cursor.execute(_STALE)
