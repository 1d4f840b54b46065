"""Who asks for extracts or approves them sees all of them and their agreements; the researcher sees their own, and the
file itself, which nobody else does, while it may be taken. What the statistics role may read more for it: the sex of a
child, and of a case its procedure, days and end; nothing of a name, no number, nothing sealed."""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME, STATISTICS, WORKER, fence, narrowed

KEEPS = """
create function app.keeps_extracts() returns boolean language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select exists (
    select from places_post p
    join access_account a on a.id = p.account_id and a.is_active
    join access_role r on r.key = p.role_id and r.retired_on is null
      and r.verbs && array['indicators.request_extract', 'indicators.approve_extract']::varchar[]
    join places_organisation o on o.id = p.organisation_id
      and (o.active_from is null or o.active_from <= app.today())
      and (o.active_until is null or o.active_until > app.today())
    where p.account_id = app.account() and p.since <= app.today() and (p.until is null or p.until > app.today()))
$$;
"""
ASKED = f"""
revoke execute on function app.keeps_extracts() from public;
grant execute on function app.keeps_extracts() to {RUNTIME}, {WORKER};
"""
KEEPER = "(select app.keeps_extracts())"
MINE = "researcher = (select app.account())"
GIVEN = """exists (select from indicators_extract e where e.id = extract_id and e.researcher = (select app.account())
  and e.made_on is not null and e.revoked_on is null and e.deleted_on is null
  and least(e.expires_on, e.agreement_until) >= app.today())"""
COLUMNS = {
    "children_child": ("sex",),
    "casework_case": ("id", "child_id", "version_id", "received_on", "closed_on", "outcome"),
}
READS = "".join(
    f"grant select ({', '.join(columns)}) on {table} to {STATISTICS};" for table, columns in COLUMNS.items()
)


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0004_extract"),
        ("access", "0001_initial"),
        ("places", "0004_capacity"),
        ("kernel", "0002_roles"),
    ]
    operations = [
        migrations.RunSQL(KEEPS + ASKED, migrations.RunSQL.noop),
        fence("indicators_extract", f"{KEEPER} or {MINE}", writable=KEEPER),
        narrowed("indicators_extract", KEEPER),
        fence(
            "indicators_extractfile",
            f"kind = 'agreement' and {KEEPER} or kind = 'data' and {GIVEN}",
            writable=f"kind = 'agreement' and {KEEPER}",
        ),
        migrations.RunSQL(
            f"""
            revoke update, delete on indicators_extractfile from {RUNTIME};
            revoke delete on indicators_extract from {RUNTIME};
            {READS}
            create policy extract_statistics on casework_case for select to {STATISTICS} using (true);
            """,
            migrations.RunSQL.noop,
        ),
    ]
