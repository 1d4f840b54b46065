"""An extract is made from what the statistics role may read, and deleted when its time is over. Nobody's act."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from zajedno.access.actions import audit, outbox
from zajedno.access.queries.account import by_ids
from zajedno.indicators.actions.extract import keep
from zajedno.indicators.enums import NUMERIC, QUASI, RUNGS, UNITS, Asked, FileKind
from zajedno.indicators.logic.extract.anonymous import Anonymous, TooFew, anonymous, diversity
from zajedno.indicators.logic.extract.ladders import Ladder, ages, places, plain
from zajedno.indicators.logic.extract.parquet import CHILD, packed, under_new_keys, written
from zajedno.indicators.models import Extract, ExtractFile
from zajedno.indicators.queries.extract import APPROVED, FAILED, SEALED, Facts, facts, functioning, lies_in, state
from zajedno.indicators.rules import EXPIRE, MAKE
from zajedno.kernel import clock
from zajedno.kernel.fence import STATISTICS, WORKER, acting

WHERE = _("Log in to Zajedno and open the page /manage/extracts/mine/ there. It is there for a limited time.")
KEY = _("Invented key of a child, of this extract alone")
NUMBER, NAME, KIND = "number", "extract.zip", "application/zip"


def make(*, uuid: str) -> None:
    """Read as statistics, keep as worker. Too few children: no file, and it is said why."""
    with acting(WORKER):
        row = Extract.objects.select_for_update().get(uuid=uuid)
        if row.approved_on is None or state(row, clock.today()) not in (APPROVED, FAILED):
            return
        known = functioning(clock.today()) if SEALED in row.columns else {}
        with acting(STATISTICS):
            found, (district, region) = facts(row, clock.today()), lies_in(row.country_id)
        for number, cells in zip(found.numbers, found.rows, strict=True):
            cells[SEALED.value] = known.get(number, "")
        ladders = _ladders(row, district, region)
        try:
            told, numbers = _anonymous(row, found, ladders)
        except TooFew:
            row.trouble = "few"
            row.save(update_fields=["trouble"])
            audit.record(by=None, verb=MAKE, about=row, detail={"few": True})
            return
        _keep(row, told, numbers, ladders)


def _ladders(row: Extract, district: dict[str, str], region: dict[str, str]) -> list[Ladder]:
    every = {
        Asked.AGE: ages(Asked.AGE.value), Asked.DISTRICT: places(Asked.DISTRICT.value, district, region)
    }  # fmt: skip
    return [every.get(one) or plain(one.value) for one in QUASI if one in row.columns]


def _anonymous(row: Extract, found: Facts, ladders: list[Ladder]) -> tuple[Anonymous, list[int]]:
    """The rows that may go out, and whose they are, in the same order."""
    carried = [
        {name: cells[name] for name in row.columns} | {NUMBER: str(number)}
        for number, cells in zip(found.numbers, found.rows, strict=True)
    ]
    told = anonymous(carried, ladders, row.k)
    return told, [int(one.pop(NUMBER)) for one in told.rows]


def _keep(row: Extract, told: Anonymous, numbers: list[int], ladders: list[Ladder]) -> None:
    rows = under_new_keys(told.rows, numbers)
    with override(row.language):
        row.dictionary = _dictionary(row, told, ladders)
    about = {"extract": str(row.uuid), "made_on": clock.today().isoformat(), "k": row.k, "rows": len(rows),
             "years": [row.year_from, row.year_until], "country": row.country_id,
             "agreement": row.agreement_number, "expires_on": row.expires_on.isoformat()}  # fmt: skip
    data = written(rows, row.columns, [one.value for one in NUMERIC])
    keep(row, FileKind.DATA, packed(data, row.dictionary, about), NAME, KIND, row.requested_by)
    row.made_on, row.rows, row.trouble = clock.now(), len(rows), ""
    row.save(update_fields=["made_on", "rows", "trouble", "dictionary"])
    audit.record(by=None, verb=MAKE, about=row, detail={"rows": len(rows), "k": row.k})
    to = by_ids([row.researcher])[row.researcher]
    outbox.write(to=to, key=f"extract-{row.uuid}", subject=_("An extract for research is ready"), body=WHERE)


def _dictionary(row: Extract, told: Anonymous, ladders: list[Ladder]) -> list[dict[str, Any]]:
    """A line for each column, in the language that was asked for."""
    rungs = {ladder.key: ladder.names[told.rungs[ladder.key]] for ladder in ladders}
    facts_asked = [one for one in row.columns if one not in rungs]
    fewest = diversity(told.rows, ladders, facts_asked)
    every = len(told.rows) + told.left_out
    share = -(-100 * told.left_out // every)  # rounded up, so that it does not say how few
    lines = [_line(CHILD, KEY, share)]
    for name in row.columns:
        one = Asked(name)
        codes = [] if one in NUMERIC else sorted({cells[name] for cells in told.rows})
        coarse = RUNGS[rungs[name]] if name in rungs else ""
        lines.append(_line(name, one.label, share, UNITS.get(one, ""), codes, coarse, fewest.get(name, 0)))
    return lines


def _line(
    column: str, meaning: Any, share: int, unit: Any = "", codes: Sequence[str] = (), coarse: Any = "", fewest: int = 0
) -> dict[str, Any]:
    return {
        "column": column, "meaning": force_str(meaning), "unit": force_str(unit), "codes": list(codes),
        "generalised": force_str(coarse), "left_out_percent": share, "fewest_values": fewest,
    }  # fmt: skip


@transaction.atomic
def sweep() -> int:
    """Delete the files of what has expired or was taken back; how many."""
    with acting(WORKER):
        over = Q(expires_on__lt=clock.today()) | Q(revoked_on__isnull=False)
        rows = list(Extract.objects.select_for_update().filter(over, deleted_on=None))
        for row in rows:
            ExtractFile.objects.filter(extract=row, kind=FileKind.DATA).delete()
            row.deleted_on = clock.now()
            row.save(update_fields=["deleted_on"])
            audit.record(by=None, verb=EXPIRE, about=row)
    return len(rows)
