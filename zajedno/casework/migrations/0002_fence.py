"""Row-level security; a case is seen by those whose tie stands behind a part in it."""

from django.db import migrations

from zajedno.kernel.fence import fence

ACL = """
create function app.case_acl_first() returns trigger language plpgsql as $$
begin
  -- until the first part is written: whoever opens it (a commission that passes a case on names itself)
  if new.acl = '{}' then new.acl := array[coalesce(new.initiated_by_id, new.organisation_id)::int]; end if;
  return new;
end $$;
create trigger acl_first before insert on casework_case for each row execute function app.case_acl_first();

create function app.case_acl(c bigint) returns void language plpgsql security definer
set search_path = pg_catalog, public as $$
declare keys int[];
begin
  -- waits for another part of the same case being written; the next statement then sees both
  perform from casework_case where id = c for no key update;
  select coalesce(array_agg(distinct p.key order by p.key), '{}') into keys
    from casework_participant p join children_tie t on t.id = p.tie_id
    where p.case_id = c and t.since <= app.today() and (t.until is null or t.until >= app.today());
  update casework_case set acl = keys where id = c and acl <> keys;
end $$;
create function app.participant_changed() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin perform app.case_acl(coalesce(new.case_id, old.case_id)); return null; end $$;
create trigger acl after insert or update or delete on casework_participant
  for each row execute function app.participant_changed();

create function app.tie_changed_for_cases() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin perform app.case_acl(p.case_id) from casework_participant p where p.tie_id = new.id; return null; end $$;
create trigger case_acl after update on children_tie for each row execute function app.tie_changed_for_cases();

create function app.refresh_case_acl(since_day date) returns bigint language plpgsql security definer
set search_path = pg_catalog, public as $$
declare n bigint;
begin
  select count(app.case_acl(case_id)) into n from (select distinct p.case_id
    from casework_participant p join children_tie t on t.id = p.tie_id
    where t.since between since_day and app.today() or t.until between since_day - 1 and app.today()) x;
  return n;
end $$;
-- The nearest running clock stands in the case, so that lists need not look through clocks.
create function app.case_due() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
declare c bigint := coalesce(new.case_id, old.case_id);
begin
  update casework_case x set due_on = n.due_on, due_key = coalesce(n.key, '')
    from (select 1) one left join lateral (select due_on, key from casework_clock
      where case_id = c and stopped_on is null and paused_on is null order by due_on, id limit 1) n on true
    where x.id = c and (x.due_on is distinct from n.due_on or x.due_key <> coalesce(n.key, ''));
  return null;
end $$;
create trigger due after insert or update or delete on casework_clock for each row execute function app.case_due();

-- Sittings one is invited to: a function, because two policies may not ask each other.
create function app.my_sittings() returns bigint[] language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select coalesce(array_agg(sitting_id), '{}') from casework_attendee where account_id = app.account()
$$;
revoke execute on function app.case_acl(bigint), app.refresh_case_acl(date) from public;
grant execute on function app.refresh_case_acl(date) to zajedno_worker;
"""

THIS_CASE = "exists (select from casework_case c where c.id = {})"
MINE = "organisation = any ((select app.my_keys())::bigint[])"
OF_MINE = "organisation_id = any ((select app.my_keys())::bigint[])"


def of_case(table: str, *, append_only: bool = False) -> migrations.RunSQL:
    return fence(f"casework_{table}", THIS_CASE.format(f"casework_{table}.case_id"), append_only=append_only)


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("children", "0002_fence"), ("procedures", "0001_initial")]
    operations = [
        migrations.RunSQL(ACL, migrations.RunSQL.noop),
        fence("casework_case", "acl && (select app.my_keys())"),
        fence(
            "casework_participant",
            f"key = any ((select app.my_keys())::int[]) or {THIS_CASE.format('casework_participant.case_id')}",
            writable=THIS_CASE.format("casework_participant.case_id"),
        ),
        of_case("move", append_only=True),
        *(
            of_case(table)
            for table in ("clock", "recusal", "request", "opinion", "jointopinion", "measure", "paper", "note")
        ),
        of_case("letter", append_only=True),
        fence(
            "casework_sitting",
            f"{OF_MINE} or id = any ((select app.my_sittings())::bigint[])",
        ),
        fence(
            "casework_attendee",
            "account_id = app.account() or exists (select from casework_sitting s"
            " where s.id = casework_attendee.sitting_id and s.organisation_id = any ((select app.my_keys())::bigint[]))",
        ),
        of_case("agendaitem"),
        fence("casework_draftrequest", "account_id = app.account()"),
        fence("casework_casenumber", OF_MINE),
        fence("casework_casebatch", MINE),
        fence(
            "casework_casebatchrow",
            "exists (select from casework_casebatch b where b.id = casework_casebatchrow.batch_id)",
        ),
    ]
