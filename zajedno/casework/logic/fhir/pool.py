"""The resources of a Bundle, or of one that contains others, and what their references mean among themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class At:
    """A resource and where it stands. `within`: the one that contains it, for references that begin with #."""

    content: Json
    where: str
    url: str
    within: str = ""

    @property
    def kind(self) -> str:
        return str(self.content.get("resourceType", ""))


def every(content: Json) -> Iterator[At]:
    """Every resource, those contained too."""
    if content["resourceType"] != "Bundle":
        yield from _with_contained(content, str(content["resourceType"]), "")
        return
    for place, entry in enumerate(content.get("entry", ())):
        if isinstance(resource := entry.get("resource"), dict):
            yield from _with_contained(resource, f"Bundle.entry[{place}].resource", str(entry.get("fullUrl", "")))


def _with_contained(content: Json, where: str, url: str) -> Iterator[At]:
    yield At(content, where, url)
    for place, one in enumerate(content.get("contained", ())):
        yield At(one, f"{where}.contained[{place}]", "", within=where)


class Pool:
    def __init__(self, content: Json) -> None:
        self.all = list(every(content))

    def of_kind(self, kind: str) -> list[At]:
        return [one for one in self.all if one.kind == kind]

    def follow(self, at: At, reference: Any, kind: str) -> At | None:
        """The resource that a reference means, within what was sent; none is looked for anywhere else."""
        target = str((reference or {}).get("reference", ""))
        container = at.within or at.where
        for one in self.of_kind(kind):
            own = str(one.content.get("id", ""))
            if one.within and one.within == container and target == f"#{own}" and own:
                return one
            if not one.within and target and (target == one.url or (own and target == f"{kind}/{own}")):
                return one
        return None
