"""Parents: what lets them into the cases of their children, and what they are told of who looked."""

from django.db import migrations, models

SQL = """
-- A parent who has just come in takes the part that procedures give to every guardian (`guardians = "all"`), in cases
-- that are there already. A case of a procedure without such a part stays unknown to them.
create function app.join_family(file uuid) returns int language plpgsql volatile security definer
set search_path = pg_catalog, public as $$
declare
  person bigint := app.account();
  own children_tie%rowtype;
  one record;
  fresh bigint;
  joined int := 0;
begin
  select t.* into own from children_tie t join children_child c on c.id = t.child_id
    where c.uuid = file and t.account_id = person and t.purpose = 'parenthood' and t.since <= app.today()
      and (t.until is null or t.until >= app.today()) and app.parent_of(c.id) order by t.id desc limit 1;
  if own.id is null then return 0; end if;
  for one in select x.id, x.closed_on, p.part->>'key' as part from casework_case x
      join procedures_version v on v.id = x.version_id
      cross join lateral jsonb_array_elements(v.content->'part') p(part)
      where x.child_id = own.child_id and p.part->>'guardians' = 'all' loop
    insert into children_tie (uuid, child_id, account_id, purpose, fields, since, written_on, written_by, reason)
      values (gen_random_uuid(), own.child_id, person, 'parenthood', own.fields, app.today(), now(), person, '')
      returning id into fresh;
    insert into casework_participant (case_id, tie_id, key, part, seat, is_open)
      values (one.id, fresh, -person, one.part, '', one.closed_on is null)
      on conflict on constraint participant_once do update set tie_id = excluded.tie_id;
    joined := joined + 1;
  end loop;
  return joined;
end $$;

-- Ties that a guardian of the child is told of: those behind a part in a case in which the guardian takes part too, and
-- those of no case, unless they protect the child (their purpose says so, or they open the part of violence) or were
-- written for what a hidden case is about.
create function app.family_ties(file uuid, person bigint) returns setof bigint language sql stable security definer
set search_path = pg_catalog, public as $$
  with child as (
    select c.id from children_child c where c.uuid = file and exists (select from children_guardian g
      where g.child_id = c.id and g.account_id = person and g.ended_on is null and g.represents)
      and (person = app.account() or c.acl && (select app.my_keys()))),
  cases as (select x.id, x.acl @> array[-person::int] as known, v.content->>'purpose' as purpose
    from casework_case x join child on child.id = x.child_id join procedures_version v on v.id = x.version_id),
  hidden as (
    select p.one->>'key' as purpose from procedures_version v
      join procedures_definition d on d.id = v.definition_id and d.kind = 'purposes'
      cross join lateral jsonb_array_elements(v.content->'purpose') p(one) where p.one->>'protects' = 'true'
    union select purpose from cases where not known)
  select t.id from children_tie t join child on child.id = t.child_id
    where exists (select from casework_participant p join cases on cases.id = p.case_id and cases.known
        where p.tie_id = t.id)
      or (not exists (select from casework_participant p where p.tie_id = t.id)
        and not 'violence' = any (t.fields) and t.purpose not in (select purpose from hidden))
$$;

-- Who looked, a line for each day, person, institution and thing. A line is told when the institution or the person had
-- a tie on that day that is told, and nothing in the line itself points to one that is not.
create function app.family_ledger(file uuid, most int, skip int)
returns table (day date, account bigint, organisation bigint, verb text, matter uuid, times bigint)
language sql stable security definer set search_path = pg_catalog, public as $$
  with told as (select t.* from children_tie t where t.id in (select app.family_ties(file, app.account()))),
  things as materialized (
    select x.uuid::text as subject from casework_case x join children_child c on c.id = x.child_id
      where c.uuid = file and app.parent_of(c.id) and x.acl @> array[-app.account()::int]
    union all select file::text where exists (select from told)),
  lines as (
    select e.*, (e.moment at time zone 'Europe/Belgrade')::date as on_day
    from things join access_auditentry e on e.subject = things.subject
    where e.verb in ('children.open_file', 'children.export_file', 'access.break_glass',
        'casework.open_case_file', 'casework.read_letter', 'casework.read_paper')
      and coalesce(e.detail->>'tie', '') in (select '' union all select uuid::text from told)
      and coalesce(e.detail->>'purpose', '') in (select '' union all select purpose from told))
  select l.on_day, l.account, l.organisation, l.verb::text,
      case when l.subject = file::text then null else l.subject::uuid end, count(*)
    from lines l
    where l.subject <> file::text or exists (select from told t where t.key in (l.organisation, -l.account)
      and t.since <= l.on_day and (t.until is null or t.until >= l.on_day - 1))
    group by 1, 2, 3, 4, 5, l.subject order by max(l.moment) desc limit most offset skip
$$;

-- Sittings at which a case of one's own is heard: place and hour, for who takes part in the case.
create function app.family_meetings(matter uuid) returns table (uuid uuid, begins timestamptz, place text, state text)
language sql stable security definer set search_path = pg_catalog, public as $$
  select s.uuid, s.begins, s.place::text, s.state::text from casework_sitting s
    join casework_agendaitem a on a.sitting_id = s.id join casework_case c on c.id = a.case_id
    where c.uuid = matter and c.acl && (select app.my_keys()) order by s.begins
$$;
revoke execute on function app.join_family(uuid), app.family_ties(uuid, bigint), app.family_ledger(uuid, int, int),
  app.family_meetings(uuid) from public;
grant execute on function app.join_family(uuid), app.family_ties(uuid, bigint), app.family_ledger(uuid, int, int),
  app.family_meetings(uuid) to zajedno_runtime, zajedno_worker;
"""
HEARD = [
    ("child", "The child was heard"),
    ("parent", "The parent was heard"),
    ("trusted", "The person of trust was heard"),
    ("observation", "The child was observed in its own surroundings"),
    ("informed", "The parent was informed in words they understand"),
    ("delivered", "The opinion was delivered"),
    ("follow_up", "Report on the support given"),
    ("family", "The family wrote"),
    ("note", "Note"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0008_plan"), ("children", "0011_family_desk"), ("procedures", "0001_initial"),
        ("access", "0002_audit"),
    ]  # fmt: skip
    operations = [
        migrations.AlterField(
            model_name="note",
            name="kind",
            field=models.CharField(choices=HEARD, max_length=12, verbose_name="what happened"),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
