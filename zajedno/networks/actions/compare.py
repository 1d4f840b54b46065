"""Networks side by side, as a file."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.spreadsheets import write_csv, write_workbook
from zajedno.networks.enums import Dimension
from zajedno.networks.queries.compare import numbers
from zajedno.networks.rules import COMPARE
from zajedno.places.enums import Sector

KINDS = ("xlsx", "csv")


@transaction.atomic
def export(*, by: Actor, kind: str) -> bytes:
    """A workbook or CSV (UTF-8) in the language in use, a network a row: names of institutions and numbers, nothing
    else; an empty cell is not known."""
    if kind not in KINDS:
        raise Refused(gettext_lazy("Choose the kind of file."), "kind")
    found = numbers(by)
    header = [
        _("Network"), _("Municipality"), _("Sustainability (0–3)"), *(str(one.label) for one in Dimension),
        _("Self-evaluation (0–3)"), _("Density (%)"), _("Members"), *(str(one.label) for one in Sector),
    ]  # fmt: skip
    rows = [
        (
            str(one.network), str(one.network.territory), _plain(one.sustainability),
            *(one.levels.get(dimension) for dimension in Dimension.values), _plain(one.self_evaluation),
            _plain(one.density), one.size or None,
            *(one.members.get(sector, 0) if one.members else None for sector in Sector.values),
        )
        for one in found
    ]  # fmt: skip
    audit.record(by=by, verb=COMPARE.key, detail={"kind": kind, "rows": len(rows)})
    if kind == "xlsx":
        return write_workbook(header, rows, _("Networks"))
    return "".join(write_csv(header, rows, ";")).encode()


def _plain(value: object) -> float | None:
    return None if value is None else float(str(value))
