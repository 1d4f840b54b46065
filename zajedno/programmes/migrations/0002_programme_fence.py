"""Plans and programmes hold no child: every desk may read them. Their keeper writes them, while no council has adopted
them; then only the next version changes a plan, and rows of progress stand beside it."""

from django.db import migrations

from zajedno.kernel.fence import fence, narrowed

KEPT = """
create function app.plan_kept() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or tg_op = 'TRUNCATE' then
    raise exception 'plans are not deleted' using errcode = 'restrict_violation';
  end if;
  if old.adopted_on is not null and to_jsonb(new) <> to_jsonb(old) then
    raise exception 'this plan was adopted' using errcode = 'restrict_violation';
  end if;
  if (new.uuid, new.series, new.version) <> (old.uuid, old.series, old.version) then
    raise exception 'a plan stays which it is' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger kept before update or delete on programmes_plan for each row execute function app.plan_kept();
create trigger no_truncate before truncate on programmes_plan for each statement execute function app.plan_kept();

-- Was the plan adopted under which a goal, measure or activity stands? The lock waits for who is adopting it now.
create function app.plan_is_open(p bigint) returns boolean language plpgsql as $$
begin
  perform from programmes_plan where id = p for share;
  return exists (select from programmes_plan where id = p and adopted_on is null);
end $$;

create function app.plan_part_kept() returns trigger language plpgsql as $$
declare
  plans bigint[];
begin
  if tg_table_name = 'programmes_goal' then
    plans := array[coalesce(new.plan_id, old.plan_id), coalesce(old.plan_id, new.plan_id)];
  elsif tg_table_name = 'programmes_measure' then
    select array_agg(plan_id) into plans from programmes_goal
      where id in (coalesce(new.goal_id, old.goal_id), coalesce(old.goal_id, new.goal_id));
  else
    select array_agg(g.plan_id) into plans from programmes_measure m join programmes_goal g on g.id = m.goal_id
      where m.id in (coalesce(new.measure_id, old.measure_id), coalesce(old.measure_id, new.measure_id));
  end if;
  if exists (select from unnest(plans) p where not app.plan_is_open(p)) then
    raise exception 'this plan was adopted' using errcode = 'restrict_violation';
  end if;
  return coalesce(new, old);
end $$;
"""
PARTS = ("goal", "measure", "activity")
PART_KEPT = """
create trigger kept before insert or update or delete on programmes_{0} for each row
  execute function app.plan_part_kept();
create trigger no_truncate before truncate on programmes_{0} for each statement execute function app.refuse_change();
"""
# A programme is put away, never deleted; so is what was counted in it. Only a meeting that nobody held goes.
PROGRAMME_KEPT = """
create trigger no_delete before delete on programmes_programme for each row execute function app.refuse_change();
create trigger no_delete before delete on programmes_beforeafter for each row execute function app.refuse_change();
create trigger no_delete before delete on programmes_session for each row when (old.girls is not null)
  execute function app.refuse_change();
"""

MAY = "{} = any (select unnest(app.organisations_for('programmes.{}')))"
PLAN, PROGRAMME = MAY.format("{}organisation_id", "write_plan"), MAY.format("{}organisation_id", "run_programme")
OF_GOAL = "select from programmes_goal g join programmes_plan p on p.id = g.plan_id"
OF_MEASURE = f"{OF_GOAL} join programmes_measure m on m.goal_id = g.id"
MINE = PLAN.format("p.")
WRITABLE = {
    "plan": PLAN.format(""),
    "goal": f"exists (select from programmes_plan p where p.id = programmes_goal.plan_id and {MINE})",
    "measure": f"exists ({OF_GOAL} where g.id = programmes_measure.goal_id and {MINE})",
    "activity": f"exists ({OF_MEASURE} where m.id = programmes_activity.measure_id and {MINE})",
    "programme": PROGRAMME.format(""),
} | {
    table: f"exists (select from programmes_programme p where p.id = programmes_{table}.programme_id"
    f" and {PROGRAMME.format('p.')})"
    for table in ("session", "beforeafter")
}
# Only of a plan that was adopted, and under the thread of the activity itself.
TOLD = (
    f"exists ({OF_MEASURE} join programmes_activity a on a.measure_id = m.id"
    f" where a.id = programmes_progress.activity_id and a.thread = programmes_progress.thread"
    f" and p.adopted_on is not null and {MINE})"
)


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0001_programme"),
        ("networks", "0006_agreement_fence"),
        ("kernel", "0002_roles"),
    ]
    operations = [
        *(fence(f"programmes_{table}", "true", writable=writable) for table, writable in WRITABLE.items()),
        *(narrowed(f"programmes_{table}", writable) for table, writable in WRITABLE.items()),
        fence("programmes_progress", "true", writable=TOLD, append_only=True),
        migrations.RunSQL(KEPT, migrations.RunSQL.noop),
        *(migrations.RunSQL(PART_KEPT.format(part), migrations.RunSQL.noop) for part in PARTS),
        migrations.RunSQL(PROGRAMME_KEPT, migrations.RunSQL.noop),
    ]
