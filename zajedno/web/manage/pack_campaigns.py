"""Historical campaigns of packs: what is wrong in a file, what loading it would change, loading."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from zajedno.exchange.logic.campaign import check
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.difference import canonical, difference
from zajedno.procedures.logic.reading import Mistake

if TYPE_CHECKING:
    from zajedno.web.manage.packs import Change, Pack


def files(pack: "Pack") -> list[Path]:
    return sorted((pack.folder / "campaigns").glob("*.toml"))


def campaign_parts(pack: "Pack") -> Iterator[tuple[str, list[Mistake]]]:
    """Each campaign's file with its mistakes."""
    countries = {one.parent.name.upper() for one in settings.PACKS_DIR.glob("*/pack.toml")}
    for path in files(pack):
        yield f"campaigns/{path.name}", check(path.read_text(encoding="utf-8"), key=path.stem, countries=countries)


def changes(packs: "Sequence[Pack]") -> "list[Change]":
    """What loading the campaigns would change. Writes nothing."""
    from zajedno.exchange.queries.campaign import contents
    from zajedno.web.manage.packs import Change

    known = contents()
    found = []
    for pack in packs:
        for path in files(pack):
            old = canonical(known.get(path.stem, {}))
            new = {name: value for name, value in _content(pack, path).items() if name in old or not old}
            if any(old.get(name) != value for name, value in new.items()):
                found.append(Change(pack.key, f"campaign {path.stem}", 0, difference(old, new)))
    return found


def load(packs: "Sequence[Pack]", by: Actor | None, progress: Callable[[str], None]) -> "list[Change]":
    """Bring campaigns in line with the packs. What no pack names any more is no longer shown."""
    from zajedno.exchange.actions.campaign import load_campaign, retire_campaigns
    from zajedno.web.manage.packs import with_neighbours

    found = changes(packs)
    for pack in packs:
        for path in files(pack):
            if load_campaign(_content(pack, path), by=by):
                progress(f"{pack.key}: campaign {path.stem}")
    retire_campaigns({path.stem for pack in with_neighbours(packs) for path in files(pack)}, by=by)
    return found


def _content(pack: "Pack", path: Path) -> dict[str, object]:
    return canonical(pack.table(f"campaigns/{path.name}"))
