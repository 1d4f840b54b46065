"""A pair in words: how likely, what agrees, in which script; and its fields side by side."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.children.enums import Field, IdentifierKind
from zajedno.children.logic.matching import Kind
from zajedno.children.queries.alias import BOTH, Compared
from zajedno.children.queries.family import guardians
from zajedno.kernel.script import CYRILLIC
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Cell, Tag

WHICH = {
    "": gettext_lazy("Not decided"),
    "asked": gettext_lazy("Somebody asks me"),
    "same": gettext_lazy("Decided: the same child"),
    "different": gettext_lazy("Decided: different children"),
}
KINDS = {
    Kind.AGREES: (gettext_lazy("Agrees"), "done"),
    Kind.NEARLY: (gettext_lazy("Nearly agrees"), "wait"),
    Kind.DIFFERS: (gettext_lazy("Differs"), "late"),
}
CLOSED = gettext_lazy("Not open to you in both files")


def state_tag(pair: Compared) -> Tag:
    row = pair.alias
    if row.state == row.State.CONFIRMED:
        return Tag(_("The same child"), "done")
    if row.state == row.State.REJECTED:
        return Tag(_("Different children"), "off")
    if pair.is_asked:
        return Tag(_("You are asked"), "late")
    waits = (row.asked | row.agreed) & pair.sides and pair.sides != BOTH
    return Tag(_("Waits for the other institution"), "info") if waits else Tag(_("Not decided"), "wait")


def chance(pair: Compared) -> str:
    """In percent, to who sees both files; of a file that is not seen even this would tell something."""
    share = pair.alias.probability
    if pair.sides != BOTH or Field.IDENTITY not in pair.open:
        return ""
    return _("not weighed yet") if share is None else f"{min(99, int(100 * share))} %"


def reasons(pair: Compared) -> list[tuple[Tag, str]]:
    """What agrees, nearly agrees, differs: a tag and a sentence for each field that is open on both sides."""
    return [(Tag(*KINDS[one.kind]), one.words.sentence(_)) for one in pair.why()]


def scripts(pair: Compared) -> list[tuple[Tag, str]]:
    """Said only where the names stand in two scripts: then the same name looks different."""
    if pair.first is None or pair.second is None or Field.IDENTITY not in pair.open:
        return []
    first, second = (bool(re.search(CYRILLIC, child.full_name)) for child in (pair.first, pair.second))
    if first == second:
        return []
    return [(Tag(_("Two scripts"), "info"), _("One file is written in Cyrillic, the other in Latin letters."))]


def columns(pair: Compared) -> list[list[Any]]:
    """A row for each compared field; one that is not open in both files says so and shows neither value."""
    first, second = _values(pair.first, pair.open), _values(pair.second, pair.open)
    rows: list[list[Any]] = [[_("Kept by"), first[""], second[""]]]
    for field, labels in _LABELS.items():
        for label in labels:
            shown = [first[label], second[label]] if field in pair.open else [Cell(CLOSED), Cell(CLOSED)]
            rows.append([label, *shown])
    return rows


_NAMES = (gettext_lazy("Given name"), gettext_lazy("Family name"), gettext_lazy("Date of birth"), gettext_lazy("Sex"))
_NUMBER, _PARENTS = gettext_lazy("National number"), gettext_lazy("Parents and guardians")
_PLACE, _ADDRESS = gettext_lazy("Municipality"), gettext_lazy("Address")
_LABELS: dict[Field, tuple[Any, ...]] = {
    Field.IDENTITY: _NAMES, Field.IDENTIFIERS: (_NUMBER,), Field.FAMILY: (_PARENTS,), Field.CONTACT: (_PLACE, _ADDRESS),
}  # fmt: skip


def _values(child: Any, opened: frozenset[str]) -> dict[Any, str]:
    numbers = child.identifiers.filter(kind=IdentifierKind.NATIONAL)
    number = numbers.first() if Field.IDENTIFIERS in opened else None  # unsealed only where it is shown
    named = (child.given_name, child.family_name, day(child.birth_date), child.get_sex_display())
    return {
        **dict(zip(_NAMES, named, strict=True)), _NUMBER: number.value if number else "",
        _PARENTS: ", ".join(row.name for row in guardians(child)), _PLACE: str(child.residence or ""),
        _ADDRESS: child.address, "": str(child.registered_by),
    }  # fmt: skip
