"""Of a word that many practices hold, only as many of the newest are looked through as hold `most` of them.

Walking from the newest read the vector of every practice on the way, collecting all that hold the word read and sorted
them: a word in every fifth practice was dear both ways. A day tells the planner how small the slice is, so that it
crosses the words' index with that of days. Which practices are found is asked first and alone; the rest are statements
whose plans are kept.
"""

from django.db import migrations

SEARCH = """
create or replace function app.exchange_search(said tsquery[], narrowed varchar[], ranked boolean, most int, size int,
  skipped int, out total bigint, out counts jsonb, out cards jsonb)
language plpgsql set enable_seqscan = off as $$
declare
  words tsquery := (  -- most are the same word in each way of stemming, which is asked once
    select string_agg(distinct format('(%s)', one), ' | ')::tsquery from unnest(said) one where numnode(one) > 0);
  worded text := format('search @@ %L::tsquery', words);
  faceted text := format('facets @> %L::varchar[]', narrowed);
  fits text := case when words is null then faceted when narrowed = '{}' then worded
    else concat(faceted, ' and ', worded) end;
  everything float := (select number from exchange_facetcount where facet = '');
  -- So many of the newest should hold `most` that fit, if what the planner estimates is true.
  slice float := most * everything / greatest(1, app.exchange_estimate(fits));
  walked boolean := slice < 2 * most;  -- nearly all fit: they are read in their order
  since timestamptz := case when not walked and slice < everything / 2 then (  -- with a quarter more, from statistics
    select days[cardinality(days) - ceil(1.25 * slice / everything * (cardinality(days) - 1))::int]
    from (select histogram_bounds::text::timestamptz[] from pg_stats where schemaname = 'public'
      and tablename = 'exchange_listing' and attname = 'published_on') as known(days)) end;
  found bigint[] := '{}';
begin
  if words is not null and narrowed <> '{}'
    and app.exchange_estimate(worded) < 20 * app.exchange_estimate(faceted) then
    -- By the words' index: the planner takes reading a vector for free, yet it costs as much as twenty rows so found.
    fits := format('(%s) is true and %s', faceted, worded);
  end if;
  if words is not null or said = '{}' then  -- else: signs that are no word
    loop
      -- Else sorted by what no index has, so that not the vector of each on the way is read.
      execute format('select array(select practice_id from exchange_listing where %s
        order by published_on%s desc, practice_id desc limit $1 + 1)',
        concat(fits, ' and published_on >= ' || quote_literal(since)),
        case when not walked then ' + interval ''0''' end) into found using most;
      exit when since is null or cardinality(found) > most;
      since := null;  -- the slice held too few: all are looked through
    end loop;
  end if;
  total := cardinality(found);
  counts := '{}';
  cards := '[]';
  if total between 1 and most then
    select coalesce(jsonb_object_agg(facet, number), '{}') into counts from (
      select facet, count(*) as number from exchange_listing, unnest(facets) as named(facet)
      where practice_id = any(found) group by facet) as counted;
    if ranked then
      found := array(select practice_id from exchange_listing where practice_id = any(found)
        order by ts_rank(search, words) desc, published_on desc, practice_id desc);
    end if;
  end if;
  if total > 0 then
    select coalesce(jsonb_agg(l.card order by page.place), '[]') into cards
    from unnest(found[skipped + 1:skipped + size]) with ordinality as page(id, place)
    join exchange_listing l on l.practice_id = page.id;
  end if;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0012_bounded_search")]
    operations = [migrations.RunSQL(SEARCH, migrations.RunSQL.noop)]  # same signature: the older code can call it
