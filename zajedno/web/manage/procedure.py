"""One procedure as the engine will walk it, for people: steps, moves, deadlines with their law, letters, versions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from zajedno.access.queries.account import roles
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound
from zajedno.places.enums import Sector
from zajedno.procedures.logic.definition import Definition, MoveRule
from zajedno.procedures.queries import definition as definitions
from zajedno.procedures.queries.words import input_said, need_said
from zajedno.web.manage.frame import PACKS, manage_page, moment, show
from zajedno.web.manage.pack_pages import mark, source_rows
from zajedno.web.shared.pieces import Cell, Column, Table, Tag
from zajedno.web.shared.procedure_drawing import drawn
from zajedno.web.work.labels import length_label


@manage_page(*PACKS)
def one(request: HttpRequest, country: str, key: str) -> HttpResponse:
    country = "" if country == "any" else country
    versions = definitions.versions(key, country)
    if not versions:
        raise NotFound("There is no such procedure.")
    definition = definitions.of_version(versions[0].pk)
    sources = [definition.source, *(rule.source for rule in definition.deadlines)]
    sources += [definition.composition.source] if definition.composition else []
    context = {
        "heading": label(definition.labels),
        "drawn": drawn(definition),
        "number": versions[0].number,
        "unverified": sum(not source.verified for source in sources),
        "source": source_rows(definition.source),
        "tables": [parts(definition), steps(definition), moves(definition), letters(definition)],
        "deadlines": deadlines(definition),
        "composition": _composition(definition),
        "versions": _versions(versions),
    }
    return show(request, "packs", "procedure.html", context)


def names(labelled: Mapping[str, Any], keys: Iterable[str]) -> str:
    """Labels of keys, joined; a key without a label stands as it is."""
    return ", ".join(label(labelled[key].labels) if key in labelled else key for key in keys)


def steps(definition: Definition) -> Table:
    kinds = {"start": _("Beginning"), "work": _("Work"), "wait": _("Waiting"), "end": _("End")}
    rows = [[label(step.labels), kinds[step.kind], label(step.hint) if step.hint else ""] for step in definition.steps]
    return Table("steps", _("Steps"), [Column(_("Step")), Column(_("Kind")), Column(_("What happens"))], rows)


def moves(definition: Definition) -> Table:
    columns = [
        Column(_("Move")),
        Column(_("From step")),
        Column(_("To step")),
        Column(_("By whom")),
        Column(_("What it takes")),
    ]
    rows = [_move(definition, move) for move in definition.moves]
    return Table("moves", _("Moves"), columns, rows)


def _move(definition: Definition, move: MoveRule) -> list[Any]:
    to = label(definition.step[move.to_step].labels) if move.to_step else _("stays where it is")
    asks = ", ".join(input_said(definition, ask) for ask in move.asks)
    needs = Cell(" ".join(need_said(definition, need) for need in move.needs), small=asks)
    return [label(move.labels), names(definition.step, move.from_steps), to, names(definition.part, move.by), needs]


def deadlines(definition: Definition) -> Table:
    columns = [
        Column(_("Deadline")),
        Column(_("Length")),
        Column(_("Runs from")),
        Column(_("Stops with")),
        Column(_("Source")),
        Column(_("State")),
    ]
    rows = []
    for rule in definition.deadlines:
        source = Cell(rule.source.law, small=" ".join(filter(None, (rule.source.article, rule.source.note))))
        starts, stops = names(definition.move, rule.start), names(definition.move, rule.stop)
        rows.append(
            [label(rule.labels), length_label(rule), starts, stops, source, Cell(tag=mark(rule.source.verified))]
        )
    return Table("deadlines", _("Deadlines"), columns, rows, empty=_("This procedure has no deadline."))


def parts(definition: Definition) -> Table:
    columns = [Column(_("Part")), Column(_("Role")), Column(_("Votes"))]
    known = {role.key: label(role.labels) for role in roles()}
    rows = [
        [label(part.labels), known.get(part.role, part.role) or "–", _("yes") if part.votes else ""]
        for part in definition.parts
    ]
    return Table("parts", _("Who takes part"), columns, rows)


def letters(definition: Definition) -> Table:
    rows = [[label(letter.labels), names(definition.part, letter.to)] for letter in definition.letters]
    return Table("letters", _("Letters"), [Column(_("Letter")), Column(_("Recipient"))], rows, empty=_("No letters."))


def _composition(definition: Definition) -> dict[str, Any] | None:
    if definition.composition is None:
        return None
    seats = definition.composition.seats
    sectors = dict(Sector.choices)
    rows = [
        [label(seat.labels), sectors.get(seat.sector, seat.sector), _("yes") if seat.deputies else ""] for seat in seats
    ]
    columns = [Column(_("Seat")), Column(_("Sector")), Column(_("A deputy may come"))]
    table = Table("seats", _("Composition of the commission"), columns, rows)
    return {
        "table": table,
        "quorum": definition.composition.quorum,
        "source": source_rows(definition.composition.source),
    }


def _versions(versions: Iterable[Any]) -> Table:
    rows = []
    for number, version in enumerate(versions):
        tag = Tag(_("In use"), "done") if number == 0 else Tag(_("For cases that began with it"), "off")
        when = moment(version.loaded_on)
        rows.append([str(version.number), when, Cell(tag=tag), version.digest[:12]])
    columns = [Column(_("Version")), Column(_("Loaded")), Column(_("State")), Column(_("Digest"))]
    return Table("versions", _("Versions"), columns, rows)
