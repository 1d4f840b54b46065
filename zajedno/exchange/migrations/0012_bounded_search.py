"""A search that costs about the same whether a word stands in a few practices or in all of them.

The planner takes reading a vector for free. Vectors are kept apart and packed, so that for a common word it read all
of them: half a second for 50,000. Here an index is asked, and what is to be read is chosen by the planner's estimate,
which knows common words. Of more practices than anybody looks through, the newest are taken, neither ranked nor
counted. A card is kept apart too, so that what is read of each practice is small.
"""

from django.db import migrations

SEARCH = """
alter table exchange_listing set (toast_tuple_target = 128);
alter table exchange_listing alter column facets set storage main;
update exchange_listing set facets = facets;  -- written anew, as the lines above say

create function app.exchange_estimate(fits text) returns float language plpgsql as $$
declare told json;
begin
  execute 'explain (format json) select from exchange_listing where ' || fits into told;
  return told -> 0 -> 'Plan' ->> 'Plan Rows';
end $$;

create function app.exchange_search(said tsquery[], narrowed varchar[], ranked boolean, most int, size int, skipped int,
  out total bigint, out counts jsonb, out cards jsonb)
language plpgsql set enable_seqscan = off as $$
declare
  words tsquery := (  -- most are the same word in each way of stemming, which is asked once
    select string_agg(distinct format('(%s)', one), ' | ')::tsquery from unnest(said) one where numnode(one) > 0);
  worded text := format('search @@ %L::tsquery', words);
  faceted text := format('facets @> %L::varchar[]', narrowed);
  fits text := case when words is null then faceted when narrowed = '{}' then worded
    else concat(faceted, ' and ', worded) end;  -- a facet is looked at sooner than a vector
  everything float := (select number from exchange_facetcount where facet = '');
  -- Walking reads `most` of those that fit, and all on the way; collecting reads all that fit. A vector costs ten rows.
  common boolean := app.exchange_estimate(case when words is null then faceted else worded end) ^ 2
    >= case when words is null then 1 else 10 end * most * everything;
  walked boolean := common and app.exchange_estimate(fits) ^ 2 >= most * everything;
begin
  if words is null and said <> '{}' then
    select 0, '{}', '[]' into total, counts, cards;  -- signs that are no word
    return;
  end if;
  if words is not null and narrowed <> '{}' and not common then
    fits := format('(%s) is true and %s', faceted, worded);  -- by the words' index, not by that of facets
  end if;
  -- Walked from the newest, or collected by an index and then sorted (by what no index has).
  execute format('
    with found as materialized (
      select practice_id, published_on, facets, search from exchange_listing where %s order by %s limit $1 + 1),
    many as (select count(*) as number from found),
    page as (
      select practice_id, row_number() over (order by rank desc, published_on desc, practice_id desc) as place from (
        select practice_id, published_on, case when $2 and number <= $1 then ts_rank(search, $3) else 0 end as rank
        from found, many) as one order by place limit $4 offset $5)
    select (select number from many),
      case when (select number from many) > $1 then ''{}'' else
        (select coalesce(jsonb_object_agg(facet, number), ''{}'') from (
          select facet, count(*) as number from found, unnest(facets) as named(facet) group by facet) as counted) end,
      (select coalesce(jsonb_agg(l.card order by p.place), ''[]'')
        from page p join exchange_listing l on l.practice_id = p.practice_id)',
    fits, case when walked then 'published_on' else 'published_on + interval ''0''' end || ' desc, practice_id desc')
  into total, counts, cards using most, ranked, words, size, skipped;
end $$;
"""
GONE = """
drop function app.exchange_search(tsquery[], varchar[], boolean, int, int, int);
drop function app.exchange_estimate(text);
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0011_community")]
    operations = [migrations.RunSQL(SEARCH, GONE)]
