"""Loading a pack's text: a new version when it says something new, nothing otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask
from zajedno.procedures.logic.difference import canonical, difference, digest
from zajedno.procedures.models import Definition, Version
from zajedno.procedures.rules import LOAD


@dataclass(frozen=True, slots=True)
class Loaded:
    """`is_new`: a version was made. `lines`: what changed against the version before (for a first one, everything)."""

    version: Version
    is_new: bool
    lines: list[str]


@transaction.atomic
def load_definition(
    content: Mapping[str, Any], *, by: Actor | None, key: str, country: str, kind: str = Definition.Kind.PROCEDURE
) -> Loaded:
    """Make the newest version of `key` say `content` (tables of a checked TOML file).

    `by` None is the command line, which runs as the owner of the tables. Loading the same twice changes nothing;
    loading an older text again makes it the newest: versions only grow. A retired key is refused.
    """
    if by is not None:
        ask(by, LOAD)
    definition, _made = Definition.objects.select_for_update().get_or_create(kind=kind, key=key, country=country)
    if definition.retired_on is not None:
        raise Refused(_("This key is retired. A retired key is never used again; choose another."), "retired_key")
    newest = definition.versions.order_by("-number").first()
    mark = digest(content)
    if newest is not None and newest.digest == mark:
        return Loaded(newest, False, [])
    lines = difference(newest.content if newest else {}, content)
    number = newest.number + 1 if newest else 1
    version = Version.objects.create(
        definition=definition, number=number, content=canonical(content), digest=mark, loaded_on=now()
    )
    detail = {"kind": kind, "key": key, "country": country, "number": number, "digest": mark}
    audit.record(by=by, verb=LOAD.key, detail=detail)
    return Loaded(version, True, lines)


@transaction.atomic
def retire_definition(*, by: Actor | None, key: str, country: str, kind: str = Definition.Kind.PROCEDURE) -> None:
    """From today no new case begins by this key; running cases keep their version. For ever."""
    if by is not None:
        ask(by, LOAD)
    changed = Definition.objects.filter(kind=kind, key=key, country=country, retired_on=None).update(
        retired_on=now().date()
    )
    if changed:
        audit.record(by=by, verb=LOAD.key, detail={"kind": kind, "key": key, "country": country, "retired": True})
