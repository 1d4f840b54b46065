"""The catalogue: one row for each public practice, in which both scripts and all languages are found at once.

A text is folded, then stemmed in its own language: "vrtic" finds "вртићу". The words of all languages of a practice
stand in one vector, so that a search reads one row a practice and no practice is found twice. What a list shows stands
beside it (`card`), so that no list joins six tables; institutions are not in it, since they change without a practice.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

WORDS = """
create function app.exchange_words(language text, title text, summary text, fields jsonb) returns tsvector
language plpgsql stable parallel safe as $$
declare
  said regconfig := case
    when language in ('sr', 'sr-latn', 'bs', 'hr') then 'serbian'::regconfig
    when language = 'hu' then 'hungarian'::regconfig
    when language = 'en' then 'english'::regconfig
    else 'simple'::regconfig end;
begin
  return setweight(to_tsvector(said, app.fold(title)), 'A') || setweight(to_tsvector(said, app.fold(summary)), 'B')
    || setweight(to_tsvector(said, app.fold(coalesce(
      (select string_agg(one #>> '{}', ' ') from jsonb_path_query(fields, 'strict $.** ? (@.type() == "string")') one),
      ''))), 'C');
end $$;
-- A name of a place has no language: it is found beside words of any.
create function app.exchange_name(name text) returns tsvector language sql stable parallel safe as $$
  select setweight(to_tsvector('serbian', n) || to_tsvector('hungarian', n) || to_tsvector('english', n)
    || to_tsvector('simple', n), 'B') from app.fold(name) n;
$$;
create aggregate app.together(tsvector) (sfunc = tsvector_concat, stype = tsvector, initcond = '');
"""
# A place is small below 20,000 people, middle below 50,000, large below 100,000, else a city; own bands.
RELIST = """
create function app.exchange_size(territory bigint) returns text language sql stable parallel safe as $$
  select coalesce((select case when p.count < 20000 then 'small' when p.count < 50000 then 'middle'
      when p.count < 100000 then 'large' else 'city' end
    from places_population p where p.territory_id = territory and p.band = 'all' and p.sex = 'all'
    order by p.year desc limit 1), 'unknown');
$$;
create function app.exchange_card(practice bigint) returns jsonb language sql stable parallel safe as $$
  select jsonb_build_object('slug', p.slug, 'state', p.state, 'day', p.published_on, 'code', t.code, 'lat', t.name_lat,
    'cyr', t.name_cyr, 'country', t.country_id, 'evidence', v.evidence, 'source', v.language,
    'used', (select count(*) from exchange_taking k where k.practice_id = p.id),
    'texts', (select jsonb_object_agg(x.language, jsonb_build_array(x.state, x.title, left(x.summary, 300)))
      from exchange_practicetext x where x.version_id = v.id and x.state <> 'draft'))
  from exchange_practice p join exchange_practiceversion v on v.id = p.published_id
    join places_territory t on t.id = p.territory_id
  where p.id = practice;
$$;
create function app.exchange_relist(practices bigint[]) returns void language sql as $$
  delete from exchange_listing where practice_id = any(practices);
  insert into exchange_listing (practice_id, published_on, card, facets, search)
  select p.id, coalesce(p.published_on, p.begun_on), app.exchange_card(p.id),
    array['country:' || t.country_id, 'size:' || app.exchange_size(t.id), 'evidence:' || v.evidence]
      || case when v.cost = '' then '{}'::text[] else array['cost:' || v.cost] end
      || array(select 'theme:' || one from (select distinct unnest(v.themes)) as named(one))
      || array(select 'sector:' || one from (select distinct unnest(v.sectors)) as named(one))
      || array(select 'target:' || one from (select distinct unnest(v.targets)) as named(one)),
    coalesce((select app.together(app.exchange_words(x.language, x.title, x.summary, x.fields) order by x.id)
      from exchange_practicetext x where x.version_id = v.id and x.state <> 'draft'), '')
      || app.exchange_name(t.name_lat)
  from exchange_practice p
    join exchange_practiceversion v on v.id = p.published_id
    join places_territory t on t.id = p.territory_id
  where p.id = any(practices) and p.state in ('published', 'needs_update');
$$;
create function app.exchange_practice_changed() returns trigger language plpgsql as $$
begin
  perform app.exchange_relist(array(select id from changed));
  return null;
end $$;
create function app.exchange_text_changed() returns trigger language plpgsql as $$
begin
  perform app.exchange_relist(array(
    select distinct p.id from changed c join exchange_practice p on p.published_id = c.version_id));
  return null;
end $$;
create function app.exchange_taking_changed() returns trigger language plpgsql as $$
begin
  update exchange_listing set card = app.exchange_card(practice_id)
    where practice_id in (select practice_id from changed);
  return null;
end $$;
create trigger counted after insert on exchange_taking referencing new table as changed
  for each statement execute function app.exchange_taking_changed();
create trigger discounted after delete on exchange_taking referencing old table as changed
  for each statement execute function app.exchange_taking_changed();
create trigger listed after insert on exchange_practice referencing new table as changed
  for each statement execute function app.exchange_practice_changed();
create trigger relisted after update on exchange_practice referencing new table as changed
  for each statement execute function app.exchange_practice_changed();
create trigger listed after insert on exchange_practicetext referencing new table as changed
  for each statement execute function app.exchange_text_changed();
create trigger relisted after update on exchange_practicetext referencing new table as changed
  for each statement execute function app.exchange_text_changed();
create trigger unlisted after delete on exchange_practicetext referencing old table as changed
  for each statement execute function app.exchange_text_changed();
"""
# In the order of their names, so that two who publish at once never wait for each other in a ring.
COUNTS = """
create function app.exchange_count() returns trigger language plpgsql as $$
begin
  insert into exchange_facetcount (facet, number)
  select facet, (case tg_op when 'DELETE' then -1 else 1 end) * count(*)
  from changed, unnest(facets || ''::varchar) as named(facet) group by facet order by facet
  on conflict (facet) do update set number = exchange_facetcount.number + excluded.number;
  return null;
end $$;
create trigger counted after insert on exchange_listing referencing new table as changed
  for each statement execute function app.exchange_count();
create trigger discounted after delete on exchange_listing referencing old table as changed
  for each statement execute function app.exchange_count();
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_event"), ("kernel", "0001_text")]
    operations: list[migrations.operations.base.Operation] = [
        migrations.RemoveIndex(model_name="practicetext", name="exchange_pr_search_52d249_gin"),
        migrations.RemoveField(model_name="practicetext", name="search"),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "practice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="exchange.practice",
                    ),
                ),
                ("published_on", models.DateTimeField()),
                ("card", models.JSONField()),
                (
                    "facets",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None),
                ),
                ("search", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="listing_search"),
                    django.contrib.postgres.indexes.GinIndex(fields=["facets"], name="listing_facets"),
                    models.Index(fields=["-published_on", "-practice"], name="listing_newest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FacetCount",
            fields=[
                ("facet", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
            ],
        ),
        migrations.RunSQL(WORDS + RELIST + COUNTS, migrations.RunSQL.noop),
    ]
