"""Explains what is wrong in a pack, part by part. Needs no database."""

import importlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from zajedno.casework.logic.passages import check_passages
from zajedno.kernel.calendars import BadCalendar, load_calendars
from zajedno.kernel.verbs import guarded, known
from zajedno.procedures.logic.check import Surroundings, check_text
from zajedno.procedures.logic.codes import parse_measures, parse_purposes, parse_retention
from zajedno.procedures.logic.reading import Mistake, Reader, known_languages, near, read_toml, unique
from zajedno.programmes.enums import CodeKind
from zajedno.programmes.logic.budget_pack import check as check_budget
from zajedno.web.manage.form_check import form_parts
from zajedno.web.manage.pack_bodies import FILE, bodies_file
from zajedno.web.manage.pack_campaigns import campaign_parts
from zajedno.web.manage.pack_events import event_parts
from zajedno.web.manage.pack_frames import frame_parts
from zajedno.web.manage.pack_indicators import indicator_parts
from zajedno.web.manage.pack_models import model_parts
from zajedno.web.manage.packs import COMMON, Pack, with_neighbours

ROOMS = ("access", "places", "procedures", "forms", "figures", "children", "networks", "programmes", "casework",
         "exchange", "indicators")  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """A mistake with the file it stands in."""

    file: str
    mistake: Mistake

    def __str__(self) -> str:
        return f"{self.file}: {self.mistake}"


def check_packs(packs: Sequence[Pack]) -> list[Complaint]:
    """Every mistake in the packs, judged together with the packs beside them."""
    beside = with_neighbours(packs)
    complaints = list(_twice(beside))
    for pack in packs:
        around = surroundings(pack, beside)
        for name, mistakes in [*_parts(pack, around), *model_parts(pack, beside), *indicator_parts(pack, beside)]:
            complaints += [Complaint(f"{pack.folder.name}/{name}", mistake) for mistake in mistakes]
    return complaints


def surroundings(pack: Pack, beside: Sequence[Pack]) -> Surroundings:
    """What a procedure of this pack may name: roles of all packs, the rest of its own and of the common pack."""
    from zajedno.children.enums import Field

    own = [one for one in beside if one.folder.name == COMMON or one.key == pack.key]
    knowing = beside if pack.folder.name == COMMON else own  # the purposes of what holds anywhere lie in the countries
    return Surroundings(
        roles={key for one in beside for key in one.keys("roles.toml", "role")},
        purposes={key for one in knowing for key in one.keys("purposes.toml", "purpose")},
        fields=set(Field.values),
        letters={letter for one in own for letter in one.letters},
        procedures={str(one.table(one.named(path)).get("key")) for one in own for path in one.procedures},
        keepers=_keepers(own),
        calendars={key for one in own for key in one.keys("calendars.toml", "calendar")},
        forms={form.key for one in own for form in one.forms},
        kinds={key for one in own for key in one.table("organisation_kinds.toml")},
        territories=pack.territories,
    )


def _keepers(packs: Sequence[Pack]) -> dict[str, Collection[str]]:
    """The kinds of institutions that keep each procedure, as its file says."""
    tables = [one.table(one.named(path)) for one in packs for path in one.procedures]
    return {
        str(table.get("key")): part.get("kinds", ())
        for table in tables
        for part in table.get("part", ())
        if isinstance(part, dict) and part.get("keeps")
    }


def _parts(pack: Pack, around: Surroundings) -> Iterator[tuple[str, list[Mistake]]]:
    """Each file of the pack that is there, with its mistakes."""
    if pack.folder.name != COMMON:
        yield "pack.toml", _pack_file(pack)
    checks: dict[str, Callable[[str], list[Mistake]]] = {
        "roles.toml": partial(_roles, roles=around.roles or ()),
        "calendars.toml": partial(_calendars, path=pack.folder / "calendars.toml"),
        "measures.toml": partial(_listed, parse=parse_measures),
        "purposes.toml": partial(_listed, parse=partial(parse_purposes, fields=around.fields)),
        "retention.toml": partial(_listed, parse=parse_retention),
        "organisation_kinds.toml": _kinds,
        FILE: bodies_file,
        "budget.toml": partial(check_budget, kinds=CodeKind.values),
        "passages.toml": partial(_passages, pack=pack, around=around),
        "letters/texts.toml": partial(_letter_texts, letters=pack.letters),
    }
    for name, check in checks.items():
        if (text := pack.text(name)) is not None:
            yield name, check(text)
    for path in pack.procedures:
        yield pack.named(path), _procedure(pack, path, around)
    yield from form_parts(pack, around)
    yield from event_parts(pack)
    yield from campaign_parts(pack)
    yield from frame_parts(pack)


