"""The fence: who runs a round sees it whole; who is asked, the round, who else is, and their own sheet. Nobody else."""

from django.db import migrations

from zajedno.kernel.fence import RUNTIME, WORKER, fence

MINE = """
-- Organisations whose rounds the account runs today.
create function app.runs_rounds() returns bigint[] language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select coalesce(array_agg(distinct p.organisation_id), '{}')
  from places_post p
  join access_account a on a.id = p.account_id and a.is_active
  join access_role r on r.key = p.role_id and r.retired_on is null
    and r.verbs && array['networks.open_round', 'networks.settle']::varchar[]
  join places_organisation o on o.id = p.organisation_id
    and (o.active_from is null or o.active_from <= app.today())
    and (o.active_until is null or o.active_until > app.today())
  where p.account_id = app.account() and p.since <= app.today() and (p.until is null or p.until > app.today())
$$;
-- Rounds in which the account is asked: written here because the rows of rounds and respondents guard each other.
create function app.asked_in_rounds() returns bigint[] language sql stable parallel safe security definer
set search_path = pg_catalog, public as $$
  select coalesce(array_agg(round_id), '{}') from networks_respondent where account_id = app.account()
$$;
"""
RUN = "organisation_id = any (select unnest(app.runs_rounds()))"
ME = "account_id = (select app.account())"
THIS_ROUND = "select from networks_round o where o.id = networks_{}.round_id"
THIS_RESPONDENT = "select from networks_respondent r where r.id = networks_{}.respondent_id"


class Migration(migrations.Migration):
    dependencies = [
        ("networks", "0001_initial"),
        ("kernel", "0002_roles"),
        ("places", "0001_initial"),
        ("access", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(MINE, migrations.RunSQL.noop),
        fence("networks_round", f"{RUN} or id = any (select unnest(app.asked_in_rounds()))", writable=RUN),
        fence(
            "networks_respondent",
            f"exists ({THIS_ROUND.format('respondent')})",
            writable=f"exists ({THIS_ROUND.format('respondent')} and o.{RUN})",
        ),
        *(
            fence(
                f"networks_{table}",
                f"exists ({THIS_ROUND.format(table)})",
                writable=f"exists ({THIS_ROUND.format(table)} and o.{RUN})",
                append_only=True,
            )
            for table in ("outcome", "consensus")
        ),
        fence(
            "networks_roundsheet",
            f"exists ({THIS_RESPONDENT.format('roundsheet')} and (r.{ME}"
            f" or exists (select from networks_round o where o.id = r.round_id and o.{RUN})))",
            writable=f"exists ({THIS_RESPONDENT.format('roundsheet')} and r.{ME})",
            append_only=True,
        ),
        fence("networks_rounddraft", "account = (select app.account())"),
        migrations.RunSQL(
            f"revoke delete on networks_round, networks_respondent from {RUNTIME}, {WORKER};",
            migrations.RunSQL.noop,
        ),
    ]
