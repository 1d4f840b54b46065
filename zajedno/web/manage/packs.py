"""Packs as files: which there are, what lies in them, in which order the rooms load their parts."""

import csv
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings

from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask
from zajedno.web.manage import (
    pack_bodies,
    pack_campaigns,
    pack_events,
    pack_forms,
    pack_frames,
    pack_indicators,
    pack_models,
)
from zajedno.web.manage.pack_forms import PackForm, forms_in

COMMON = "common"
LISTS = {"measures": "measures.toml", "purposes": "purposes.toml", "retention": "retention.toml"}
EXCHANGED = (pack_bodies, pack_frames, pack_events, pack_campaigns, pack_models)  # parts that public pages show
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Pack:
    """A folder with `pack.toml` (the folder `common` may do without)."""

    folder: Path

    @property
    def key(self) -> str:
        return str(self.table("pack.toml").get("key", self.folder.name))

    @property
    def country(self) -> str:
        """Code of the country, such as RS; empty for what holds anywhere."""
        return str(self.table("pack.toml").get("country", ""))

    @cached_property
    def procedures(self) -> list[Path]:
        """In `procedures/`, and in `<part of the country>/procedures/` where the parts differ."""
        return sorted([*self.folder.glob("procedures/*.toml"), *self.folder.glob("*/procedures/*.toml")])

    @cached_property
    def forms(self) -> list[PackForm]:
        return forms_in(self.folder / "forms")

    @cached_property
    def events(self) -> list[Path]:
        return sorted((self.folder / "events").glob("*.toml"))

    @cached_property
    def models(self) -> list[Path]:
        return sorted((self.folder / "models").glob("*.toml"))

    @cached_property
    def indicators(self) -> list[Path]:
        return sorted((self.folder / "indicators").glob("*.toml"))

    @property
    def letters(self) -> set[str]:
        return {path.stem for path in (self.folder / "letters").glob("*.typ") if not path.stem.startswith("_")}

    @property
    def territories(self) -> set[str] | None:
        """Codes of the pack's places; None where it brings no list."""
        path = self.folder / "places" / "territories.csv"
        if not path.is_file():
            return None
        with path.open(encoding="utf-8", newline="") as file:
            return {row["code"] for row in csv.DictReader(file)}

    def named(self, path: Path) -> str:
        """A file of the pack, as from its folder."""
        return path.relative_to(self.folder).as_posix()

    def text(self, name: str) -> str | None:
        """The text of a file in the pack; None when there is no such file."""
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.is_file() else None

    def table(self, name: str) -> dict[str, Any]:
        """The tables of a TOML file; empty when it is missing or is no TOML (which the check reports)."""
        try:
            return tomllib.loads(self.text(name) or "")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError):
            return {}

    def keys(self, name: str, tables: str) -> set[str]:
        """Keys of the `[[tables]]` in a file of the pack."""
        rows = self.table(name).get(tables, [])
        return {str(row.get("key")) for row in rows if isinstance(row, dict)} if isinstance(rows, list) else set()


def is_pack(folder: Path) -> bool:
    return (folder / "pack.toml").is_file() or (folder.name == COMMON and folder.is_dir())


def find(folders: Iterable[Path]) -> list[Pack]:
    """Each folder that is a pack, or else the packs in it; `common` first, since others rest on it."""
    found: dict[Path, Pack] = {}
    for folder in folders:
        inside = [folder] if is_pack(folder) else sorted(one for one in folder.iterdir() if is_pack(one))
        found |= {one.resolve(): Pack(one) for one in inside}
    return sorted(found.values(), key=lambda pack: (pack.folder.name != COMMON, pack.folder.name))


def with_neighbours(packs: Sequence[Pack]) -> list[Pack]:
    """The packs, those in the folders beside them, and the installation's own: roles stand in all of them together.

    Where two folders have one name, the nearer goes before the installation's own.
    """
    near = find([*(pack.folder for pack in packs), *{pack.folder.resolve().parent for pack in packs}])
    names = {pack.folder.name for pack in near}
    far = [pack for pack in find([settings.PACKS_DIR]) if pack.folder.name not in names]
    return find(pack.folder for pack in [*near, *far])


@dataclass(slots=True)
class Change:
    """What loading one part of a pack did, or would do."""

    pack: str
    part: str
    number: int  # of the version; 0 where a part has none (roles)
    lines: list[str] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        """Is it a change to be read, and not a first version, of which everything is new?"""
        return self.number != 1


