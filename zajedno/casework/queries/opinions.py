"""Individual opinions of a case: who wrote, who still owes, and one's own draft."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.members import Member, voters

if TYPE_CHECKING:
    from zajedno.casework.models import Opinion


@dataclass(frozen=True)
class Voice:
    """A member of this case with what they submitted last; `text` is empty for who may not read it."""

    member: Member
    text: str
    submitted_on: datetime | None


def voices(file: CaseFile) -> list[Voice]:
    """Everybody who decides, in the order of the procedure, with their standing opinion."""
    rows = file.case.opinions.filter(submitted_on__isnull=False, replaced_by=None)
    written: dict[int, Opinion] = {row.author_id: row for row in rows}
    may_read = "opinions" in file.fields
    found = []
    for member in voters(file):
        row = written.get(member.account)
        if row is not None:
            row.case = file.case  # its key opens the text without another query
        text = row.text if row is not None and (may_read or member.account == file.by.account) else ""
        found.append(Voice(member, text, row.submitted_on if row is not None else None))
    return found


def own_text(file: CaseFile) -> tuple[str, datetime | None]:
    """One's own words: (the draft or else what was submitted last, when it was submitted)."""
    rows = file.case.opinions.filter(author=file.by.account, replaced_by=None).order_by("submitted_on")
    draft = next((row for row in rows if row.submitted_on is None), None)
    standing = next((row for row in rows if row.submitted_on is not None), None)
    row = draft or standing
    if row is None:
        return "", None
    row.case = file.case
    return row.text, standing.submitted_on if standing else None
