"""By which indicator it will be seen whether a model worked at a place: named once, before anybody can look."""

from django.db import migrations, models

STAYS = """
create function app.site_keeps_indicator() returns trigger language plpgsql as $$ begin
  if old.indicator <> '' and (old.indicator, old.indicator_on) is distinct from (new.indicator, new.indicator_on) then
    raise exception 'the indicator of a site never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger keeps_indicator before update on exchange_site
  for each row execute function app.site_keeps_indicator();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0013_search_newest_slice"),
        ("places", "0005_directory"),
        ("procedures", "0002_immutable"),
    ]

    operations = [
        migrations.AddField(
            model_name="site",
            name="indicator",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="site",
            name="indicator_on",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="site",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("indicator", ""), ("indicator_on", None)),
                    models.Q(models.Q(("indicator", ""), _negated=True), ("indicator_on__isnull", False)),
                    _connector="OR",
                ),
                name="site_indicator_has_day",
            ),
        ),
        migrations.RunSQL(STAYS, migrations.RunSQL.noop),
    ]
