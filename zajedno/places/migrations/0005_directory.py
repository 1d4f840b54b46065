"""The public directory: one row for each public service, in which both scripts and all languages are found at once.

Of a service only what its provider says goes in. Places taken are kept by cases, so they neither stand here nor relist.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

from zajedno.kernel.fence import EXCHANGE

RELIST = """
-- A service may be written in any language of the house: each word is stemmed as every one of them would.
create function app.service_words(said text) returns tsvector language sql stable parallel safe as $$
  select to_tsvector('serbian', n) || to_tsvector('hungarian', n) || to_tsvector('english', n)
    || to_tsvector('simple', n) from app.fold(said) n;
$$;
create function app.service_card(service bigint) returns jsonb language sql stable as $$
  select jsonb_build_object('uuid', s.uuid, 'labels', s.labels, 'target', s.target, 'needs', to_jsonb(s.needs),
    'about', left(s.about, 200), 'organisation', o.name, 'lat', t.name_lat, 'cyr', t.name_cyr, 'fee', s.fee,
    'age_from', s.age_from, 'age_until', s.age_until, 'free', s.free_told, 'checked', s.checked_on)
  from places_service s join places_organisation o on o.id = s.organisation_id
    join places_territory t on t.id = o.territory_id
  where s.id = service;
$$;
-- Codes of the seat, of all it lies in, and of what the institution serves.
create function app.service_places(organisation bigint) returns text[] language sql stable as $$
  with recursive above (id, parent_id, code) as (
    select t.id, t.parent_id, t.code from places_territory t join places_organisation o on o.territory_id = t.id
      where o.id = organisation
    union select t.id, t.parent_id, t.code from places_territory t join above a on t.id = a.parent_id)
  select array(select 'place:' || code from above union select 'place:' || t.code from places_territory t
    join places_organisation_covers c on c.territory_id = t.id where c.organisation_id = organisation);
$$;
create function app.service_relist(services bigint[]) returns void language sql as $$
  delete from places_servicelisting where service_id = any(services);
  insert into places_servicelisting (service_id, key, active_from, active_until, card, facets, counted, search)
  select s.id, app.fold(coalesce(s.labels ->> 'sr', s.labels ->> 'bs', n.names)),
    greatest(s.active_from, o.active_from), least(s.active_until, o.active_until), app.service_card(s.id),
    c.counted || app.service_places(o.id) || array(select 'age:' || age
      from generate_series(coalesce(s.age_from, 0), least(coalesce(s.age_until, 26), 26)) age),
    c.counted, setweight(app.service_words(n.names), 'A')
      || setweight(app.service_words(concat_ws(' ', s.target, o.name, t.name_lat)), 'B')
      || setweight(app.service_words(s.about), 'C')
  from places_service s join places_organisation o on o.id = s.organisation_id
    join places_territory t on t.id = o.territory_id,
    lateral (select coalesce(string_agg(value, ' '), '') as names from jsonb_each_text(s.labels)) n,
    lateral (select array(select 'need:' || one from unnest(s.needs) one)
      || array(select 'language:' || one from unnest(s.languages) one)
      || case when s.fee = '' then '{}'::text[] else array['fee:' || s.fee] end as counted) c
  where s.id = any(services) and s.is_public;
$$;
create function app.service_changed() returns trigger language plpgsql as $$
begin
  perform app.service_relist(array[new.id]);
  return null;
end $$;
create function app.service_provider_changed() returns trigger language plpgsql as $$
begin
  perform app.service_relist(array(select id from places_service where is_public and organisation_id = new.id));
  return null;
end $$;
create function app.service_reach_changed() returns trigger language plpgsql as $$
begin
  perform app.service_relist(array(select id from places_service
    where is_public and organisation_id = coalesce(new.organisation_id, old.organisation_id)));
  return null;
end $$;
-- Not of `taken`: cases give and take places, and the directory must not tell when.
create trigger listed after insert on places_service for each row execute function app.service_changed();
create trigger relisted after update of organisation_id, labels, target, age_from, age_until, active_from, active_until,
  needs, about, fee, languages, free_told, checked_on, is_public on places_service
  for each row execute function app.service_changed();
create trigger relisted after update of name, territory_id, active_from, active_until on places_organisation
  for each row execute function app.service_provider_changed();
create trigger relisted after insert or delete on places_organisation_covers
  for each row execute function app.service_reach_changed();
"""
UNLIST = """
drop trigger relisted on places_organisation_covers; drop trigger relisted on places_organisation;
drop trigger relisted on places_service; drop trigger listed on places_service;
drop function app.service_reach_changed(), app.service_provider_changed(), app.service_changed(),
  app.service_relist(bigint[]), app.service_places(bigint), app.service_card(bigint), app.service_words(text);
"""


class Migration(migrations.Migration):
    dependencies = [("places", "0004_capacity"), ("kernel", "0002_roles")]

    operations = [
        migrations.CreateModel(
            name="ServiceListing",
            fields=[
                (
                    "service",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="places.service",
                    ),
                ),
                ("key", models.TextField()),
                ("active_from", models.DateField(null=True)),
                ("active_until", models.DateField(null=True)),
                ("card", models.JSONField()),
                (
                    "facets",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None),
                ),
                (
                    "counted",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None),
                ),
                ("search", django.contrib.postgres.search.SearchVectorField()),
            ],
        ),
        migrations.AddField(
            model_name="service",
            name="about",
            field=models.TextField(blank=True, max_length=4000, verbose_name="What it is"),
        ),
        migrations.AddField(
            model_name="service",
            name="accessibility",
            field=models.TextField(blank=True, max_length=2000, verbose_name="Accessibility"),
        ),
        migrations.AddField(
            model_name="service",
            name="checked_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="service",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="e-mail"),
        ),
        migrations.AddField(
            model_name="service",
            name="entry",
            field=models.TextField(blank=True, max_length=2000, verbose_name="How to enter"),
        ),
        migrations.AddField(
            model_name="service",
            name="fee",
            field=models.CharField(
                blank=True,
                choices=[
                    ("free", "Free of charge"),
                    ("partly", "Partly paid by the family"),
                    ("paid", "Paid by the family"),
                ],
                max_length=10,
                verbose_name="Cost",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="fee_note",
            field=models.TextField(blank=True, max_length=1000, verbose_name="What it costs, in words"),
        ),
        migrations.AddField(
            model_name="service",
            name="free_told",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="Free places"),
        ),
        migrations.AddField(
            model_name="service",
            name="is_public",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="service",
            name="kept",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="service",
            name="languages",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=10), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="needs",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="phone",
            field=models.CharField(blank=True, max_length=100, verbose_name="telephone"),
        ),
        migrations.AddField(
            model_name="service",
            name="url",
            field=models.URLField(blank=True, max_length=500, verbose_name="Page on the internet"),
        ),
        migrations.AddField(model_name="service", name="names_people", field=models.BooleanField(default=False)),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee__in", ["", "free", "partly", "paid"])), name="service_fee"
            ),
        ),
        migrations.AddIndex(
            model_name="servicelisting",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="service_listing_search"),
        ),
        migrations.AddIndex(
            model_name="servicelisting",
            index=django.contrib.postgres.indexes.GinIndex(fields=["facets"], name="service_listing_facets"),
        ),
        migrations.AddIndex(
            model_name="servicelisting",
            index=models.Index(fields=["key", "service"], name="service_listing_order"),
        ),
        migrations.RunSQL(RELIST, UNLIST),
        migrations.RunSQL(
            f"revoke insert, update, delete on places_servicelisting from {EXCHANGE}", migrations.RunSQL.noop
        ),
    ]
