"""What is read beside the text one writes: the request, the papers, and who the child is."""

from typing import Any

from django.utils.translation import gettext as _

from zajedno.casework.enums import PaperKind
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.content import request_of
from zajedno.web.panel.frame import case_address
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Cell, Link, Row
from zajedno.web.work.labels import REASON_LABELS, step_label


def beside(file: CaseFile) -> dict[str, Any]:
    """The case's head and the material of the request, as far as the reader's ties open it."""
    case, child = file.case, file.case.child
    known = "identity" in file.fields
    return {
        "case": case,
        "who": child.full_name if known else _("Child"),
        "facts": [
            Row(_("born"), day(child.birth_date) if known else ""),
            Row(_("case"), case.number or _("without a number yet")),
            Row(_("step"), step_label(file.definition, case.step)),
        ],
        "asked": request_rows(file),
        "papers": papers(file),
        "crumbs": [Link(_("Commission"), "/panel/"), Link(case.number or _("The case"), case_address(case.uuid))],
    }


def request_rows(file: CaseFile) -> list[Row]:
    content = request_of(file)
    reasons = [REASON_LABELS.get(key, key) for key in content.get("reasons", [])]
    words = (
        ("difficulties", _("What is hard for the child")),
        ("strengths", _("What the child likes and does well")),
        ("tried", _("Support tried so far")),
        ("asked", _("Support that is asked for")),
        ("conditions", _("Living conditions")),
        ("institution", _("School or kindergarten")),
        ("doctor", _("Doctor")),
    )
    rows = [Row(title, str(content[key])) for key, title in words if content.get(key)]
    return [Row(_("Reasons"), reasons), *rows] if reasons else rows


def papers(file: CaseFile) -> list[Cell]:
    """Papers as links to the work desk, which records each reading."""
    if "papers" not in file.fields:
        return []
    rows = file.case.papers.filter(removed_on=None).order_by("added_on")
    return [
        Cell(row.name, case_address(file.case.uuid, f"papers/{row.uuid}/"), small=PaperKind(row.kind).label)
        for row in rows
    ]
