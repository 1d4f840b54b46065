"""Models of packs: what is wrong in a file, what loading it would change, loading."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from zajedno.exchange.logic.model import FIELDS, check, content_of
from zajedno.kernel.actor import Actor
from zajedno.procedures.logic.difference import canonical, difference
from zajedno.procedures.logic.reading import Mistake

if TYPE_CHECKING:
    from zajedno.web.manage.packs import Change, Pack


def model_parts(pack: "Pack", beside: "Sequence[Pack]") -> Iterator[tuple[str, list[Mistake]]]:
    """Each model's file with its mistakes."""
    tools: dict[str, Collection[str]] = {
        "form": {form.key for one in beside for form in one.forms},
        "procedure": {path.stem for one in beside for path in one.procedures},
        "letter": {letter for one in beside for letter in one.letters},
    }
    for path in pack.models:
        yield f"models/{path.name}", check(path.read_text(encoding="utf-8"), key=path.stem, tools=tools)


def _said(content: Mapping[str, Any]) -> dict[str, Any]:
    """What counts of a model, in one shape for the file and the tables."""
    whole = content_of(content)
    return {"titles": content.get("titles", {}), **{name: whole[name] for name in FIELDS}}


def changes(packs: "Sequence[Pack]") -> "list[Change]":
    """What loading the models would change. Writes nothing."""
    from zajedno.exchange.queries.model import contents
    from zajedno.web.manage.packs import Change

    known = contents()
    found = []
    for pack in packs:
        for path in pack.models:
            new, old = canonical(_said(pack.table(f"models/{path.name}"))), known.get(path.stem, {})
            if new != old:
                found.append(Change(pack.key, f"model {path.stem}", 0, difference(old, new)))
    return found


def load(packs: "Sequence[Pack]", by: Actor | None, progress: Callable[[str], None]) -> "list[Change]":
    """Bring models in line with the packs. What no pack names any more is retired."""
    from zajedno.exchange.actions.model import load_model, retire_models
    from zajedno.web.manage.packs import with_neighbours

    found = changes(packs)
    for pack in packs:
        for path in pack.models:
            if load_model(canonical(pack.table(f"models/{path.name}")), by=by):
                progress(f"{pack.key}: model {path.stem}")
    retire_models({path.stem for pack in with_neighbours(packs) for path in pack.models}, by=by)
    return found
