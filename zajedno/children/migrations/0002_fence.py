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

create function app.child_acl(c bigint) returns void language plpgsql security definer
set search_path = pg_catalog, public as $$
declare keys int[];
begin
  -- waits for another tie of the same child being written; the next statement then sees both
  perform from children_child where id = c for no key update;
  select coalesce(array_agg(distinct key order by key), '{}') into keys from children_tie
    where child_id = c and since <= app.today() and (until is null or until >= app.today());
  update children_child set acl = keys where id = c and acl <> keys;
end $$;
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
-- Words of names, and the whole folded names they stand in. They say nothing of who bears them, but would tell rare
-- surnames: hence no grant and no row-level security; only `app.similar_names` reads them, and it writes the audit.
-- Nothing here is unique: who writes a new name would wait for everybody who writes it too, a page for a whole register
-- and two registers for each other. Two at once leave a word twice, which the search does not mind.
create table children_lexicon (
  token text collate "C" not null,
  loose text collate "C" not null generated always as (app.loose(token)) stored,
  length smallint not null generated always as (length(token)) stored);
create index children_lexicon_token on children_lexicon (token);
create index children_lexicon_loose on children_lexicon (loose);
create index children_lexicon_length on children_lexicon (length);
create index children_lexicon_trigram on children_lexicon using gin (token gin_trgm_ops);
create table children_lexicon_whole (
  token text collate "C" not null,
  whole text collate "C" not null);
create index children_lexicon_whole_both on children_lexicon_whole (token, whole);
revoke all on children_lexicon, children_lexicon_whole from zajedno_runtime, zajedno_worker, zajedno_exchange;

-- looked up one by one and always by index, as in `app.likely_same`
create function app.learn(names text[]) returns void language sql security definer
set search_path = pg_catalog, public set enable_seqscan = off as $$
  insert into children_lexicon_whole (token, whole)
    select t, n from (
      select distinct t, n from unnest(names) n cross join lateral unnest(string_to_array(n, ' ')) t where t <> '') said
    where (select true from children_lexicon_whole w where w.token = t and w.whole = n limit 1) is null;
  insert into children_lexicon (token)
    select t from (
      select distinct t from unnest(names) n cross join lateral unnest(string_to_array(n, ' ')) t where t <> '') said
    where (select true from children_lexicon l where l.token = t limit 1) is null;
$$;
create function app.learn_new() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin
  perform app.learn(array_agg(given_fold) || array_agg(family_fold)) from fresh;
  return null;
end $$;
create function app.learn_changed() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin perform app.learn(array[new.given_fold, new.family_fold]); return null; end $$;
create trigger learn_new after insert on children_child referencing new table as fresh
  for each statement execute function app.learn_new();
create trigger learn_changed after update of given_name, family_name on children_child
  for each row execute function app.learn_changed();
revoke execute on function app.learn(text[]) from public;
"""

SIMILAR = """
-- Whole folded names that hold a word like each one asked for, best first within a word. Reach 0 goes by indexes;
-- 1 compares every word of a near length; 2 lets one more letter differ.
create function app.similar_names(asked text[], reach int, most int)
returns table (word int, whole text, score real)
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  perform app.audit_append(app.account(), null, 'children.similar_names', '', '',
    jsonb_build_object('words', cardinality(asked), 'reach', reach));
  return query
  with q as materialized (
    select n::int, t collate "C" as t, app.loose(t) collate "C" as l, length(t) as len,
      case when length(t) < 6 then 1 else 2 end + case when reach > 1 then 1 else 0 end as far
    from unnest(asked) with ordinality a(t, n)),
  near as (
    select q.n, x.token, max(x.score) as score from q cross join lateral (
      select l.token, 10.0 as score from children_lexicon l where l.token = q.t
      union all
      select l.token, 8.0 from children_lexicon l where l.loose = q.l
      union all
      (select l.token, 7.0 - (l.length - q.len) * 0.05 from children_lexicon l
        where q.len > 1 and l.token > q.t and l.token < q.t || '{' order by l.length, l.token limit most)
      union all
      select l.token, 5.0 - levenshtein_less_equal(l.token, q.t, q.far) + similarity(l.token, q.t)
        from children_lexicon l
        where reach = 0 and q.len > 2 and l.token % q.t and l.length between q.len - q.far and q.len + q.far
          and levenshtein_less_equal(l.token, q.t, q.far) <= q.far
      union all
      select l.token, 5.0 - levenshtein_less_equal(l.token, q.t, q.far) + similarity(l.token, q.t)
        from children_lexicon l
        where reach > 0 and q.len > 2 and l.length between q.len - q.far and q.len + q.far
          and levenshtein_less_equal(l.token, q.t, q.far) <= q.far
      union all
      select l.token, 4.0 - levenshtein_less_equal(l.loose, q.l, 1) from children_lexicon l
        where reach > 0 and q.len > 3 and l.length between q.len - 3 and q.len + 3
          and levenshtein_less_equal(l.loose, q.l, 1) <= 1
    ) x group by q.n, x.token),
  best as (select *, row_number() over (partition by n order by near.score desc, token) as place from near)
  select b.n, w.whole::text, max(b.score - 0.3 * (cardinality(string_to_array(w.whole, ' ')) - 1))::real
  from best b join children_lexicon_whole w using (token)
  where b.place <= most
  group by b.n, w.whole order by 1, 3 desc, 2;
