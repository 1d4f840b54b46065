"""Row-level security, the access list kept from ties, and the lexicon of names (see `docs/decisions/`)."""

from django.db import migrations

from zajedno.kernel.fence import fence

MY_KEYS = """
create function app.my_keys() returns int[] language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select array_append(coalesce(array_agg(distinct p.organisation_id::int) filter (where r.key is not null), '{}'),
    -max(a.id)::int)
  from access_account a
  left join places_post p on p.account_id = a.id and p.since <= app.today() and (p.until is null or p.until > app.today())
    and exists (select from places_organisation o where o.id = p.organisation_id
      and (o.active_from is null or o.active_from <= app.today())
      and (o.active_until is null or o.active_until > app.today()))
  left join access_role r on r.key = p.role_id and r.opens_files and r.retired_on is null
  where a.id = app.account() and a.is_active
$$;
"""

ACL = """
create function app.child_acl_first() returns trigger language plpgsql as $$
begin new.acl := array[new.registered_by_id::int]; return new; end $$;
create trigger acl_first before insert on children_child for each row execute function app.child_acl_first();

create function app.child_acl(c bigint) returns void language sql security definer
set search_path = pg_catalog, public as $$
  update children_child set acl = coalesce((select array_agg(distinct key order by key) from children_tie
    where child_id = c and since <= app.today() and (until is null or until >= app.today())), '{}')
  where id = c
$$;
create function app.tie_changed() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin perform app.child_acl(coalesce(new.child_id, old.child_id)); return null; end $$;
create trigger acl after insert or update or delete on children_tie for each row execute function app.tie_changed();

create function app.refresh_acl(since_day date) returns bigint language plpgsql security definer
set search_path = pg_catalog, public as $$
declare n bigint;
begin
  select count(app.child_acl(child_id)) into n from (select distinct child_id from children_tie
    where since between since_day and app.today() or until between since_day - 1 and app.today()) t;
  return n;
end $$;
revoke execute on function app.child_acl(bigint), app.refresh_acl(date) from public;
grant execute on function app.refresh_acl(date) to zajedno_worker;
"""

LEXICON = """
create table children_lexicon (
  token text primary key,
  loose text not null generated always as (app.loose(token)) stored,
  length smallint not null generated always as (length(token)) stored);
create index children_lexicon_loose on children_lexicon (loose);
create index children_lexicon_trigram on children_lexicon using gin (token gin_trgm_ops);
revoke all on children_lexicon from zajedno_runtime, zajedno_worker, zajedno_exchange;

create function app.learn_names() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin
  insert into children_lexicon (token) select distinct t
    from unnest(string_to_array(app.fold(new.given_name) || ' ' || app.fold(new.family_name), ' ')) t where t <> ''
    on conflict do nothing;
  return null;
end $$;
create trigger learn_names after insert or update of given_name, family_name on children_child
  for each row execute function app.learn_names();

-- Names like the one asked for, best first. It answers with names alone, and only inside an audited search.
create function app.similar_names(asked text, most int, wider boolean) returns table (token text, score real)
language sql stable security definer set search_path = pg_catalog, public as $$
  with near as (
    select l.token, case
        when l.token = asked then 10
        when l.loose = app.loose(asked) then 8
        when l.token ^@ asked and length(asked) >= 3 then 7 - (l.length - length(asked)) * 0.05
        else 5 - levenshtein_less_equal(l.token, asked, case when wider then 3 else 2 end) + similarity(l.token, asked)
      end as score
    from children_lexicon l
    where l.token = asked or l.loose = app.loose(asked)
      or (length(asked) >= 3 and l.token ^@ asked)
      or (length(asked) >= 3 and l.length between length(asked) - 2 and length(asked) + 2
        and levenshtein_less_equal(l.token, asked, case when wider then 3 else 2 end)
          <= case when wider then 3 when length(asked) < 6 then 1 else 2 end))
  select token, score::real from near order by score desc, token limit most
$$;

-- Is a likely same child registered anywhere? Tells ids to the verb that registers; the verb tells people less.
create function app.likely_same(number bytea, given text, family text, birth date)
returns table (child_id bigint, why text, visible boolean)
language sql stable security definer set search_path = pg_catalog, public as $$
  select distinct on (c.id) c.id, m.why, c.acl && app.my_keys() from (
    select i.child_id, 'number' as why from children_identifier i
      where i.blind = number and i.kind = 'national'
    union all
    select k.id, 'name_and_birth' from children_child k where k.given_fold = app.fold(given)
      and k.family_fold = app.fold(family) and k.birth_date = birth
    union all
    select k.id, 'name_and_birth' from children_child k where k.given_fold = app.fold(family)
      and k.family_fold = app.fold(given) and k.birth_date = birth
  ) m join children_child c on c.id = m.child_id
  order by c.id, m.why desc limit 20
$$;
"""

THIS_CHILD = "exists (select from children_child c where c.id = {})"
MINE = "organisation = any ((select app.my_keys())::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("children", "0001_initial"), ("kernel", "0002_roles"), ("places", "0001_initial")]
    operations = [
        migrations.RunSQL(MY_KEYS + ACL + LEXICON, migrations.RunSQL.noop),
        fence("children_child", "acl && (select app.my_keys())"),
        fence(
            "children_tie", f"key = any ((select app.my_keys())::int[]) or {THIS_CHILD.format('children_tie.child_id')}"
        ),
        *(
            fence(f"children_{table}", THIS_CHILD.format(f"children_{table}.child_id"))
            for table in ("datakey", "identifier", "alias", "guardian", "consent", "enrolment")
        ),
        fence(
            "children_familylink",
            f"{THIS_CHILD.format('children_familylink.first_id')} or {THIS_CHILD.format('children_familylink.second_id')}",
        ),
        fence(
            "children_consent_recipients",
            "exists (select from children_consent s where s.id = children_consent_recipients.consent_id)",
        ),
        fence("children_childbatch", MINE),
        fence(
            "children_childbatchrow",
            "exists (select from children_childbatch b where b.id = children_childbatchrow.batch_id)",
        ),
    ]
