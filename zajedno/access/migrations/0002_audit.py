"""The audit chain lives in the database: one function appends, nothing changes or deletes.

A stream belongs to a connection, not to an object: a transaction touches one stream only, so two of them
can never wait for each other in a circle.
"""

from django.db import migrations

STREAMS = 64

SQL = f"""
insert into access_audithead (stream, position, hash) select n, 0, sha256(convert_to('stream ' || n, 'UTF8'))
  from generate_series(0, {STREAMS - 1}) n;

create function app.audit_hash(previous bytea, stream int, pos bigint, moment timestamptz, account bigint,
  organisation bigint, verb text, noun text, subject text, detail jsonb) returns bytea language sql immutable
return sha256(previous || convert_to(jsonb_build_array(stream, pos,
  to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), account, organisation, verb, noun, subject,
  detail)::text, 'UTF8'));

-- An entry for each subject. The head is read and written once: each writing leaves a version that the next reading has
-- to step over until the transaction ends, and a register has thousands.
create function app.audit_append_each(account bigint, organisation bigint, verb text, noun text, subjects text[],
  detail jsonb) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  s int := pg_backend_pid() % {STREAMS};
  m timestamptz;
  n bigint;
  subject text;
  before bytea;
  h bytea;
begin
  select position, hash into n, h from access_audithead where stream = s for update;
  foreach subject in array subjects loop
    m := clock_timestamp();
    n := n + 1;
    before := h;
    h := app.audit_hash(before, s, n, m, account, organisation, verb, noun, subject, detail);
    insert into access_auditentry (stream, position, moment, account, organisation, verb, noun, subject, detail, previous, hash)
      values (s, n, m, account, organisation, verb, noun, subject, detail, before, h);
  end loop;
  update access_audithead set position = n, hash = h where stream = s;
end $$;
create function app.audit_append(account bigint, organisation bigint, verb text, noun text, subject text, detail jsonb)
returns void language sql security definer set search_path = pg_catalog, public as $$
  select app.audit_append_each(account, organisation, verb, noun, array[subject], detail)
$$;

create function app.audit_breaks() returns table (stream int, pos bigint, reason text)
language sql stable security definer set search_path = pg_catalog, public as $$
  with chain as (
    select e.stream, e.position, e.previous, e.hash,
      lag(e.position, 1, 0) over w as before, lag(e.hash) over w as before_hash,
      app.audit_hash(e.previous, e.stream, e.position, e.moment, e.account, e.organisation, e.verb, e.noun,
        e.subject, e.detail) as computed
    from access_auditentry e window w as (partition by e.stream order by e.position)),
  last as (select distinct on (stream) stream, position, hash from access_auditentry order by stream, position desc)
  select stream::int, position, case when hash <> computed then 'changed' when position <> before + 1 then 'missing' else 'unlinked' end
    from chain
    where hash <> computed or position <> before + 1
      or previous <> coalesce(before_hash, sha256(convert_to('stream ' || stream, 'UTF8')))
  union all
  select h.stream::int, coalesce(l.position, 0) + 1, 'cut off'
    from access_audithead h left join last l using (stream)
    where h.position <> coalesce(l.position, 0)
       or h.hash <> coalesce(l.hash, sha256(convert_to('stream ' || h.stream, 'UTF8')))
  union all
  select l.stream::int, l.position, 'stream without a head'
    from last l left join access_audithead h using (stream) where h.stream is null
  order by 1, 2;
$$;

revoke insert, update, delete on access_auditentry, access_audithead from zajedno_runtime, zajedno_worker, zajedno_exchange;
revoke select on access_auditentry, access_audithead from zajedno_exchange;
create trigger append_only before update or delete on access_auditentry for each row execute function app.refuse_change();
create trigger no_truncate before truncate on access_auditentry for each statement execute function app.refuse_change();
create trigger no_delete before delete on access_audithead for each row execute function app.refuse_change();
create trigger no_truncate before truncate on access_audithead for each statement execute function app.refuse_change();

create table access_cache (cache_key varchar(255) primary key, value text not null, expires timestamptz not null);
create index access_cache_expires on access_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
