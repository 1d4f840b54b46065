"""A person decides whether two files are of the same child. Nothing moves, so a decision can be undone."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.actions.family import link, unlink
from zajedno.children.actions.likeness import written
from zajedno.children.actions.notice import tell_of_question
from zajedno.children.enums import AliasSaid, FamilyKind
from zajedno.children.models import Alias, AliasWord, Child
from zajedno.children.queries.alias import BOTH, Compared, compared, keepers, visible
from zajedno.children.queries.alias import find as find_pair
from zajedno.children.queries.child import find, find_to
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Overtaken, Refused
from zajedno.kernel.verbs import ask

NUMBER, NAME = "number", "name_and_birth"
ANSWERS = (AliasSaid.SAME, AliasSaid.DIFFERENT, *(AliasSaid(one.value) for one in FamilyKind))
State = Alias.State


@transaction.atomic
def propose_alias(*, by: Actor, child: Child, other: Child, why: str = NAME) -> Alias:
    """Say that two files one sees may be of the same child."""
    first, second = find_to(by, rules.DECIDE_ALIAS, child), find(by, other.uuid)
    if first.pk == second.pk:
        raise Refused(_("A file cannot be compared with itself."), "self")
    written([Alias(child=first, same_as=second, why=why)])
    alias = visible(by).get(child__in=(first, second), same_as__in=(first, second))
    audit.record(by=by, verb="children.propose_alias", about=first, detail={"alias": str(alias.uuid), "why": why})
    return alias


@transaction.atomic
def look_at_pairs(*, by: Actor, rows: list[Alias]) -> list[Compared]:
    """For a list: the pairs as far as the actor may know of them. That somebody looked is in the audit."""
    ask(by, rules.DECIDE_ALIAS)
    audit.record(by=by, verb="children.compare", detail={"pairs": len(rows)})
    return compared(by, rows)


@transaction.atomic
def open_pair(*, by: Actor, uuid: UUID) -> Compared:
    """One pair to be compared; each file that is shown is in the audit."""
    pair = _seen(by, find_pair(by, uuid))
    for child in filter(None, (pair.first, pair.second)):
        audit.record(by=by, verb="children.compare", about=child, detail={"alias": str(uuid)})
    return pair


@transaction.atomic
def decide(*, by: Actor, uuid: UUID, answer: str, reason: str) -> Alias:
    """Answer with one of `ANSWERS` and how one knows it. Who sees both files decides; who sees one speaks for it: "the
    same" holds once both sides say so, "different" at once. A family relation links the two, which takes its own verb.
    """
    pair = _locked(by, uuid)
    row = pair.alias
    if row.state != State.PROPOSED:
        raise Overtaken(_("Somebody has decided about these two files meanwhile. Look at what they wrote."), "decided")
    if answer not in ANSWERS:
        raise Refused(_("Say what the two files are to each other."), "answer")
    if answer in FamilyKind.values:
        if not (pair.first and pair.second):
            raise Refused(_("Only who sees both files can say how the children belong together."), "one_side")
        link(by=by, child=pair.first, other=pair.second, kind=answer)
    _say(by, pair, AliasSaid(answer), reason)
    if answer == AliasSaid.SAME:
        row.agreed |= pair.sides
    if answer != AliasSaid.SAME or row.agreed == BOTH:
        row.state = State.CONFIRMED if answer == AliasSaid.SAME else State.REJECTED
        row.decided_by, row.decided_on = by.account, clock.now()
    else:
        _tell_other(by, pair)
    return _kept(by, pair, answer)


@transaction.atomic
def ask_other(*, by: Actor, uuid: UUID) -> Alias:
    """Ask who keeps the other file to say a word. They are told who asks, and nothing of this file."""
    pair = _locked(by, uuid)
    if pair.alias.state != State.PROPOSED:
        raise Overtaken(_("Somebody has decided about these two files meanwhile. Look at what they wrote."), "decided")
    if pair.sides == BOTH:
        raise Refused(_("You see both files: compare them and decide."), "both_sides")
    _say(by, pair, AliasSaid.ASKED, "")
    row = pair.alias
    row.asked |= pair.sides
    row.asked_by, row.asked_at = by.account, next(by.seats_for(rules.DECIDE_ALIAS.key)).organisation
    _tell_other(by, pair)
    return _kept(by, pair, AliasSaid.ASKED)


@transaction.atomic
def undo(*, by: Actor, uuid: UUID, reason: str) -> Alias:
    """Back to a proposal, with the reason. Both files are as they always were; a family relation that the decision
    wrote goes with it."""
    pair = _locked(by, uuid)
    row = pair.alias
    if row.state == State.PROPOSED:
        raise Overtaken(_("This decision is undone already."), "undone")
    _say(by, pair, AliasSaid.UNDONE, reason)
    if pair.first and pair.second:
        _part(by, pair.first, pair.second, row)
    row.state, row.decided_by, row.decided_on, row.reason = State.PROPOSED, None, None, ""
    row.asked, row.asked_by, row.asked_at, row.agreed = 0, None, None, 0
    return _kept(by, pair, AliasSaid.UNDONE)


def _part(by: Actor, first: Child, second: Child, row: Alias) -> None:
    last = AliasWord.objects.filter(alias=row).exclude(said=AliasSaid.UNDONE).order_by("-id").first()
    if last and last.said in FamilyKind.values:
        try:
            unlink(by=by, child=first, other=second)
        except NotFound:
            return  # somebody parted them already


def _seen(by: Actor, row: Alias) -> Compared:
    """The pair, once the verb was asked about a file of it that the actor sees."""
    pair = compared(by, [row])[0]
    find_to(by, rules.DECIDE_ALIAS, pair.mine)
    return pair


def _locked(by: Actor, uuid: UUID) -> Compared:
    pk = find_pair(by, uuid).pk
    return _seen(by, Alias.objects.select_for_update().get(pk=pk))


def _say(by: Actor, pair: Compared, said: AliasSaid, reason: str) -> None:
    """Write the line down. Reasons stand there alone: who sees one file does not read those of the other side."""
    told = " ".join(reason.split())[:250]
    if not told and said != AliasSaid.ASKED:
        raise Refused(_("Say by what you know this."), "reason")
    seat = next(by.seats_for(rules.DECIDE_ALIAS.key))
    AliasWord.objects.create(
        alias=pair.alias, said=said, sides=pair.sides, organisation=seat.organisation, account=by.account, reason=told,
        said_on=clock.now(),
    )  # fmt: skip


def _tell_other(by: Actor, pair: Compared) -> None:
    for side, organisation in keepers(pair.alias).items():
        if not side & pair.sides:
            tell_of_question(by, organisation, pair.alias.uuid)


def _kept(by: Actor, pair: Compared, said: str) -> Alias:
    row = pair.alias
    row.save()
    detail = {"alias": str(row.uuid), "said": str(said), "state": str(row.state)}
    for child in filter(None, (pair.first, pair.second)):
        audit.record(by=by, verb=rules.DECIDE_ALIAS.key, about=child, detail=detail)
    return row
