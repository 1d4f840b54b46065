"""The form of a clause: what an agreement lets one institution show another, chosen from what its procedures allow."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.kernel.labels import label
from zajedno.networks.actions.clause import Terms, allowed
from zajedno.networks.enums import Direction, Unit
from zajedno.networks.logic.sides import Sides
from zajedno.networks.queries.agreement import signatories
from zajedno.networks.queries.clause import sides
from zajedno.places.enums import Sector
from zajedno.places.queries.post import held_at
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.logic.fields import FIELDS
from zajedno.web.network.agreement_forms import by_language, in_languages
from zajedno.web.shared.fields import Checks, Confirm, LongText, Radios, Select, Whole
from zajedno.web.shared.forms import Form

if TYPE_CHECKING:
    from zajedno.networks.models import Agreement, Clause
    from zajedno.places.models import Organisation

CASE, DAYS = "case", "days"


class WriteClause(Form):
    """`offered`: procedures that show something under an agreement."""

    procedure = Radios(label=gettext_lazy("For which procedure?"))
    gives = Checks(
        label=gettext_lazy("Who gives"), required=False, small=True,
        help_text=gettext_lazy("Nobody chosen: every institution that signs."),
    )  # fmt: skip
    receives = Checks(
        label=gettext_lazy("Who receives"), required=False, small=True,
        help_text=gettext_lazy("Nobody chosen: every institution that signs."),
    )  # fmt: skip
    fields_seen = Checks(label=gettext_lazy("What the receiver sees"), small=True)
    lasts = Radios(
        label=gettext_lazy("How long"), reveals={DAYS: "days"},
        choices=((CASE, gettext_lazy("Until the case ends")), (DAYS, gettext_lazy("A number of days"))),
    )  # fmt: skip
    days = Whole(label=gettext_lazy("How many days"), least=1, most=3660)
    deadline_length = Whole(
        label=gettext_lazy("Time for an answer"), required=False, least=0, most=366,
        help_text=gettext_lazy("Nothing: as the procedure says. 0 days: the same day."),
    )  # fmt: skip
    deadline_unit = Select(label=gettext_lazy("Counted in"), choices=Unit.choices, empty=None)
    escalation = Select(
        label=gettext_lazy("Who is told when it passes"), required=False, empty=gettext_lazy("As the procedure says"),
    )  # fmt: skip
    needs_consent = Confirm(label=gettext_lazy("The parent's consent is needed"), required=False)

    def __init__(
        self, *args: Any, agreement: "Agreement", offered: Sequence[Definition], today: Any,
        given: "Clause | None" = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, initial=_first(given, offered), **kwargs)
        signing = [one.organisation for one in signatories(agreement)]
        self.fill("procedure", [(one.key, label(one.labels)) for one in offered])
        for name in ("gives", "receives"):
            self.fill(name, _sides_offered(signing))
        seen = {field for one in offered for field in allowed(one)}
        self.fill("fields_seen", [(key, _(text)) for key, text in FIELDS.items() if key in seen])
        self.posts = _posts([agreement.organisation, *signing], today)
        self.fill("escalation", [*_parts(offered), *((key, text) for key, (text, _post) in self.posts.items())])
        in_languages(self, "text", _("In words"), LongText, given.texts if given else {}, rows=3)

    def terms(self) -> Terms:
        data, chosen = self.cleaned_data, str(self.cleaned_data["escalation"])
        length = data["deadline_length"]
        role, at = self.posts[chosen][1] if chosen in self.posts else ("", None)
        return Terms(
            procedure=data["procedure"], fields=data["fields_seen"], texts=by_language(self, "text"),
            gives=_side(data["gives"]), receives=_side(data["receives"]),
            days=data["days"] if data["lasts"] == DAYS else None,
            deadline=None if length is None else (length, data["deadline_unit"]),
            escalation_part=chosen.removeprefix("part:") if chosen.startswith("part:") else "",
            escalation_role=role, escalation_at=at, needs_consent=data["needs_consent"],
        )  # fmt: skip


def _first(given: "Clause | None", offered: Sequence[Definition]) -> dict[str, Any]:
    if given is None:
        one = {"procedure": offered[0].key, "fields_seen": allowed(offered[0])} if len(offered) == 1 else {}
        return {**one, "lasts": CASE, "deadline_unit": Unit.OFFICE_DAYS, "needs_consent": True}
    told = f"part:{given.escalation_part}" if given.escalation_part else ""
    if given.escalation_at_id:
        told = f"post:{given.escalation_role_id}:{given.escalation_at_id}"
    return {
        "procedure": given.procedure, "fields_seen": given.fields, "lasts": DAYS if given.days else CASE,
        "days": given.days, "deadline_length": given.deadline_length, "escalation": told,
        "deadline_unit": given.deadline_unit or Unit.OFFICE_DAYS, "needs_consent": given.needs_consent,
        "gives": _keys(sides(given, Direction.GIVES)), "receives": _keys(sides(given, Direction.RECEIVES)),
    }  # fmt: skip


def _sides_offered(signing: "Sequence[Organisation]") -> list[tuple[str, str]]:
    """Sectors and kinds of those who sign, then each of them."""
    kinds = {f"kind:{one.kind_id}": str(one.kind) for one in signing}
    sectors = {f"sector:{one.kind.sector}": _every(Sector(one.kind.sector).label) for one in signing}
    return [*sectors.items(), *kinds.items(), *((f"one:{one.pk}", str(one)) for one in signing)]


def _every(sector: Any) -> str:
    return _("%(sector)s: every institution that signs") % {"sector": sector}


def _keys(side: Sides) -> list[str]:
    return [
        *(f"sector:{key}" for key in side.sectors), *(f"kind:{key}" for key in side.kinds),
        *(f"one:{key}" for key in side.organisations),
    ]  # fmt: skip


def _side(keys: Sequence[str]) -> Sides:
    found: dict[str, list[str]] = {"sector": [], "kind": [], "one": []}
    for key in keys:
        what, _mark, name = key.partition(":")
        found[what].append(name)
    return Sides(found["sector"], found["kind"], [int(name) for name in found["one"]])


def _parts(offered: Sequence[Definition]) -> list[tuple[str, str]]:
    parts = {part.key: label(part.labels) for one in offered for part in one.parts if part.kind != "person"}
    return [(f"part:{key}", _("In the case: %(part)s") % {"part": text}) for key, text in parts.items()]


def _posts(where: "Sequence[Organisation]", today: Any) -> dict[str, tuple[str, tuple[str, Any]]]:
    """Roles that somebody holds at those institutions: key, words, role and institution."""
    found = {}
    for at in {one.pk: one for one in where}.values():
        for post in held_at(at.pk, today):
            found[f"post:{post.role_id}:{at.pk}"] = (f"{post.role}, {at}", (post.role_id, at))
    return found
