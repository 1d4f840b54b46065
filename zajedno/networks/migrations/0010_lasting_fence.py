"""How lasting a network is and what it learnt is read by its people and written by who holds the verb; none of it is
ever changed. Who compares networks reaches no row: a function gives them numbers, and has no place for a text."""

from django.db import migrations

from zajedno.kernel.fence import EXCHANGE, RUNTIME, WORKER, fence

READS = """
-- Networks of the account's people today: where they hold a post with a verb of networks, and, for who may be asked in
-- their rounds, those that work where their institution has its seat.
create function app.reads_networks() returns bigint[] language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  with recursive mine as (
    select distinct p.organisation_id, o.territory_id, 'networks.answer' = any (r.verbs) as answers
    from places_post p
    join access_account a on a.id = p.account_id and a.is_active
    join access_role r on r.key = p.role_id and r.retired_on is null
      and r.verbs && array['networks.answer', 'networks.open_round', 'networks.settle', 'networks.assess',
        'networks.log_training']::varchar[]
    join places_organisation o on o.id = p.organisation_id
      and (o.active_from is null or o.active_from <= app.today())
      and (o.active_until is null or o.active_until > app.today())
    where p.account_id = app.account() and p.since <= app.today() and (p.until is null or p.until > app.today())
  ), above (id, parent_id) as (
    select t.id, t.parent_id from places_territory t join mine m on m.territory_id = t.id and m.answers
    union select t.id, t.parent_id from places_territory t join above b on t.id = b.parent_id
  )
  select coalesce(array_agg(n.id), '{}') from places_organisation n
  where n.id in (select organisation_id from mine)
    or n.kind_id in ('inclusion_network', 'inclusion_commission') and (
      n.territory_id in (select id from above)
      or exists (select from places_organisation_covers c
        where c.organisation_id = n.id and c.territory_id in (select id from above)))
$$;
"""

