"""What can be done with a case now: moves as tasks, and what is missing before the others."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from zajedno.casework import rules
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.needs import facts
from zajedno.casework.queries.receivers import may_bring_in
from zajedno.children.rules import ASSESS, RECORD_CONSENT
from zajedno.forms.queries.form import title_of
from zajedno.kernel.labels import label
from zajedno.kernel.verbs import Verb
from zajedno.procedures.logic.needs import OF_KEYS, named
from zajedno.procedures.logic.walk import Offer, moves_from
from zajedno.procedures.queries.definition import current
from zajedno.procedures.queries.words import need_said, own_said
from zajedno.web.shared.pieces import Tag, Task
from zajedno.web.work.frame import address
from zajedno.web.work.labels import move_label, part_label

# Where a need is met, under the case or at the commission's desk, and the verb it takes. Other needs are met by moves.
WHERE: dict[str, tuple[str, Verb]] = {
    "required_fields": ("request/change/", rules.CHANGE_REQUEST),
    "documents": ("papers/", rules.ATTACH_PAPER),
    "consent": ("consent/", RECORD_CONSENT),
    "consent_to_share": ("consent/", RECORD_CONSENT),
    "guardian_informed": ("note/informed/", rules.WRITE_NOTE),
    "family_heard": ("note/parent/", rules.WRITE_NOTE),
    "observation": ("note/observation/", rules.WRITE_NOTE),
    "individual_opinions": ("opinions/", rules.MOVE_CASE),
    "joint_opinion": ("/panel/case/{case}/decide/", rules.DECIDE),
    "support_plan": ("plan/", rules.PLAN_SUPPORT),
    "delivery": ("note/delivered/", rules.WRITE_NOTE),
    "follow_up_report": ("note/follow_up/", rules.REPORT_FOLLOW_UP),
    "quorum": ("/panel/sittings/{sitting}/", rules.HOLD_SITTING),
    "no_conflict_of_interest": ("people/", rules.MOVE_CASE),
}
BY_MOVE = {"registry_number", "sitting"}


@dataclass
class NextMoves:
    """`now`: may be made; `missing`: what must come first; `others`: who else is waited for; `endings`: ways out."""

    now: list[Task] = field(default_factory=list)
    missing: list[Task] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)
    endings: list[Task] = field(default_factory=list)


def offers(file: CaseFile) -> list[Offer]:
    """Every move out of the present steps, with what is missing."""
    steps = set(file.steps)
    needed = {need for move in file.definition.moves if not steps.isdisjoint(move.from_steps) for need in move.needs}
    return moves_from(file.definition, file.state(facts(file, needed) if needed else {}))


def next_moves(file: CaseFile) -> NextMoves:
    """Sorted for the page. What is missing for others is shown too, when the person can do it."""
    found = NextMoves()
    wanted: dict[str, list[str]] = {}
    every = offers(file)
    for offer in every:
        title = move_label(file.definition, offer.move.key)
        task = Task(title, Tag(_("Ready"), "info"), address(file, f"move/{offer.move.key}/"), label(offer.move.hint))
        if why := not_ones_own(file, offer):
            found.others.append((title, why))
        elif offer.allowed:
            (found.endings if file.definition.is_end(offer.move.to_step) else found.now).append(task)
        if not file.definition.is_end(offer.move.to_step):
            for need in offer.missing:
                if offer.yours or where(file, need, every):
                    wanted.setdefault(need, []).append(title)
    found.missing = [need_task(file, need, titles, every) for need, titles in wanted.items()]
    found.missing += [_without(file, need) for need in wanted if may_set_aside(file, need)]
    return found


def may_set_aside(file: CaseFile, need: str) -> bool:
    by, keeper = file.by, file.case.organisation_id
    return need in file.definition.overridable and by.may(rules.OVERRIDE_NEED.key, keeper)


def _without(file: CaseFile, need: str) -> Task:
    """For who is authorised: go on without it, with the reason."""
    tag = Tag(_("By you alone"), "off")
    return Task(_("Go on without it, and say why"), tag, address(file, f"set-aside/{need}/"), need_text(file, need))


def not_ones_own(file: CaseFile, offer: Offer) -> str:
    """Why somebody else makes the move; empty for one of the person's own."""
    if not offer.yours:
        return makers(file, offer)
    if offer.own:
        return own_said(file.definition, offer.own)
    opened = [field for tie in offer.move.ties if f"part:{tie.part}" in offer.move.asks for field in tie.fields]
    return "" if not opened or may_bring_in(file.by, opened) else _("Your post does not refer the whole case.")


def makers(file: CaseFile, offer: Offer) -> str:
    return ", ".join(part_label(file.definition, part) for part in offer.move.by)


def need_task(file: CaseFile, need: str, titles: list[str], every: list[Offer]) -> Task:
    """What is missing, where it is done, and for what."""
    hint = _("Needed for: %(moves)s") % {"moves": ", ".join(dict.fromkeys(titles))}
    return Task(need_text(file, need), Tag(_("Missing"), "wait"), where(file, need, every), hint)


def need_text(file: CaseFile, need: str) -> str:
    """What is missing, with a form and a procedure by their titles."""
    kind, key = named(need)
    country = file.definition.country
    if kind == "form":
        return _(OF_KEYS[kind]) % {"name": title_of(key, country)}
    if kind == "linked":
        return _(OF_KEYS[kind]) % {"name": label(current(key, country).definition.labels)}
    return need_said(file.definition, need)


def where(file: CaseFile, need: str, every: list[Offer]) -> str:
    """Address of what fulfils a need: a move of one's own that does, else the page of that thing; "" if none."""
    for offer in every:
        if offer.allowed and (need in (*offer.move.fulfils, *offer.move.asks) or need == f"move:{offer.move.key}"):
            return address(file, f"move/{offer.move.key}/")
    if named(need)[0] == "form":
        return f"/work/child/{file.case.child.uuid}/assessments/" if file.by.may(ASSESS.key) else ""
    path, verb = WHERE.get(need, ("", rules.MOVE_CASE))
    if not path or not file.may(verb.key):
        return ""
    if not path.startswith("/"):
        return address(file, path)
    item = (
        file.case.agenda.select_related("sitting").order_by("-sitting__begins").first() if "{sitting}" in path else None
    )
    if "{sitting}" in path and item is None:
        return ""
    return path.format(case=file.case.uuid, sitting=item.sitting.uuid if item else "")
