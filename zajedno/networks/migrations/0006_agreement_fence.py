"""An agreement may be read by every desk: it says on what ground data are shown, and no child is in it. It is written by
who keeps it, until somebody has signed; it is signed when all have; then it is only ended, and left."""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME, WORKER, fence, narrowed

FOR = """
-- Organisations in which the account holds a verb today.
create function app.organisations_for(verb text) returns bigint[] language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select coalesce(array_agg(distinct p.organisation_id), '{}')
  from places_post p
  join access_account a on a.id = p.account_id and a.is_active
  join access_role r on r.key = p.role_id and r.retired_on is null and verb = any (r.verbs)
  join places_organisation o on o.id = p.organisation_id
    and (o.active_from is null or o.active_from <= app.today())
    and (o.active_until is null or o.active_until > app.today())
  where p.account_id = app.account() and p.since <= app.today() and (p.until is null or p.until > app.today())
$$;
"""

KEPT = """
create function app.agreement_is_open(a bigint) returns boolean language sql stable as $$
  select exists (select from networks_agreement where id = a and state = 'draft')
    and not exists (select from networks_signatory where agreement_id = a and state <> 'waiting')
$$;

create function app.agreement_kept() returns trigger language plpgsql as $$
declare moving text[] := '{state,signed_on,ended_on,ended_reason}';
begin
  if tg_op = 'DELETE' then
    raise exception 'agreements are not deleted' using errcode = 'restrict_violation';
  end if;
  if not app.agreement_is_open(old.id) and to_jsonb(new) - moving <> to_jsonb(old) - moving then
    raise exception 'somebody has signed this agreement' using errcode = 'restrict_violation';
  end if;
  if new.state <> old.state and (old.state, new.state) not in
    (('draft', 'signed'), ('draft', 'ended'), ('signed', 'ended')) then
    raise exception 'an agreement goes from draft to signed to ended' using errcode = 'restrict_violation';
  end if;
  if new.state = 'signed' and old.state = 'draft' and (
    exists (select from networks_signatory where agreement_id = new.id and state <> 'signed')
    or (select count(*) from networks_signatory where agreement_id = new.id) < 2) then
    raise exception 'not everybody has signed' using errcode = 'restrict_violation';
  end if;
  if old.state <> 'draft' and new.signed_on is distinct from old.signed_on then
    raise exception 'the day of signature stays' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger kept before update or delete on networks_agreement for each row execute function app.agreement_kept();

create function app.signatory_kept() returns trigger language plpgsql as $$
declare state_of text := (select state from networks_agreement where id = coalesce(new.agreement_id, old.agreement_id));
begin
  if tg_op <> 'UPDATE' then
    if not app.agreement_is_open(coalesce(new.agreement_id, old.agreement_id))
      or (tg_op = 'INSERT' and new.state <> 'waiting') then
      raise exception 'somebody has signed this agreement' using errcode = 'restrict_violation';
    end if;
    return coalesce(new, old);
  end if;
  if (new.agreement_id, new.organisation_id) <> (old.agreement_id, old.organisation_id) then
    raise exception 'a signatory stays who it is' using errcode = 'restrict_violation';
  end if;
  if not (new.state = old.state and to_jsonb(new) = to_jsonb(old)
    or old.state = 'waiting' and new.state in ('signed', 'refused') and state_of = 'draft'
    or old.state = 'signed' and new.state = 'left' and state_of = 'signed'
      and (new.signed_on, new.signed_by_id) = (old.signed_on, old.signed_by_id)) then
    raise exception 'a signature stays as it was given' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger kept before insert or update or delete on networks_signatory
  for each row execute function app.signatory_kept();

-- Who signs last keeps another institution's agreement as little as the others: so the database turns it.
create function app.agreement_signed() returns trigger language plpgsql security definer
set search_path = pg_catalog, public as $$
begin
  -- waits for another signature of the same agreement; the next statement then sees both
  perform from networks_agreement where id = new.agreement_id for no key update;
  update networks_agreement set state = 'signed', signed_on = app.today() where id = new.agreement_id
    and state = 'draft' and (select count(*) > 1 and bool_and(state = 'signed') from networks_signatory
      where agreement_id = new.agreement_id);
  return null;
end $$;
create trigger signed after update on networks_signatory for each row
  when (new.state = 'signed' and old.state <> 'signed') execute function app.agreement_signed();

create function app.clause_kept() returns trigger language plpgsql as $$
begin
  if not app.agreement_is_open(coalesce(new.agreement_id, old.agreement_id)) then
    raise exception 'somebody has signed this agreement' using errcode = 'restrict_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger kept before insert or update or delete on networks_clause for each row execute function app.clause_kept();

create function app.side_kept() returns trigger language plpgsql as $$
declare a bigint := (select agreement_id from networks_clause where id = coalesce(new.clause_id, old.clause_id));
begin
  if not app.agreement_is_open(a) then
    raise exception 'somebody has signed this agreement' using errcode = 'restrict_violation';
  end if;
  if tg_op <> 'DELETE' and new.signatory_id is not null
    and not exists (select from networks_signatory where id = new.signatory_id and agreement_id = a) then
    raise exception 'this institution does not sign the agreement' using errcode = 'restrict_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger kept before insert or update or delete on networks_clauseside for each row execute function app.side_kept();
"""

WRITES = "{} = any (select unnest(app.organisations_for('networks.write_agreement')))"
SIGNS = "organisation_id = any (select unnest(app.organisations_for('networks.sign_agreement')))"
OF_MINE = f"exists (select from networks_agreement a where a.id = {{}} and {WRITES.format('a.organisation_id')})"
OF_MY_CLAUSE = (
    "exists (select from networks_clause c join networks_agreement a on a.id = c.agreement_id"
    f" where c.id = networks_clauseside.clause_id and {WRITES.format('a.organisation_id')})"
)
WRITABLE = {
    "agreement": WRITES.format("organisation_id"),
    "signatory": f"{SIGNS} or {OF_MINE.format('networks_signatory.agreement_id')}",
    "agreementfile": OF_MINE.format("networks_agreementfile.agreement_id"),
    "clause": OF_MINE.format("networks_clause.agreement_id"),
    "clauseside": OF_MY_CLAUSE,
}


class Migration(migrations.Migration):
    dependencies = [("networks", "0005_agreement"), ("kernel", "0002_roles")]
    operations = [
        migrations.RunSQL(FOR, migrations.RunSQL.noop),
        *(fence(f"networks_{table}", "true", writable=writable) for table, writable in WRITABLE.items()),
        *(narrowed(f"networks_{table}", writable) for table, writable in WRITABLE.items()),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        migrations.RunSQL(
            "revoke execute on function app.organisations_for(text) from public;"
            f"grant execute on function app.organisations_for(text) to {RUNTIME}, {WORKER};",
            migrations.RunSQL.noop,
        ),
    ]