def changes(packs: Sequence[Pack]) -> list[Change]:
    """What loading would change, to be read first. Needs the database; writes nothing."""
    from zajedno.procedures.logic.difference import difference, digest
    from zajedno.procedures.queries.definition import newest_content

    found = []
    for pack, kind, key, content in definitions(packs):
        number, old = newest_content(key, pack.country, kind)
        if digest(old) != digest(content):
            found.append(Change(pack.key, _named(kind, key), number + 1, difference(old, content)))
    of_rooms = (part.changes(packs) for part in (pack_forms, *EXCHANGED, pack_indicators))
    return [*_role_changes(packs), *found, *chain.from_iterable(of_rooms)]


def _named(kind: str, key: str) -> str:
    return kind if kind == key else f"{kind} {key}"


def definitions(packs: Sequence[Pack]) -> Iterable[tuple[Pack, str, str, Mapping[str, Any]]]:
    """(pack, kind, key, content) of everything that the room `procedures` keeps: lists first, then procedures."""
    for pack in packs:
        for kind, name in LISTS.items():
            if content := pack.table(name):
                yield pack, kind, kind, content
        for path in pack.procedures:
            content = pack.table(pack.named(path))
            yield pack, "procedure", str(content["key"]), content


def load(packs: Sequence[Pack], *, by: Actor | None, progress: Progress = lambda _line: None) -> list[Change]:
    """Load checked packs, each room its own part: places, roles, lists, procedures, forms, what is
    exchanged, indicators.

    Twice changes nothing. `by` None is the command line, as the owner of the tables. Everything is one transaction.
    """
    from django.db import transaction

    from zajedno.procedures.rules import LOAD

    if by is not None:
        ask(by, LOAD)
    with transaction.atomic():
        _load_places(packs, progress)
        _load_roles(packs, by, progress)
        _load_codes(packs, progress)
        done = [*_load_definitions(packs, by, progress), *pack_forms.load(packs, by, progress)]
        return [*done, *chain.from_iterable(part.load(packs, by, progress) for part in (*EXCHANGED, pack_indicators))]


def _load_places(packs: Sequence[Pack], progress: Progress) -> None:
    from zajedno.places.actions.load import load_kinds, load_places

    for pack in packs:
        if (kinds := pack.folder / "organisation_kinds.toml").is_file():
            progress(f"{pack.key}: kinds of organisation")
            load_kinds(kinds)
        if (pack.folder / "places").is_dir():
            load_places(pack.folder, partial(_tell, progress, pack.key))


def _load_codes(packs: Sequence[Pack], progress: Progress) -> None:
    from zajedno.programmes.actions.classification import load_codes

    for pack in packs:
        if content := pack.table("budget.toml"):
            _tell(progress, pack.key, "budget codes", load_codes(content, country=pack.country))


def _tell(progress: Progress, pack: str, what: str, count: int) -> None:
    progress(f"{pack}: {count} rows of {what} compared")


def _load_roles(packs: Sequence[Pack], by: Actor | None, progress: Progress) -> None:
    from zajedno.access.actions.role import load_roles

    progress("roles")
    load_roles(_roles(packs), by=by)


def _roles(packs: Sequence[Pack]) -> list[dict[str, Any]]:
    return [row for pack in with_neighbours(packs) for row in pack.table("roles.toml").get("role", [])]


def _role_changes(packs: Sequence[Pack]) -> list[Change]:
    """Roles are powers of people: what becomes of each is shown too."""
    from zajedno.access.queries.account import roles
    from zajedno.procedures.logic.difference import difference

    lines = difference({"role": [_role(vars(row)) for row in roles()]}, {"role": [_role(row) for row in _roles(packs)]})
    return [Change(COMMON, "roles", 0, lines)] if lines else []


def _role(row: Mapping[str, Any]) -> dict[str, Any]:
    """What counts of a role, in one shape for the file and the table."""
    flags = {name: bool(row.get(name)) for name in ("opens_files", "requires_second_factor", "break_glass")}
    lists = {name: sorted(row.get(name, ())) for name in ("verbs", "supervises", "may_end")}
    return {"key": row["key"], "labels": row["labels"], **flags, **lists}


def _load_definitions(packs: Sequence[Pack], by: Actor | None, progress: Progress) -> list[Change]:
    from zajedno.procedures.actions.load import load_definition

    done = []
    for pack, kind, key, content in definitions(packs):
        loaded = load_definition(content, by=by, key=key, country=pack.country, kind=kind)
        if loaded.is_new:
            progress(f"{pack.key}: {_named(kind, key)}, version {loaded.version.number}")
            done.append(Change(pack.key, _named(kind, key), loaded.version.number, loaded.lines))
    return done
