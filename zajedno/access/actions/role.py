"""Roles come from packs."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from zajedno.access.actions import audit
from zajedno.access.models import Role
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today


@transaction.atomic
def load_roles(rows: Iterable[Mapping[str, Any]], *, by: Actor | None = None) -> int:
    """Bring the roles table in line with the packs' `roles.toml`; a role no longer named is retired, never deleted.

    Each row: key, labels {language: text}, verbs [str], and optionally opens_files, requires_second_factor,
    break_glass (bool), supervises, may_end ([role key]). Returns how many roles changed.
    `by` None is the command line; whoever calls asks for the verb first.
    """
    known = {role.key: role for role in Role.objects.all()}
    changed = 0
    for row in rows:
        role = known.pop(row["key"], None) or Role(key=row["key"], labels={})
        before = dict(role.__dict__)
        role.labels, role.verbs = dict(row["labels"]), sorted(row.get("verbs", ()))
        for flag in ("opens_files", "requires_second_factor", "break_glass"):
            setattr(role, flag, bool(row.get(flag, False)))
        role.supervises, role.may_end = list(row.get("supervises", ())), list(row.get("may_end", ()))
        role.retired_on = None
        if role._state.adding or before != role.__dict__:
            role.save()
            changed += 1
    retired = [role.key for role in known.values() if role.retired_on is None]
    changed += Role.objects.filter(key__in=retired).update(retired_on=today())
    if changed:
        audit.record(by=by, verb="access.load_roles", detail={"changed": changed})
    return changed
