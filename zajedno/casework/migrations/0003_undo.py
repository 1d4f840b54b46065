"""Taking back a register as a whole. The one line of history that an import wrote may go with its batch, no other.

A function of the owner does it: the runtime may delete no history, and a case whose tie is gone is no longer its to see.
"""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME

UNDO = f"""
drop trigger append_only on casework_move;
create trigger append_only before update or delete on casework_move for each row
  when (old.move <> 'import') execute function app.refuse_change();

create function app.undo_case_batch(batch bigint) returns bigint language plpgsql security definer
set search_path = pg_catalog, public as $$
declare cases bigint[]; ties bigint[]; kids bigint[]; gone bigint;
begin
  perform from casework_casebatch where id = batch and state = 'committed'
    and organisation = any ((select app.my_keys())::bigint[]) for update;
  if not found then raise exception 'no such batch' using errcode = 'no_data_found'; end if;
  perform from casework_case where batch_id = batch for update;
  select coalesce(array_agg(id), '{{}}'), coalesce(array_agg(distinct child_id), '{{}}') into cases, kids
    from casework_case where batch_id = batch;
  if exists (select from casework_move where case_id = any (cases) and move <> 'import') then
    raise exception 'a case has moved on' using errcode = 'restrict_violation';
  end if;
  select coalesce(array_agg(tie_id), '{{}}') into ties from casework_participant where case_id = any (cases);
  delete from casework_participant where case_id = any (cases);
  delete from casework_move where case_id = any (cases);
  delete from casework_clock where case_id = any (cases);
  delete from casework_request where case_id = any (cases);
  delete from casework_jointopinion where case_id = any (cases);
  delete from casework_measure where case_id = any (cases);
  delete from casework_note where case_id = any (cases);
  delete from casework_casebatchrow where batch_id = batch;
  update casework_casebatchrow set case_id = null where case_id = any (cases);
  delete from casework_case where id = any (cases);
  -- children whom this import brought and nobody else has come to know
  select coalesce(array_agg(c.id), '{{}}') into kids from children_child c join casework_casebatch b on b.id = batch
    where c.id = any (kids) and c.registered_by_id = b.organisation and c.created_on >= b.started_on
    and not exists (select from children_tie t where t.child_id = c.id and t.key <> b.organisation)
    and not exists (select from casework_case o where o.child_id = c.id);
  delete from children_tie where id = any (ties) or child_id = any (kids);
  delete from children_alias where child_id = any (kids) or same_as_id = any (kids);
  delete from children_identifier where child_id = any (kids);
  delete from children_guardian where child_id = any (kids);
  delete from children_datakey where child_id = any (kids);
  delete from children_child where id = any (kids);
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke execute on function app.undo_case_batch(bigint) from public;
grant execute on function app.undo_case_batch(bigint) to {RUNTIME};
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_fence")]
    operations = [migrations.RunSQL(UNDO, migrations.RunSQL.noop)]