NUMBERS = """
-- What may be compared of the networks of a country, for who holds the verb there: `what` is level, self, ties, few
-- or members; `key` a dimension, a figure or a sector. Only numbers fit into it.
create function app.network_numbers()
returns table (organisation bigint, what text, key text, value numeric, on_day date)
language sql stable security definer set search_path = pg_catalog, public as $$
  with network as (
    select o.id from places_organisation o join places_territory t on t.id = o.territory_id
    where o.kind_id in ('inclusion_network', 'inclusion_commission')
      and (o.active_from is null or o.active_from <= app.today())
      and (o.active_until is null or o.active_until > app.today())
      and t.country_id in (select h.country_id from places_organisation m
        join places_territory h on h.id = m.territory_id
        where m.id = any ((select app.organisations_for('networks.compare'))::bigint[]))
  ), told as (
    select distinct on (r.organisation_id, f ->> 'key') r.organisation_id, f ->> 'key' as key,
      (f ->> 'value')::numeric as value, o.closed_on::date as on_day
    from networks_round r join network n on n.id = r.organisation_id
    join networks_outcome o on o.round_id = r.id
    cross join lateral jsonb_array_elements(o.content -> 'figures') f
    where f -> 'about' = '[]' and f ->> 'value' is not null and f ->> 'key' in ('level', 'density')
    order by r.organisation_id, f ->> 'key', r.opens_on desc, r.id desc
  ), newest as (
    select distinct on (r.organisation_id) r.id, r.organisation_id, r.opens_on
    from networks_round r join network n on n.id = r.organisation_id
    order by r.organisation_id, r.opens_on desc, r.id desc
  ), seated as (
    select b.organisation_id, m.sector, coalesce(m.organisation_id::text, lower(m.institution)) as institution
    from networks_body b join network n on n.id = b.organisation_id join networks_member m on m.body_id = b.id
    where b.kind in ('network', 'commission') and b.ended_on is null
      and m.since <= app.today() and (m.until is null or m.until > app.today())
  )
  (select distinct on (s.organisation_id, s.dimension) s.organisation_id, 'level', s.dimension::text,
    s.level::numeric, s.holds_on
  from networks_sustainabilitylevel s join network n on n.id = s.organisation_id
  order by s.organisation_id, s.dimension, s.holds_on desc, s.id desc)
  union all
  select organisation_id, case told.key when 'level' then 'self' else 'ties' end, told.key, told.value, told.on_day
  from told
  union all
  -- asked, and too few answered for a number (FEWEST of logic/outcome.py)
  select n.id, 'few', 'self', null, max(o.closed_on)::date
  from network n join networks_round r on r.organisation_id = n.id
  join forms_version v on v.id = r.version_id and v.facts ->> 'score' = 'self-evaluation'
  join networks_outcome o on o.round_id = r.id and (o.content ->> 'sheets')::integer > 0
  where not exists (select from told where told.organisation_id = n.id and told.key = 'level')
  group by n.id
  union all
  -- institutions that sit in the network's bodies; where nobody wrote them down, those asked in the newest round
  select organisation_id, 'members', sector::text, count(distinct institution)::numeric, app.today()
  from seated group by organisation_id, sector
  union all
  select w.organisation_id, 'members', p.sector::text, count(distinct p.organisation_id)::numeric, w.opens_on
  from newest w join networks_respondent p on p.round_id = w.id
  where w.organisation_id not in (select organisation_id from seated)
  group by w.organisation_id, p.sector, w.opens_on
$$;

-- What others answered to the same form, in their newest closed round, by place of `values`; the mean only of five
-- networks or more, and to a tenth, so that one more of them does not tell its own. Key '': how many others there are.
create function app.round_of_others(mine bigint)
returns table (place text, others integer, mean numeric)
language sql stable security definer set search_path = pg_catalog, public as $$
  with me as (
    select r.organisation_id, v.form_id from networks_round r join forms_version v on v.id = r.version_id
    where r.id = mine and (r.organisation_id = any ((select app.runs_rounds())::bigint[]) or r.id = any ((select app.asked_in_rounds())::bigint[]))
      and exists (select from networks_outcome o where o.round_id = r.id)
  ), others as (
    select distinct on (r.organisation_id) o.content -> 'values' as told
    from me join forms_version v on v.form_id = me.form_id
    join networks_round r on r.version_id = v.id and r.organisation_id <> me.organisation_id
    join networks_outcome o on o.round_id = r.id
    where jsonb_typeof(o.content -> 'values') = 'object' and o.content -> 'values' <> '{}'
    order by r.organisation_id, r.opens_on desc, r.id desc
  )
  select one.key, count(*)::integer, case when count(*) >= 5 then round(avg(one.value::numeric), 1) end
  from others cross join lateral jsonb_each_text(others.told) one group by one.key
  union all select '', (select count(*)::integer from others), null
$$;
"""
CLOSED = "app.reads_networks(), app.network_numbers(), app.round_of_others(bigint)"
READ = "organisation_id = any ((select app.reads_networks())::bigint[])"
HOLDS = "organisation_id = any (select unnest(app.organisations_for('networks.{}')))"
THE_ROUND = "exists (select from networks_round o where o.id = networks_nextstep.round_id{})"
THE_TRAINING = "exists (select from networks_training o where o.id = networks_trainingeffect.training_id{})"
RUN = " and o.organisation_id = any ((select app.runs_rounds())::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("networks", "0009_lasting"), ("kernel", "0002_roles")]
    operations = [
        migrations.RunSQL(READS + NUMBERS, migrations.RunSQL.noop),
        migrations.RunSQL(
            f"revoke execute on function {CLOSED} from public;"
            f"grant execute on function {CLOSED} to {RUNTIME}, {WORKER};"
            # the monitor's desk stands with the public pages, which reach no table of networks or children
            f"grant execute on function app.network_numbers() to {EXCHANGE};",
            migrations.RunSQL.noop,
        ),
        fence("networks_sustainabilitylevel", READ, writable=HOLDS.format("assess"), append_only=True),
        fence("networks_training", READ, writable=HOLDS.format("log_training"), append_only=True),
        fence(
            "networks_trainingeffect",
            THE_TRAINING.format(""),
            writable=THE_TRAINING.format(f" and o.{HOLDS.format('log_training')}"),
            append_only=True,
        ),
        fence("networks_nextstep", THE_ROUND.format(""), writable=THE_ROUND.format(RUN)),
        migrations.RunSQL(
            f"create policy del on networks_nextstep as restrictive for delete to {RUNTIME}"
            f" using ({THE_ROUND.format(RUN)}); revoke update on networks_nextstep from {RUNTIME}, {WORKER};",
            migrations.RunSQL.noop,
        ),
    ]
