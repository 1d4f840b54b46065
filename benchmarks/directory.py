"""The directory with 20,000 services: what a search costs in SQL beside the bare indexed query that says which twenty
and how many, under the role of the public pages. Ratios of one run.

There are two bare queries, a count beside the page or a window over all; the quicker one is the measure.
"""

import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.work import Work

SERVICES, TIMES, MOST = 20_000, 25, 3.0
UNITS, INSTITUTIONS = 150, 2_000
COMMON, RARE = 40, 5_000  # words of the invented language
# What is typed, what narrows, from where.
SEARCHES: dict[str, tuple[str, dict[str, str], int]] = {
    "a rare word": ("rec4000x", {}, 0), "some": ("rec70x", {}, 0), "many": ("rec12x", {}, 0), "most": ("rec0x", {}, 0),
    "two words": ("rec20x rec5x", {}, 0), "in Cyrillic": ("рец12x", {}, 0), "a place": ("", {"place": "d-7"}, 0),
    "a need": ("", {"need": "speech"}, 0), "an age": ("", {"age": "7"}, 0),
    "need, age and place": ("", {"need": "speech", "age": "7", "place": "d-7"}, 0),
    "a word in a place": ("rec12x", {"place": "d-7"}, 0), "free": ("", {"fee": "free"}, 0),
    "the last page of a need": ("", {"need": "speech"}, 10**6), "nothing": ("nemaga", {}, 0),
    "nothing asked": ("", {}, 0), "nothing asked, far on": ("", {}, 10_000),
}  # fmt: skip
BARE = (
    """select array(select service_id from places_servicelisting where {where} order by {order}
      limit 20 offset %(offset)s), (select count(*) from places_servicelisting where {where})""",
    """select service_id, count(*) over () from places_servicelisting where {where} order by {order}
      limit 20 offset %(offset)s""",
)
FILL = """
insert into places_organisation (uuid, code, kind_id, name, territory_id, registry_number, tax_number, address,
  postal_code, place, phone, email, contact_person, language)
select gen_random_uuid(), 'd-' || n, %(kind)s, 'Установа ' || n, (%(places)s::bigint[])[1 + n %% {units}], '', '', '', '',
  '', '', '', '', 'sr' from generate_series(1, {institutions}) n;
insert into places_service (uuid, organisation_id, labels, target, taken, age_from, age_until, needs, about, entry, fee,
  fee_note, languages, accessibility, phone, email, url, free_told, checked_on, is_public, names_people, kept)
select gen_random_uuid(), o.ids[1 + n %% {institutions}], jsonb_build_object('sr', pg_temp.words(n, 3)),
  pg_temp.words(n, 5), 0, n %% 7, 7 + n %% 12, array[(%(needs)s::text[])[1 + n %% 15], (%(needs)s::text[])[1 + n %% 4]],
  pg_temp.words(n, 40), '', (array['free', 'partly', 'paid', ''])[1 + n %% 4], '',
  array['sr', (array['hu', 'bs', 'sq'])[1 + n %% 3]], '', '', '', '', n %% 9, %(today)s, true, false, '{{}}'
from generate_series(1, {services}) n,
  (select array_agg(id) as ids from places_organisation where code like 'd-%%') o;
"""
# Half of the words are among the common ones, which fall off as in real languages; the rest is spread out.
WORDS = f"""
create function pg_temp.words(service int, count int) returns text language sql volatile as $$
  select string_agg('rec' || case when n % 2 = 0 then floor({COMMON} * power(random(), 3))::int
    else {COMMON} + floor({RARE} * power(random(), 2))::int end || 'x', ' ') from generate_series(1, count) n
$$
"""


def run() -> bool:
    """Every search beside its bare query; filling takes about half a minute."""
    from benchmarks import country

    country.begin()
    from zajedno.kernel import fence

    _fill()
    passed = True
    with fence.acting(fence.EXCHANGE):
        for name, asked in SEARCHES.items():
            passed = _search(name, *asked) and passed
    return passed


def _fill() -> None:
    from django.db import connection

    from tests.places import factories as places
    from zajedno.kernel.clock import today
    from zajedno.places.enums import Need

    units = [places.territory(f"Место {n}", f"Mesto {n}", f"d-{n}").pk for n in range(UNITS)]
    given = {"kind": places.kind().pk, "places": units, "needs": Need.values, "today": today()}
    start = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(WORDS)
        for statement in FILL.format(units=UNITS, institutions=INSTITUTIONS, services=SERVICES).split(";\n"):
            if statement.strip():
                cursor.execute(statement, given)
        cursor.execute("analyze" if connection.in_atomic_block else "vacuum analyze places_servicelisting")
    print(f"{SERVICES:,} services: {time.perf_counter() - start:.0f} s to write and list")


def _search(name: str, text: str, facets: dict[str, str], offset: int) -> bool:
    from zajedno.kernel.clock import today
    from zajedno.kernel.script import fold
    from zajedno.places.queries.directory import NOW, WORDS, search
    from zajedno.places.queries.directory import _begun as begun

    said = [f"search @@ ({WORDS})"] * bool(text) + ["facets @> %(facets)s::varchar[]"] * bool(facets)
    order = f"ts_rank(search, {WORDS}) desc, key, service_id" if text else "key, service_id"
    bare = [one.format(where=" and ".join([*said, NOW]), order=order) for one in BARE]
    total = search(text, facets=facets, today=today()).total
    offset = min(offset, max(0, (total - 1) // 20 * 20))
    words = fold(text)
    given: dict[str, Any] = {
        "words": words, "begun": begun(words), "offset": offset, "today": today(),
        "facets": [f"{kind}:{value}" for kind, value in facets.items()],
    }  # fmt: skip
    acts: list[Callable[[], object]] = [partial(_execute, sql, given) for sql in bare]
    acts.append(lambda: search(text, facets=facets, today=today(), offset=offset))
    work = Work()
    rounds = [[work.of(act) for act in acts] for _ in range(TIMES + 1)][1:]
    *plain, whole = (statistics.median(each) for each in zip(*rounds, strict=True))
    print(f"{name}: {total:,} found, bare {min(plain) * 1000:.2f} ms, directory {whole * 1000:.2f} ms in SQL: "
          f"{whole / min(plain):.2f} times (bound {MOST})", flush=True)  # fmt: skip
    return whole <= MOST * min(plain)


def _execute(sql: str, given: dict[str, Any]) -> None:
    from django.db import connection

    connection.cursor().execute(sql, given)
