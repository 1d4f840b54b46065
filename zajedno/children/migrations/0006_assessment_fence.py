"""The fence around assessments: who sees the child, and of drafts and what is held only whose they are."""

from django.db import migrations

from zajedno.kernel.fence import fence

THIS_CHILD = "exists (select from children_child c where c.id = {}.child_id)"
MINE = "organisation = any ((select app.my_keys())::bigint[])"


def of_child(table: str, *, append_only: bool = False) -> migrations.RunSQL:
    return fence(f"children_{table}", THIS_CHILD.format(f"children_{table}"), append_only=append_only)


class Migration(migrations.Migration):
    dependencies = [("children", "0005_assessment"), ("places", "0001_initial")]
    operations = [
        of_child("assessment", append_only=True),
        fence(
            "children_judgement",
            "exists (select from children_assessment a where a.id = children_judgement.assessment_id)",
            append_only=True,
        ),
        fence("children_assessmentdraft", "account = (select app.account())"),
        of_child("fieldcode"),
        of_child("attendance"),
        fence("children_schoolbatch", MINE),
        fence(
            "children_schoolbatchrow",
            "exists (select from children_schoolbatch b where b.id = children_schoolbatchrow.batch_id)",
        ),
        fence("children_submission", MINE),
        fence(
            "children_submissionfile",
            "exists (select from children_submission s where s.id = children_submissionfile.submission_id)",
        ),
    ]
