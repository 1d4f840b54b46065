"""What ties plans, budgets, grants and rounds together is read at every desk, and written by who keeps the plan or the
budget. The database sees to it that both ends are of one organisation, and a draw within the years of its activity."""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME, WORKER, fence

MINE = "p.organisation_id = any (select unnest(app.organisations_for('programmes.write_plan')))"
OF_ACTIVITY = (
    "from programmes_activity a join programmes_measure m on m.id = a.measure_id"
    " join programmes_goal g on g.id = m.goal_id join programmes_plan p on p.id = g.plan_id"
)
WRITABLE = {
    "draw": f"exists (select {OF_ACTIVITY} where a.id = programmes_draw.activity_id"
    f" and a.thread = programmes_draw.thread and {MINE})",
    "origin": f"exists (select from programmes_plan p where p.series = programmes_origin.series and {MINE})",
}
FITS = f"""
create function app.draw_fits() returns trigger language plpgsql as $$
begin
  if not exists (
    select {OF_ACTIVITY}
      join programmes_budget b on b.organisation_id = p.organisation_id and b.year = new.year
      join programmes_budgetline l on l.budget_id = b.id
    where l.id = new.line_id and a.thread = new.thread
      and new.year between extract(year from a.begins_on) and extract(year from a.ends_on)
  ) then
    raise exception 'an activity draws on a line of its own organisation, in one of its years'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger fits before insert or update on programmes_draw for each row execute function app.draw_fits();

create function app.line_fits_grant() returns trigger language plpgsql as $$
begin
  if new.grant_id is not null and not exists (
    select from programmes_grant g join programmes_funder f on f.id = g.funder_id
      join programmes_budget b on b.organisation_id = f.organisation_id and b.currency = g.currency
    where g.id = new.grant_id and b.id = new.budget_id
  ) then
    raise exception 'a grant pays lines of its own organisation and currency' using errcode = 'check_violation';
  end if;
  if tg_op = 'UPDATE' and new.grant_id is distinct from old.grant_id and exists (
    select from programmes_entry where line_id = new.id and kind = 'execution'
  ) then
    raise exception 'what was spent stays with who paid it' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger fits before insert or update on programmes_budgetline for each row execute function app.line_fits_grant();
"""
CLOSED = f"""
revoke update on programmes_draw, programmes_origin from {RUNTIME}, {WORKER};
create policy delete on programmes_draw as restrictive for delete to {RUNTIME} using ({WRITABLE["draw"]});
create policy delete on programmes_origin as restrictive for delete to {RUNTIME} using ({WRITABLE["origin"]});
"""


class Migration(migrations.Migration):
    dependencies = [("programmes", "0006_ties"), ("networks", "0010_lasting_fence"), ("kernel", "0002_roles")]
    operations = [
        *(fence(f"programmes_{table}", "true", writable=writable) for table, writable in WRITABLE.items()),
        migrations.RunSQL(FITS, migrations.RunSQL.noop),
        migrations.RunSQL(CLOSED, migrations.RunSQL.noop),
    ]
