"""Taking back a register of children as a whole, only while nobody else has come to know any of them.

Keys of rooms above are not named here: they hold the child, and the database says so.
"""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME

OWN = ("alias", "tie", "identifier", "guardian", "enrolment", "datakey")  # what an import writes beside the child
DELETES = "\n".join(f"  delete from children_{table} x using taken_back t where x.child_id = t.id;" for table in OWN)

UNDO = f"""
create function app.undo_child_batch(batch bigint) returns bigint language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare org bigint; gone bigint;
begin
  select organisation into org from children_childbatch where id = batch and state = 'committed'
    and organisation = any ((select app.my_keys())::bigint[]) for update;
  if not found then raise exception 'no such batch' using errcode = 'no_data_found'; end if;
  create temporary table taken_back on commit drop as select id from children_child where batch_id = batch;
  if exists (select from children_tie x join taken_back t on x.child_id = t.id
      where x.key <> org or x.purpose <> 'registration')
    or exists (select from children_consent x join taken_back t on x.child_id = t.id)
    or exists (select from children_familylink x join taken_back t on t.id in (x.first_id, x.second_id))
    or exists (select from children_enrolment x join taken_back t on x.child_id = t.id where x.organisation_id <> org)
    or exists (select from children_guardian x join taken_back t on x.child_id = t.id
      group by x.child_id having count(*) > 1)
  then raise exception 'a child is used' using errcode = 'restrict_violation'; end if;
  update children_childbatchrow set child_id = null where batch_id = batch;
  delete from children_child x using taken_back t where x.id = t.id;
  get diagnostics gone = row_count;
{DELETES}
  delete from children_alias x using taken_back t where x.same_as_id = t.id;
  drop table taken_back;
  set constraints all immediate;
  set constraints all deferred;
  return gone;
end $$;
revoke execute on function app.undo_child_batch(bigint) from public;
grant execute on function app.undo_child_batch(bigint) to {RUNTIME};
"""


class Migration(migrations.Migration):
    dependencies = [("children", "0002_fence")]
    operations = [migrations.RunSQL(UNDO, migrations.RunSQL.noop)]
