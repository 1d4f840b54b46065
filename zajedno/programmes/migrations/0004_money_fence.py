"""Money of a municipality is no secret at a desk: it is read by all, and written by who keeps it. What was planned,
revised and spent is never changed. Public pages see nothing."""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME, WORKER, fence, narrowed

KEEPS = "{} = any (select unnest(app.organisations_for('programmes.keep_budget')))"
OF_LINE = (
    "exists (select from programmes_budgetline l join programmes_budget b on b.id = l.budget_id"
    f" where l.id = programmes_{{}}.{{}} and {KEEPS.format('b.organisation_id')})"
)
OF_FUNDER = f"select from programmes_funder f where f.id = {{}} and {KEEPS.format('f.organisation_id')}"
SEATS = """
-- Places that the account's institutions, in which it holds a verb today, sit in or serve.
create function app.places_for(verb text) returns bigint[] language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select coalesce(array_agg(distinct t), '{}') from (
    select territory_id t from places_organisation where id = any ((select app.organisations_for(verb))::bigint[])
    union select territory_id from places_organisation_covers where organisation_id = any ((select app.organisations_for(verb))::bigint[])
  ) there
$$;
"""
HERE = "territory_id = any (select unnest(app.places_for('programmes.keep_prices')))"
WRITABLE = {
    "price": HERE,
    "rate": HERE,
    "budget": KEEPS.format("organisation_id"),
    "budgetline": f"exists (select from programmes_budget b where b.id = budget_id and {KEEPS.format('b.organisation_id')})",
    "budgetline_codes": OF_LINE.format("budgetline_codes", "budgetline_id"),
    "entry": OF_LINE.format("entry", "line_id"),
    "funder": KEEPS.format("organisation_id"),
    "grant": f"exists ({OF_FUNDER.format('funder_id')})",
    "promise": f"exists (select from programmes_grant g where g.id = grant_id and exists ({OF_FUNDER.format('g.funder_id')}))",
}


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_money"), ("networks", "0006_agreement_fence"), ("kernel", "0002_roles")]
    operations = [
        migrations.RunSQL(SEATS, migrations.RunSQL.noop),
        *(
            fence(f"programmes_{table}", "true", writable=writable, append_only=table == "entry")
            for table, writable in WRITABLE.items()
        ),
        *(narrowed(f"programmes_{table}", writable) for table, writable in WRITABLE.items() if table != "entry"),
        fence("programmes_code", "true"),  # loaded with a pack, whose verb is asked there
        migrations.RunSQL(
            "revoke execute on function app.places_for(text) from public;"
            f"grant execute on function app.places_for(text) to {RUNTIME}, {WORKER};",
            migrations.RunSQL.noop,
        ),
    ]
