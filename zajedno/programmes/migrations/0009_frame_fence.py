"""Frameworks of results come from packs, and everybody at work reads them; public pages those that are public, and who
compares networks all. A place tells of itself alone, and what it told stays. A programme's report is of who runs it."""

from django.db import migrations

from zajedno.kernel.fence import EXCHANGE, RUNTIME, WORKER, fence, narrowed

LOADS = "cardinality(app.organisations_for('packs.load')) > 0"
TELLS = (
    "written_by = app.account() and not verified"
    " and place_id = any (select unnest(app.places_for('programmes.tell_frame')))"
)
RUNS = (
    "exists (select from programmes_programme p where p.id = programme_id"
    " and p.organisation_id = any (select unnest(app.organisations_for('programmes.run_programme'))))"
)
FUNCTIONS = """
create function app.compares() returns boolean language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select cardinality(app.organisations_for('networks.compare')) > 0
$$;
create function app.told_kept() returns trigger language plpgsql as $$
begin
  if old.written_by is not null then
    raise exception 'what a place told stays' using errcode = 'restrict_violation';
  end if;
  return coalesce(new, old);
end $$;
-- A result leads to one of the level above it, in the same frame.
create function app.result_fits() returns trigger language plpgsql as $$
declare levels text[] := '{impact,outcome,output,activity}'; above programmes_result;
begin
  if new.parent_id is not null then
    select * into above from programmes_result where id = new.parent_id;
    if above.frame_id <> new.frame_id
      or array_position(levels, above.level::text) + 1 <> array_position(levels, new.level::text) then
      raise exception 'a result leads to one of the level above, in the same frame' using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;
create trigger fits before insert or update on programmes_result for each row execute function app.result_fits();
"""
KEPT = """
create trigger kept before update or delete on programmes_{0} for each row execute function app.told_kept();
create trigger no_truncate before truncate on programmes_{0} for each statement execute function app.refuse_change();
"""
REPORT_KEPT = f"""
create trigger kept before update or delete on programmes_programmereport
  for each row execute function app.year_report_kept();
create trigger no_truncate before truncate on programmes_programmereport
  for each statement execute function app.refuse_change();
revoke update, delete on programmes_programmereport from {RUNTIME}, {WORKER};
revoke delete on programmes_programmewords from {RUNTIME}, {WORKER};
revoke update on programmes_reading, programmes_lesson from {RUNTIME}, {WORKER};
revoke execute on function app.compares() from public;
grant execute on function app.compares() to {RUNTIME}, {WORKER}, {EXCHANGE};
"""
SEEN = {  # what public pages read of each, and which rows
    "frame": ("", "is_public or app.compares()"),
    "phase": ("", "exists (select from programmes_frame f where f.id = frame_id)"),
    "phase_places": ("", "exists (select from programmes_phase f where f.id = phase_id)"),
    "result": ("", "exists (select from programmes_frame f where f.id = frame_id)"),
    "target": ("", "exists (select from programmes_result f where f.id = result_id)"),
    "reading": (
        "(id, uuid, result_id, phase_id, place_id, period, value, out_of, at_least, source, evidence, verified,"
        " written_on)",
        "exists (select from programmes_result f where f.id = result_id)",
    ),
    "lesson": (
        "(id, uuid, frame_id, phase_id, place_id, texts, source, verified, written_on)",
        "exists (select from programmes_frame f where f.id = frame_id)",
    ),
}


def seen(table: str) -> migrations.RunSQL:
    columns, rows = SEEN[table]
    return migrations.RunSQL(
        f"grant select {columns} on programmes_{table} to {EXCHANGE};"
        f"create policy public on programmes_{table} for select to {EXCHANGE} using ({rows});",
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("programmes", "0008_frame"),
        ("programmes", "0004_money_fence"),
        ("networks", "0013_year_fence"),
        ("kernel", "0002_roles"),
    ]
    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        *(fence(f"programmes_{one}", "true", writable=LOADS) for one in SEEN if one not in ("reading", "lesson")),
        *(narrowed(f"programmes_{one}", LOADS) for one in SEEN if one not in ("reading", "lesson")),
        *(fence(f"programmes_{one}", "true", writable=f"{LOADS} or {TELLS}") for one in ("reading", "lesson")),
        *(narrowed(f"programmes_{one}", LOADS) for one in ("reading", "lesson")),
        *(migrations.RunSQL(KEPT.format(one), migrations.RunSQL.noop) for one in ("reading", "lesson")),
        *(seen(one) for one in SEEN),
        fence("programmes_programmewords", RUNS),
        fence("programmes_programmereport", RUNS),
        migrations.RunSQL(REPORT_KEPT, migrations.RunSQL.noop),
    ]
