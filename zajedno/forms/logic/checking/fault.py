"""What is wrong with a form: where it stands and a sentence for whoever wrote it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from zajedno.kernel.spreadsheets import gettext_noop


@dataclass(frozen=True, slots=True)
class Fault:
    """`row`: in the sheet as the office sees it, 0 where it is about the whole sheet; `column`: as it is written there,
    "" where it is about the whole row. `params` are words of the form that stand in the sentence."""

    sheet: str
    row: int
    column: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def sentence(self) -> str:
        """In English."""
        return self.said(str)

    def said(self, translate: Callable[[str], str]) -> str:
        """Translated by the function given (`gettext` on a page)."""
        said = translate(SENTENCES[self.code]).format(**self.params)
        near = self.params.get("near")
        return f"{said} {translate(NEAR).format(near=near)}" if near else said

    def __str__(self) -> str:
        """For the command line: sheet, row, column, sentence."""
        where = ", ".join(filter(None, (self.sheet, f"row {self.row}" if self.row else "", self.column)))
        return f"{where}: {self.sentence}"


def near(word: str, known: Iterable[str]) -> dict[str, str]:
    """`{"near": …}` with the known word that is meant, if one is close; for `Fault.params`."""
    close = get_close_matches(word, list(known), 1, 0.6)
    return {"near": close[0]} if close else {}


NEAR = gettext_noop("Did you mean “{near}”?")

SENTENCES: dict[str, str] = {
    "sheet_missing": gettext_noop("The workbook has no sheet “{name}”, or nothing stands in it."),
    "sheet_unknown": gettext_noop("The sheet “{name}” is not known."),
    "sheet_refused": gettext_noop(
        "The sheet “{name}” is not taken: lists from outside and entities are not supported."
    ),
    "column_unknown": gettext_noop("The column “{name}” is not known."),
    "column_refused": gettext_noop("The column “{name}” belongs to ODK but is not supported here."),
    "column_twice": gettext_noop("The column “{name}” stands there twice."),
    "column_missing": gettext_noop("The column “{name}” is missing."),
    "column_unused": gettext_noop("The column “{name}” is neither known nor used in a choice_filter."),
    "column_language": gettext_noop("The column “{name}” names no language after “::”."),
    "column_untranslatable": gettext_noop("The column “{name}” cannot stand in several languages."),
    "setting_rows": gettext_noop("The settings have one row; this is one too many."),
    "form_id": gettext_noop("“{value}” is no form_id: letters, digits, hyphens and underscores only, at most 80."),
    "default_language": gettext_noop("The default language “{value}” is none of the form's columns."),
    "type_missing": gettext_noop("The row has no type."),
    "type_unknown": gettext_noop("The type “{value}” is not known."),
    "type_refused": gettext_noop("The type “{value}” is not supported."),
    "type_from_file": gettext_noop("Choices from a file are not supported. Put them into the sheet “choices”."),
    "type_or_other": gettext_noop(
        "“or_other” is not supported. Add a choice “other” to the list and a text question that is relevant when it is"
        " chosen."
    ),
    "type_words": gettext_noop("“{value}” has a word too many or too few; a list is named after select_one."),
    "list_unknown": gettext_noop("The list “{value}” is not in the sheet “choices”."),
    "name_missing": gettext_noop("The row has no name."),
    "name_wrong": gettext_noop(
        "“{value}” is no name: it begins with a letter or _, and letters, digits, hyphens, points and _ follow."
    ),
    "name_reserved": gettext_noop("“{value}” is kept for what a sheet says of itself. Choose another name."),
    "name_twice": gettext_noop("“{value}” is already a name in this group, in row {other}."),
    "end_without_begin": gettext_noop("“{value}” ends what was not begun."),
    "end_crossed": gettext_noop("“{value}” stands where “{other}” of row {row} must be ended first."),
    "begin_without_end": gettext_noop("What begins here is never ended."),
    "group_empty": gettext_noop("Nothing stands in this group."),
    "label_missing": gettext_noop("The label is missing."),
    "text_missing": gettext_noop("The text is missing in “{language}”."),
    "cell_useless": gettext_noop("“{name}” means nothing in a row of the type “{type}”."),
    "message_useless": gettext_noop("A message is given, but no “{name}”."),
    "calculation_missing": gettext_noop("A row of the type “calculate” needs a calculation."),
    "parameter_wrong": gettext_noop("Parameters are written as name=value, with blanks between them."),
    "parameter_unknown": gettext_noop("The parameter “{value}” is not known for the type “{type}”."),
    "parameter_number": gettext_noop("The parameter “{value}” must be a number."),
    "range_wrong": gettext_noop("A range needs an end other than its start, and a step that fits into it."),
    "appearance_unknown": gettext_noop("The appearance “{value}” is not known."),
    "appearance_refused": gettext_noop("The appearance “{value}” changes what is asked and is not supported."),
    "default_wrong": gettext_noop("“{value}” cannot be an answer of this question."),
    "reference_unknown": gettext_noop("No row has the name “{value}”."),
    "reference_ambiguous": gettext_noop("Several rows have the name “{value}”, so it is not clear which is meant."),
    "reference_unclosed": gettext_noop("After “$” a name must stand in braces, and the brace must be closed."),
    "reference_saved": gettext_noop("Answers of an earlier sheet (last-saved) are not supported."),
    "path_unknown": gettext_noop("The form has no place “{value}”."),
    "syntax": gettext_noop("This is no XPath expression: {value}."),
    "function_unknown": gettext_noop("The function “{value}” is not known."),
    "function_refused": gettext_noop("The function “{value}” is not supported."),
    "pulldata": gettext_noop("pulldata reads a file from outside, which is not supported."),
    "function_values": gettext_noop("The function “{value}” has too many or too few values."),
    "function_fleeting": gettext_noop(
        "“{value}” gives something else each time. It may stand in once(…) or as a default, where it is kept."
    ),
    "expression_unsupported": gettext_noop("“{value}” is not supported in an expression here."),
    "pattern_wrong": gettext_noop("“{value}” is no pattern that can be read."),
    "instance_unknown": gettext_noop("There is no list “{value}” to look into."),
    "filter_unknown": gettext_noop("The sheet “choices” has no column “{value}”."),
    "circular": gettext_noop("This depends on itself: {value}."),
    "choice_list_missing": gettext_noop("The row names no list."),
    "choice_name_missing": gettext_noop("The choice has no name."),
    "choice_name_blank": gettext_noop(
        "“{value}” has a blank in it; several choices are stored with blanks between them."
    ),
    "choice_twice": gettext_noop("The list has “{value}” twice, first in row {other}."),
    "form_too_large": gettext_noop("The form has more than {most} rows."),
    "converter": gettext_noop("The converter of ODK refuses the form: {value}"),
}
