"""Parents of a block of children, and who is whose brother or sister."""

from itertools import repeat

import numpy as np

from zajedno.site.seed.file import File
from zajedno.site.seed.names import BOY, GIRL
from zajedno.site.seed.pattern import NULL

NO_GUARDIAN, NO_PHONE, MOTHER = 0.01, 0.15, 0.62
UNKNOWN = 3  # of every three pairs of siblings one stands in no file


def write_family(file: File) -> None:
    """A guardian has the id of its child, so that cases know who consented before the row is written."""
    children, mother = file.children, (file.dice.random(file.count) < MOTHER).tolist()
    known = np.flatnonzero(file.dice.random(file.count) >= NO_GUARDIAN).tolist()
    known = sorted({*known, *children.keys})  # who consents in a case is known
    mothers, fathers = file.named(GIRL), file.named(BOY)
    file.pages.add(
        "children_guardian",
        ("id", "uuid", "child_id", "account_id", "kind", "name", "represents", "phone", "email", "address"),
        ([file.ids[at] for at in known], file.pages.uuids(len(known)), [file.ids[at] for at in known],
         [children.parents.get(at, NULL) for at in known], ["mother" if mother[at] else "father" for at in known],
         [f"{(mothers if mother[at] else fathers)[at]} {file.family[at]}" for at in known], repeat("t"),
         file.missing(["000 000 000"] * len(known), NO_PHONE, ""), repeat(""), repeat("Улица примера 2")),
    )  # fmt: skip
    pairs = [at for at in np.flatnonzero(children.sibling).tolist() if at % UNKNOWN]
    file.pages.add(
        "children_familylink", ("id", "first_id", "second_id", "kind"),
        (file.pages.numbered("children_familylink", len(pairs)), [file.ids[at - 1] for at in pairs],
         [file.ids[at] for at in pairs], repeat("sibling")),
    )  # fmt: skip
