"""`python -m benchmarks.match_weights`: learns the weights of `children/logic/matching` anew and writes them as data.

With `--check` it writes nothing and says instead how well weights learned on half of the families do on the others.
"""

import sys
from collections.abc import Sequence
from itertools import combinations

from benchmarks.people import Row, Town, given, harden, of_one_home, quality, town, true_pairs
from zajedno.children.logic.matching.groups import groups
from zajedno.children.logic.matching.learn import SIBLING, Known, learn
from zajedno.children.logic.matching.pairs import WEIGHTS, Bench, Weights, tie_of
from zajedno.kernel.clock import today

HEAD = """# What each level of `fields.py` weighs, in bits (log2 of how much more often it is seen in one child's entries).
# Written by `python -m benchmarks.match_weights`; change the method, not the numbers.
method = "ridge logistic regression over levels, on pairs found by the blocks; a sibling merged counts as {sibling} pairs missed"
learned_on = "the given register of invented children ({count} entries), the same made harder three times, two invented towns"
made = {day}
"""


def training(rows: Town) -> list[Town]:
    """The register, made harder, made harder with twins and lent numbers, and two towns of chance likenesses."""
    return [
        rows,
        harden(rows, 100, 0.7, twins=0.25),
        harden(rows, 101, 1.0, twins=0.25),
        harden(rows, 41, 0.5, twins=0.8, lent=0.1),
        harden(town(4000, 3, 1), 1, 0.5, twins=0.05),
        harden(town(3000, 1, 2), 2, 0.8, twins=0.05),
    ]


def learned(registers: Sequence[Town]) -> Weights:
    return learn([
        Known([row.entry for row in rows], [row.person for row in rows], [row.home for row in rows])
        for rows in registers
    ])  # fmt: skip


def proposed(rows: Sequence[Row], weights: Weights) -> set[tuple[str, str]]:
    """The pairs that weights of one's own would propose."""
    found = groups(map(tie_of, Bench([row.entry for row in rows], weights).weighed()))
    pairs = (pair for group in found for pair in combinations(group, 2))
    return {tuple(sorted((rows[one].entry.key, rows[other].entry.key))) for one, other in pairs}  # type: ignore[misc]


def check() -> None:
    """Two folds by family: what was learned on one is tried on the other, as it is and made harder."""
    rows = given()
    homes = sorted({row.home for row in rows})
    for fold in (0, 1):
        kept = {home for place, home in enumerate(homes) if place % 2 == fold}
        weights = learned(training([row for row in rows if row.home not in kept]))
        mine = [row for row in rows if row.home in kept]
        tried = {
            "as given": mine,
            "harder": harden(mine, 11, 0.6),
            "much harder": harden(mine, 12, 1.0, twins=0.3),
            "twins, lent numbers": harden(mine, 42, 0.5, twins=0.8, lent=0.1),
        }
        for name, town_ in tried.items():
            truth, said = true_pairs(town_), proposed(town_, weights)
            precision, recall, f1 = quality(truth, said)
            print(
                f"fold {fold}, {name}: precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}, "
                f"siblings merged {of_one_home(town_, said - truth)} of {len(said)}",
                flush=True,
            )


def main() -> int:
    if "--check" in sys.argv:
        check()
        return 0
    rows = given()
    lines = [HEAD.format(sibling=SIBLING, count=len(rows), day=today())]
    for field, levels in learned(training(rows)).items():
        lines.append(f"[{field}]\n" + "".join(f"{level} = {bits}\n" for level, bits in levels.items()))
    WEIGHTS.write_text("\n".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