end $$;

-- Are likely same children registered anywhere? Tells ids to the verb that registers; the verb tells people less.
-- Four arrays of the same length; names are folded. `place` counts from 1. Looked up one by one and always by index:
-- while a register comes in the planner does not know how many children there are by now, and joins all with all.
create function app.likely_same(numbers bytea[], givens text[], families text[], births date[])
returns table (place int, child_id bigint, uuid uuid, why text, visible boolean, organisation bigint)
language plpgsql stable security definer set search_path = pg_catalog, public set enable_seqscan = off as $$
declare
  mine int[] := app.my_keys();
  numbered bigint[];
  named bigint[];
begin
  for n in 1 .. coalesce(cardinality(givens), 0) loop
    numbered := array(
      select i.child_id from children_identifier i where i.blind = numbers[n] and i.kind = 'national');
    named := array(
      select k.id from children_child k
        where k.given_fold = givens[n] and k.family_fold = families[n] and k.birth_date = births[n]
      union all
      select k.id from children_child k
        where k.given_fold = families[n] and k.family_fold = givens[n] and k.birth_date = births[n]);
    return query
      select n, c.id, c.uuid, case when c.id = any (numbered) then 'number' else 'name_and_birth' end,
        c.acl && mine, c.registered_by_id
      from children_child c where c.id = any (numbered || named);
  end loop;
end $$;

-- The one way to a file without a tie: a tie until the end of tomorrow, for who holds a role that may break the glass
-- today. It is written here because nobody may write a tie to a child they do not see.
create function app.break_glass(file uuid, number bytea, purpose text, fields text[], reason text)
returns table (child_id bigint, organisation bigint, tie uuid)
language plpgsql volatile security definer set search_path = pg_catalog, public as $$
begin
  select c.id, c.registered_by_id into child_id, organisation from children_child c
    where (c.uuid = file or c.id in (
        select i.child_id from children_identifier i where i.blind = number and i.kind = 'national'))
      and exists (select from places_post p join access_role r on r.key = p.role_id join access_account a on a.id = p.account_id
        where p.account_id = app.account() and a.is_active and r.break_glass and r.retired_on is null
          and p.since <= app.today() and (p.until is null or p.until > app.today()))
    order by c.id limit 1;
  if child_id is not null then
    tie := gen_random_uuid();
    insert into children_tie (uuid, child_id, account_id, purpose, fields, since, until, written_on, written_by, reason)
      values (tie, child_id, app.account(), purpose, fields, app.today(), app.today() + 1, now(), app.account(), reason);
    return next;
  end if;
end $$;
revoke execute on function app.similar_names(text[], int, int), app.break_glass(uuid, bytea, text, text[], text),
  app.likely_same(bytea[], text[], text[], date[]) from public;
grant execute on function app.similar_names(text[], int, int), app.break_glass(uuid, bytea, text, text[], text),
  app.likely_same(bytea[], text[], text[], date[]) to zajedno_runtime, zajedno_worker;
"""

THIS_CHILD = "exists (select from children_child c where c.id = {})"
MINE = "organisation = any ((select app.my_keys())::bigint[])"


class Migration(migrations.Migration):
    dependencies = [("children", "0001_initial"), ("kernel", "0002_roles"), ("places", "0001_initial")]
    operations = [
        migrations.RunSQL(MY_KEYS + ACL + LEXICON + SIMILAR, migrations.RunSQL.noop),
        fence("children_child", "acl && (select app.my_keys())"),
        fence(
            "children_tie",
            f"key = any ((select app.my_keys())::int[]) or {THIS_CHILD.format('children_tie.child_id')}",
            writable=THIS_CHILD.format("children_tie.child_id"),  # else one could let oneself in
        ),
        *(
            fence(f"children_{table}", THIS_CHILD.format(f"children_{table}.child_id"))
            for table in ("datakey", "identifier", "guardian", "consent", "enrolment")
        ),
        fence(
            "children_alias",  # a proposal is seen from both sides
            f"{THIS_CHILD.format('children_alias.child_id')} or {THIS_CHILD.format('children_alias.same_as_id')}",
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
