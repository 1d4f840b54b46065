"""Networks side by side, as a file."""

from django.db import transaction
from django.utils.translation import gettext as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.spreadsheets import write_csv
from zajedno.networks.enums import Dimension
from zajedno.networks.queries.compare import numbers
from zajedno.networks.rules import COMPARE
from zajedno.places.enums import Sector


@transaction.atomic
def export(*, by: Actor) -> bytes:
    """CSV (UTF-8) in the language in use, a network a row: names of institutions and numbers, nothing else."""
    found = numbers(by)
    header = [
        _("Network"), _("Municipality"), _("Sustainability (0–3)"), *(str(one.label) for one in Dimension),
        _("Self-evaluation (0–3)"), _("Density (%)"), _("Members"), *(str(one.label) for one in Sector),
    ]  # fmt: skip
    rows = [
        (
            str(one.network), str(one.network.territory), _plain(one.sustainability),
            *(one.levels.get(dimension) for dimension in Dimension.values), _plain(one.self_evaluation),
            _plain(one.density), one.size, *(one.members.get(sector, 0) for sector in Sector.values),
        )
        for one in found
    ]  # fmt: skip
    audit.record(by=by, verb=COMPARE.key, detail={"rows": len(rows)})
    return "".join(write_csv(header, rows, ";")).encode()


def _plain(value: object) -> float | None:
    return None if value is None else float(str(value))
