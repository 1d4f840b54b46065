"""The annual report of a body is one of several: its words are kept section by section, an edition also for Word and as
data, and every edition after the first says why it was made."""

from django.db import migrations, models

# Before, a year had one row with both; and nobody was asked why there is a second edition.
MOVED = """
set constraints all immediate;
update networks_yearwords set section = 'introduction', text = introduction;
insert into networks_yearwords (body_id, year, section, text, written_by, written_on, introduction, conclusion)
  select body_id, year, 'conclusion', conclusion, written_by, written_on, '', '' from networks_yearwords
  where conclusion <> '';
delete from networks_yearwords where text = '';
set constraints all deferred;
"""
WHY = """
alter table networks_yearreport disable trigger kept;
update networks_yearreport set reason = '–' where number > 1;
alter table networks_yearreport enable trigger kept;
"""


class Migration(migrations.Migration):
    dependencies = [("networks", "0014_network_seats")]
    operations = [
        migrations.RemoveConstraint("yearwords", "year_words_once"),
        migrations.AddField(
            "yearwords", "section", models.CharField(default="", max_length=40), preserve_default=False
        ),
        migrations.AddField("yearwords", "text", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunSQL(MOVED, migrations.RunSQL.noop),
        migrations.RemoveField("yearwords", "introduction"),
        migrations.RemoveField("yearwords", "conclusion"),
        migrations.AlterModelOptions("yearwords", {"ordering": ["-year", "id"]}),
        migrations.AddConstraint(
            "yearwords",
            models.UniqueConstraint(fields=("body", "year", "section"), name="year_words_once"),
        ),
        migrations.AddConstraint(
            "yearwords",
            models.CheckConstraint(condition=models.Q(("section", ""), _negated=True), name="year_words_section"),
        ),
        migrations.AddField(
            "yearreport", "language", models.CharField(blank=True, default="", max_length=10), preserve_default=False
        ),
        migrations.AddField("yearreport", "reason", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("yearreport", "word", models.BinaryField(null=True)),
        migrations.AddField("yearreport", "said", models.JSONField(default=dict)),
        migrations.RunSQL(WHY, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "yearreport",
            models.CheckConstraint(
                condition=models.Q(("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="year_report_says_why",
            ),
        ),
    ]
