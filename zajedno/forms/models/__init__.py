"""Tables of the room: forms and their versions. Abstract `AnswerSheet` and `SheetDraft` for higher rooms."""

from zajedno.forms.models.form import Approval, Enabling, Form, Version
from zajedno.forms.models.sheet import DRAFT_PLAIN, SHEET_PERSONAL, SHEET_PLAIN, AnswerSheet, SheetDraft

__all__ = [
    "DRAFT_PLAIN",
    "SHEET_PERSONAL",
    "SHEET_PLAIN",
    "AnswerSheet",
    "Approval",
    "Enabling",
    "Form",
    "SheetDraft",
    "Version",
]
