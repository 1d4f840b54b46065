"""A search is counted by theme and month. It has no actor and no line of audit: both would keep who asked and when."""

from collections.abc import Collection

from django.db import connection

from zajedno.exchange.enums import Theme
from zajedno.kernel.clock import today

# A counter may be lost with the power; a reader does not wait for the disk.
_COUNT = """
select set_config('synchronous_commit', 'off', true);
insert into exchange_sought (month, theme, number, unfound)
select date_trunc('month', %(today)s::date)::date, theme, 1, %(unfound)s from unnest(%(themes)s::varchar[]) as t(theme)
order by theme
on conflict (month, theme) do update
set number = exchange_sought.number + 1, unfound = exchange_sought.unfound + excluded.unfound
"""


def count_search(*, themes: Collection[str], found: int) -> None:
    """`found`: how many practices it found. Themes that are none are left out."""
    known = [one for one in Theme.values if one in themes]
    if known:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, {"today": today(), "themes": known, "unfound": int(not found)})