def _twice(packs: Sequence[Pack]) -> Iterator[Complaint]:
    """Keys that must be unique over all packs."""
    mistakes: list[Mistake] = []
    unique([pack.key for pack in packs], "packs", "", mistakes)
    unique([key for pack in packs for key in pack.keys("roles.toml", "role")], "roles in different packs", "", mistakes)
    for mistake in mistakes:
        yield Complaint("packs", mistake)


def _pack_file(pack: Pack) -> list[Mistake]:
    content, mistakes = read_toml(pack.text("pack.toml") or "")
    if mistakes:
        return mistakes
    reader = Reader(content, "", mistakes, languages=("en",))
    if reader.key() != pack.folder.name:
        reader.complain(f"`key` must be the name of the folder, “{pack.folder.name}”.")
    for name in ("country", "time_zone", "currency"):
        reader.text(name)
    reader.words("languages")
    reader.labels()
    reader.one("places").text("population_source", "")
    reader.done()
    return mistakes


def _listed(text: str, parse: Callable[..., tuple[object, list[Mistake]]]) -> list[Mistake]:
    content, mistakes = read_toml(text)
    return mistakes or parse(content)[1]


def _calendars(_text: str, path: Path) -> list[Mistake]:
    try:
        load_calendars(path)
    except BadCalendar as bad:
        return [Mistake("", f"{bad}.")]
    return []


def _procedure(pack: Pack, path: Path, around: Surroundings) -> list[Mistake]:
    mistakes = check_text(path.read_text(encoding="utf-8"), around)
    content = pack.table(pack.named(path))
    for name, wanted in (("key", path.stem), ("country", pack.country)):
        if content and content.get(name, "") != wanted:
            mistakes.append(
                Mistake("", f"`{name}` is “{content.get(name, '')}”; where the file lies it is “{wanted}”.")
            )
    return mistakes


def _passages(text: str, pack: Pack, around: Surroundings) -> list[Mistake]:
    elsewhere: dict[str, dict[str, Any]] = {key: {} for key in around.procedures or ()}
    own = (pack.table(pack.named(path)) for path in pack.procedures)
    return check_passages(text, around.kinds or (), elsewhere | {str(table.get("key")): table for table in own})


def _roles(text: str, roles: Collection[str]) -> list[Mistake]:
    content, mistakes = read_toml(text)
    if mistakes:
        return mistakes
    reader = Reader(content, "", mistakes)
    known_languages(reader)
    keys = []
    for row in reader.each("role"):
        keys.append(row.key())
        row.labels()
        for flag in ("opens_files", "requires_second_factor", "break_glass"):
            row.flag(flag)
        verbs = row.words("verbs")
        _unknown(row, "verb", verbs, _verbs())
        for name in ("supervises", "may_end"):
            _unknown(row, f"role in `{name}`", row.words(name), roles)
        if row.flag("break_glass") != ("access.break_glass" in verbs):
            row.complain("`break_glass` and the verb “access.break_glass” go together.")
        if not row.flag("requires_second_factor") and (row.flag("opens_files") or not {*guarded()}.isdisjoint(verbs)):
            row.complain("Who holds this role comes to what is sealed: say `requires_second_factor = true`.")
        row.done()
    unique(keys, "roles", "", mistakes)
    reader.done()
    return mistakes


def _verbs() -> set[str]:
    """Every verb of every room, by importing the rooms' rules."""
    for room in ROOMS:
        if find_spec(f"zajedno.{room}.rules"):
            importlib.import_module(f"zajedno.{room}.rules")
    return set(known())


def _unknown(reader: Reader, what: str, names: Sequence[str], allowed: Collection[str]) -> None:
    for name in names:
        if name not in allowed:
            reader.complain(f"The {what} “{name}” is not known{near(name, sorted(allowed))}")


def _kinds(text: str) -> list[Mistake]:
    """`organisation_kinds.toml`: one table a kind, with sector and labels."""
    content, mistakes = read_toml(text)
    for key, table in content.items():
        reader = Reader(table if isinstance(table, dict) else {}, key, mistakes, languages=("sr", "bs", "en"))
        reader.text("sector")
        reader.labels()
    return mistakes


def _letter_texts(text: str, letters: Collection[str]) -> list[Mistake]:
    """`letters/texts.toml`: every word in each language; a table for each letter and a letter for each table."""
    content, mistakes = read_toml(text)
    for letter, words in content.items():
        if letter != "common" and letter not in letters:
            mistakes.append(Mistake(letter, f"There is no `letters/{letter}.typ` for these words."))
        reader = Reader(words if isinstance(words, dict) else {}, letter, mistakes, languages=("sr", "bs", "en"))
        for word in reader.table:
            if isinstance(reader.table[word], dict):
                reader.labels(word)
    for letter in sorted(set(letters) - set(content)):
        mistakes.append(Mistake(letter, "The letter has no words in `letters/texts.toml`."))
    return mistakes
