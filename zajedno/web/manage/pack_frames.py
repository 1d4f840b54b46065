"""Frameworks of results in packs: what is wrong in a file, what loading it would change, loading."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.difference import canonical, difference
from zajedno.procedures.logic.reading import Mistake
from zajedno.programmes.logic.frame_pack import check

if TYPE_CHECKING:
    from zajedno.web.manage.packs import Change, Pack


def files(pack: "Pack") -> list[Path]:
    return sorted((pack.folder / "frames").glob("*.toml"))


def frame_parts(pack: "Pack") -> Iterator[tuple[str, list[Mistake]]]:
    """Each framework's file with its mistakes."""
    for path in files(pack):
        text = path.read_text(encoding="utf-8")
        yield f"frames/{path.name}", check(text, key=path.stem, territories=pack.territories, marks=_marks(pack))


def _marks(pack: "Pack") -> set[str] | None:
    """What marks places of the pack as those of a phase; None where it brings no places."""
    path = pack.folder / "places" / "territories.csv"
    if not path.is_file():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        return {row["spis_phase"] for row in csv.DictReader(file) if row.get("spis_phase")}


def changes(packs: "Sequence[Pack]") -> "list[Change]":
    """What loading the frameworks would change. Writes nothing."""
    from zajedno.programmes.queries.frame import contents
    from zajedno.web.manage.packs import Change

    known = contents()
    found = []
    for pack in packs:
        for path in files(pack):
            new, old = _content(pack, path), canonical(known.get(path.stem, {}))
            if new != old:
                found.append(Change(pack.key, f"frame {path.stem}", 0, difference(old, new)))
    return found


def load(packs: "Sequence[Pack]", by: Actor | None, progress: Callable[[str], None]) -> "list[Change]":
    """Bring frameworks in line with the packs. What no pack names any more is shown no more."""
    from zajedno.programmes.actions.frame import load_frame, retire_frames
    from zajedno.web.manage.packs import with_neighbours

    found = changes(packs)
    for pack in packs:
        for path in files(pack):
            if load_frame(_content(pack, path), country=pack.country, by=by):
                progress(f"{pack.key}: frame {path.stem}")
    retire_frames({path.stem for pack in with_neighbours(packs) for path in files(pack)}, by=by)
    return found


def _content(pack: "Pack", path: Path) -> dict[str, object]:
    return canonical(pack.table(f"frames/{path.name}"))
