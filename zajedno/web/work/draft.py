"""A half-written request: its steps as forms, and the whole as what the verb takes in."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from zajedno.casework.actions.intake import Answer, Intake
from zajedno.casework.queries.draft import content_of
from zajedno.casework.rules import OPEN_CASE
from zajedno.children.actions.entering import GuardianDetails
from zajedno.children.queries.child import find
from zajedno.children.queries.family import guardians
from zajedno.kernel.actor import Actor
from zajedno.places.queries.organisation import organisations, serving
from zajedno.places.queries.post import held_today
from zajedno.web.shared.pieces import Step
from zajedno.web.work import steps
from zajedno.web.work.people import COMMISSION, MOST, commissions

STEPS = {
    "who": _("Who asks"),
    "child": _("Child"),
    "family": _("Family"),
    "school": _("School"),
    "reasons": _("Request"),
    "papers": _("Papers"),
    "consent": _("Consent"),
    "check": _("Check"),
}
ORDER = tuple(STEPS)
TOLD = _("The parent was told everything when the request was received.")


class Draft:
    """A draft as its owner sees it. `content`: {step: raw values of its form}, "known", "another"."""

    def __init__(self, by: Actor, row: Any) -> None:
        self.by, self.row = by, row
        self.content: dict[str, Any] = content_of(row)

    @property
    def address(self) -> str:
        return f"/work/request/{self.row.uuid}/"

    @cached_property
    def known(self) -> Any:
        """The existing child the request is for, or None."""
        return find(self.by, UUID(self.content["known"])) if self.content.get("known") else None

    @cached_property
    def seats(self) -> dict[str, Any]:
        """Organisations from which the person opens cases, by id."""
        posts = held_today(self.by.account, self.by.today).select_related(
            "organisation__territory", "organisation__kind"
        )
        wanted = set(self.by.organisations_for(OPEN_CASE.key))
        return {str(post.organisation_id): post.organisation for post in posts if post.organisation_id in wanted}

    def form(self, step: str, data: Any = None) -> Any:
        """The form of a step: bound to `data`, or showing what was saved."""
        make: Any = {"who": self._who, "child": steps.ChildStep, "family": self._family, "school": self._school,
                "reasons": steps.ReasonsStep, "papers": steps.PapersStep, "consent": self._consent}[step]  # fmt: skip
        if data is not None:
            return make(data)
        empty = make()
        initial = empty.initial | steps.StepForm.initial_of(empty.fields, self.content.get(step, {}))
        return make(initial=initial)

    def saved(self, step: str) -> Any:
        """The form of a step bound to what was saved, for its cleaned data."""
        data = QueryDict(mutable=True)
        for name, values in self.content.get(step, {}).items():
            data.setlist(name, values)
        return self.form(step, data)

    def done(self, step: str) -> bool:
        if step == "child" and self.content.get("known"):
            return True
        return step in self.content and bool(self.saved(step).is_valid())

    def unfinished(self) -> list[str]:
        return [step for step in ORDER[:-1] if not self.done(step)]

    def trail(self, here: str) -> list[Step]:
        return [
            Step(title, "here" if step == here else "done" if step != "check" and self.done(step) else "ahead",
                 f"{self.address}{step}/" if step in self.content or step == here or self.done(step) else "")
            for step, title in STEPS.items()
        ]  # fmt: skip

    # forms that need to know something

    def _who(self, data: Any = None, initial: Mapping[str, Any] | None = None) -> steps.WhoStep:
        offices = [one for one in self.seats.values() if one.kind_id == COMMISSION]
        own = [one for one in self.seats.values() if one.kind_id != COMMISSION]
        askers = [(f"parent:{one.pk}", _("A parent, at the counter of: %(place)s") % {"place": one}) for one in offices]
        askers += [(f"institution:{one.pk}", _("Initiative of: %(place)s") % {"place": one}) for one in own]
        first: dict[str, Any] = {"asker": askers[0][0] if len(askers) == 1 else None, "received_on": self.by.today}
        if own:
            near = serving(own[0].territory, COMMISSION, self.by.today).first()
            near = near or organisations(kind=COMMISSION, territory=own[0].territory).first()
            first["commission"] = str(near.pk) if near else None
        return steps.WhoStep(data, initial=initial or first, askers=askers, commissions=commissions() if own else [])

    def _family(self, data: Any = None, initial: Mapping[str, Any] | None = None) -> steps.FamilyStep:
        there = self.known is not None and guardians(self.known).exists()
        return steps.FamilyStep(data, initial=initial or {}, nobody_yet=not there)

    def _school(self, data: Any = None, initial: Mapping[str, Any] | None = None) -> steps.SchoolStep:
        first = next(iter(self.seats.values()))
        rows = organisations(sector="education", territory=first.territory, working_on=self.by.today)[:MOST]
        schools = [(str(row.pk), str(row)) for row in rows]
        own = next((key for key, _name in schools if key in self.seats), "")
        return steps.SchoolStep(data, initial=initial or {"school": own}, schools=schools)

    def _consent(self, data: Any = None, initial: Mapping[str, Any] | None = None) -> steps.ConsentStep:
        return steps.ConsentStep(data, initial=initial or {"given_on": self.by.today}, givers=self.givers())

    def givers(self) -> list[tuple[str, str]]:
        """Who may consent: those in the file, and those written in this request by their place."""
        there = guardians(self.known).filter(represents=True) if self.known else []
        written = [(str(at), one.name) for at, one in enumerate(self.guardians()) if one.represents]
        return [*((str(row.uuid), row.name) for row in there), *written]

    def guardians(self) -> list[GuardianDetails]:
        form = self.saved("family")
        data = form.cleaned_data if form.is_valid() else {}
        found = [
            GuardianDetails(data[f"{place}_name"], data[f"{place}_kind"], data[f"{place}_represents"],
                         data[f"{place}_phone"], data.get(f"{place}_email", ""), data.get(f"{place}_address", ""))
            for place in ("first", "second") if data.get(f"{place}_name")
        ]  # fmt: skip
        if data.get("trusted_name"):
            found.append(GuardianDetails(data["trusted_name"], "trusted", False, data["trusted_phone"]))
        return found

    def intake(self, submit: bool) -> Intake:
        """The whole; every step must be done."""
        data = {}
        for step in ORDER[:-1]:
            if step != "child" or not self.known:
                form = self.saved(step)
                form.is_valid()
                data[step] = form.cleaned_data
        who, child = data["who"], dict(data.get("child", {}))
        initiator, place = who["asker"].split(":")
        own = self.seats[place]
        chosen = who.get("commission") if initiator == "institution" else place
        school = (
            organisations(sector="education").filter(pk=data["school"]["school"]).first()
            if data["school"]["school"]
            else None
        )
        request = {
            **data["reasons"],
            **data["papers"],
            "institution": school.name if school else data["school"]["other"],
        }
        return Intake(
            organisation=own, initiator=initiator, commission=organisations(kind=COMMISSION).get(pk=chosen),
            received_on=who["received_on"], known=self.known.uuid if self.known else None,
            number=child.pop("number", ""),
            child=child, another_child=bool(self.content.get("another")), guardians=self.guardians(), school=school,
            class_name=data["school"]["class_name"], request=request, submit=submit,
            informed=str(TOLD) if data["consent"]["informed"] else "",
            answer=self._answer(data["consent"]),
        )  # fmt: skip

    @staticmethod
    def _answer(data: Mapping[str, Any]) -> Answer | None:
        if data["answer"] == steps.LATER:
            return None
        return Answer(data["answer"], data["giver"], data["given_on"], data["proof"])
