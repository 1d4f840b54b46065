"""What a framework of results says, in the words and tables of its pages: for who compares, for a place, for all."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from zajedno.figures.logic.figure import Figure, Said
from zajedno.kernel.labels import label
from zajedno.programmes.logic.frame import Progress, Standing, contribution
from zajedno.programmes.queries.frame import Branch, Whole
from zajedno.web.shared.figures import naming
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag
from zajedno.web.shared.report import figure_words, released

if TYPE_CHECKING:
    from zajedno.places.models import Territory
    from zajedno.programmes.models import Frame, Lesson, Phase, Reading

UNITS = {
    "municipalities": gettext_lazy("municipalities"), "communities": gettext_lazy("communities"),
    "children": gettext_lazy("children"), "documents": gettext_lazy("documents"),
}  # fmt: skip
STANDINGS = {
    Standing.UNKNOWN: (gettext_lazy("Nothing told yet"), "plain"), Standing.TOLD: (gettext_lazy("No target"), "info"),
    Standing.REACHED: (gettext_lazy("Reached"), "done"), Standing.UNDERWAY: (gettext_lazy("Not reached"), "wait"),
    Standing.PARTLY: (gettext_lazy("Told in part"), "info"),
}  # fmt: skip


def number(value: Decimal | None, unit: str = "") -> str:
    if value is None:
        return "–"
    return naming.with_unit(naming.number(value), unit if unit == "%" else "")


def value_said(one: "Reading", unit: str) -> str:
    """As its source has it: "over 6,000", "26 of 142"."""
    said = number(one.value, unit)
    if one.out_of is not None:
        said = _("%(value)s of %(all)s") % {"value": said, "all": number(one.out_of)}
    return _("over %(value)s") % {"value": said} if one.at_least else said


def verified(row: object) -> Tag:
    """Whether somebody read it in its source."""
    found = getattr(row, "verified", False)
    return Tag(_("Read in its source"), "done") if found else Tag(_("Not verified"), "wait")


def years(phase: "Phase") -> str:
    return f"{phase.begins} – {phase.ends}"


def standing_tag(progress: Progress) -> Tag:
    text, tone = STANDINGS[progress.standing]
    return Tag(text, tone)


def progress_said(progress: Progress) -> str:
    """A plain sentence."""
    match progress.standing:
        case Standing.UNKNOWN:
            return _("Nothing is told yet.")
        case Standing.TOLD:
            return _("%(value)s; no target was set.") % {"value": number(progress.value)}
        case Standing.PARTLY:
            ends = {"value": number(progress.value), "target": number(progress.target)}
            return _("Places told %(value)s so far; the target was %(target)s.") % ends
        case _:
            ends = {"value": number(progress.value), "target": number(progress.target)}
            if progress.share is None:
                return _("%(value)s; the target was %(target)s.") % ends
            return _("%(value)s of %(target)s, that is %(share)s %%.") % {**ends, "share": progress.share}


def facts(frame: "Frame", whole: Whole) -> list[Row]:
    phases = [f"{phase}: {years(phase)}" for phase in whole.phases]
    return [
        Row(_("About"), label(frame.about)),
        Row(pgettext("frame", "Phases"), phases),
        Row(_("Municipalities"), str(len(whole.places))),
        Row(_("Source"), [frame.source, verified(frame)]),
    ]


def tree(whole: Whole) -> Table:
    """Every result under what it leads to, with the newest number that is told of all together."""
    lines, place = [], [0, 0, 0, 0]
    for branch in whole.branches:
        place = [*place[: branch.depth], place[branch.depth] + 1, 0, 0, 0][:4]
        row, last = branch.result, (branch.whole or branch.readings)[-1:]
        named = f"{'.'.join(map(str, place[: branch.depth + 1]))} {row}"
        lines.append([
            Cell(named, small=row.get_level_display()), _newest(branch), last[0].period if last else "–",
            _stands(branch), Cell(last[0].source if last else "–", small=_checked(last)),
        ])  # fmt: skip
    columns = [Column(_("Result")), Column(_("What is told")), Column(_("Period")), Column(_("How it stands")),
               Column(_("Source"))]  # fmt: skip
    return Table("tree", _("Results, the highest first"), columns, lines, empty=_("No result is named yet."))


def _stands(branch: Branch) -> Cell:
    """Against the target of all phases; where phases have their own, they are told apart."""
    found = branch.progress()
    if found.target is None and branch.targets:
        return Cell(_("See the targets by phase"))
    return Cell("–") if found.standing is Standing.UNKNOWN else Cell(tag=standing_tag(found))


def _checked(last: "Sequence[Reading]") -> str:
    return "" if not last else str(verified(last[0]).text)


def _newest(branch: Branch) -> Cell:
    """The last number of all; of a place, where there is no other."""
    row = branch.result
    if row.indicator:
        return Cell(_("Measured by indicator %(code)s") % {"code": row.indicator})
    found = branch.whole[-1:] or branch.readings[-1:]
    if not found:
        return Cell("–")
    unit = str(UNITS.get(row.unit, "" if row.unit == "%" else row.unit))
    place = str(found[0].place) if found[0].place_id else ""
    return Cell(value_said(found[0], row.unit), small=", ".join(one for one in (unit, place) if one))


def targets(whole: Whole) -> Table:
    """Phase by phase, what was to be reached, in a sentence."""
    lines = []
    for branch in whole.branches:
        for target in branch.targets:
            found = branch.progress(target.phase_id)
            lines.append([
                str(branch.result), str(target.phase or _("All phases")), number(target.value, branch.result.unit),
                progress_said(found), Cell(tag=standing_tag(found)), Cell(target.source, small=verified(target).text),
            ])  # fmt: skip
    columns = [Column(_("Result")), Column(_("Phase")), Column(_("Target"), numeric=True), Column(_("What came of it")),
               Column(_("How it stands")), Column(_("Source"))]  # fmt: skip
    return Table("targets", _("Targets by phase"), columns, lines, empty=_("No target is written down."))


def matrix(whole: Whole) -> Table:
    """Which municipality was in which phase, and how many numbers it told."""
    lines = []
    for place in whole.places:
        inside = {phase.pk for phase in whole.phases_of(place.pk)}
        told = sum(len(branch.of(place.pk)) for branch in whole.branches)
        took = [_("takes part") if phase.pk in inside else "–" for phase in whole.phases]
        lines.append([str(place), *took, str(told)])
    phases = [Column(f"{phase} ({years(phase)})") for phase in whole.phases]
    columns = [Column(_("Municipality")), *phases, Column(_("Numbers told"), numeric=True)]
    return Table("matrix", _("Phases and municipalities"), columns, lines, empty=_("No municipality is named."))


def contributions(whole: Whole, place: "Territory | None" = None) -> Table:
    """What each place brought, as it told or as it was published; of one place alone, where one is asked for."""
    lines = []
    for branch in whole.branches:
        for one in branch.readings:
            if one.place_id is None or (place is not None and one.place_id != place.pk):
                continue
            share = contribution(one.value, branch.progress().value)
            part = _("%(share)s %% of all") % {"share": share} if share is not None else ""
            lines.append([
                str(one.place), str(branch.result), Cell(value_said(one, branch.result.unit), small=part), one.period,
                Cell(one.source, small=one.evidence or verified(one).text),
            ])  # fmt: skip
    columns = [Column(_("Municipality")), Column(_("Result")), Column(_("What it brought")), Column(_("Period")),
               Column(_("Source and evidence"))]  # fmt: skip
    return Table("contributions", _("What each place brought"), columns, lines, empty=_("No place told anything yet."))


def lessons(whole: Whole, place: "Territory | None" = None) -> Table:
    rows = [one for one in whole.lessons if place is None or one.place_id in (None, place.pk)]
    lines = [[Cell(label(one.texts), lang=_lang(one)), _of(one), Cell(one.source, small=verified(one).text)]
             for one in rows]  # fmt: skip
    columns = [Column(_("Lesson")), Column(_("Of")), Column(_("Source"))]
    return Table("lessons", _("What was learnt"), columns, lines, empty=_("No lesson is written down yet."))


def _lang(one: "Lesson") -> str:
    """Of a lesson that a place wrote in one language."""
    return next(iter(one.texts)) if len(one.texts) == 1 else ""


def _of(one: "Lesson") -> str:
    parts = [str(part) for part in (one.place, one.phase) if part is not None]
    return ", ".join(parts) or _("The whole")


def figures(whole: Whole) -> list[Figure]:
    """Released figures of results that are measured by an indicator, in the places of the framework."""
    places = [place.code for place in whole.places]
    codes = sorted({branch.result.indicator for branch in whole.branches if branch.result.indicator})
    found = [
        one
        for code in codes
        if (periods := released.periods(code, whole.frame.country))
        for one in released.figures([code], places, periods[:1])
    ]
    return [one for one in found if one.said is not Said.ABSENT]


def figure_table(found: Sequence[Figure]) -> Table:
    title = _("Released figures")
    printed = figure_words.table(title, found, released.names(found))
    if printed is None:
        return Table("figures", title, [Column(_("Indicator"))], [], empty=_("No figure is released yet."))
    return printed.table("figures")


def tables(whole: Whole) -> list[Table]:
    """All that everybody reads, in order."""
    measured = [figure_table(figures(whole))] if any(one.result.indicator for one in whole.branches) else []
    return [tree(whole), targets(whole), *measured, matrix(whole), contributions(whole), lessons(whole)]
