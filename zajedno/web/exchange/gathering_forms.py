"""Forms of gatherings: to register, propose, prepare, place, write."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.exchange.actions.gathering import Plan
from zajedno.exchange.actions.letter import PLACEHOLDERS
from zajedno.exchange.actions.programme import Placed
from zajedno.exchange.actions.proposal import Said
from zajedno.exchange.actions.registration import Coming
from zajedno.exchange.enums import Audience, Need, Pact, SessionKind
from zajedno.kernel.clock import ZONE, day_of
from zajedno.kernel.script import fold
from zajedno.places.queries.organisation import organisations
from zajedno.web.shared.fields import Checks, Confirm, DateField, Email, LongText, Radios, Select, Text, Whole
from zajedno.web.shared.forms import Form
from zajedno.web.shared.hours import Hour
from zajedno.web.shared.language import NAMES

if TYPE_CHECKING:
    from zajedno.exchange.models import Gathering, Proposal, Room, Session, Track

WRITTEN = tuple((code, NAMES[code]) for code in ("sr", "bs", "en"))
SPOKEN = tuple((code, name) for code, name in NAMES.items() if code != "sr-latn")


class Register(Form):
    """`strange`: nobody is logged in, so they say who they are."""

    name = Text(label=_("Your name"), max_length=200, width="two-thirds")
    email = Email(label=_("Your e-mail"), help_text=_("You get a link to confirm. Without it no place is kept."))
    institution = Text(label=_("Institution"), max_length=250, required=False)
    kinds = Checks(
        label=_("Do you need something to take part?"), choices=Need.choices, required=False, small=True,
        help_text=_("Only the organisers can read it, and it is erased when you cancel."),
    )  # fmt: skip
    needs = LongText(
        label=_("What exactly?"), rows=3, max_length=1000, required=False,
        help_text=_("For example: from which language, what food."),
    )  # fmt: skip

    def __init__(self, *args: Any, strange: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not strange:
            del self.fields["name"], self.fields["email"]

    def coming(self) -> Coming:
        return Coming(**{"name": "", "email": ""} | self.cleaned_data)


class Needs(Form):
    """To change what was said, without losing the place."""

    kinds = Checks(label=_("Do you need something to take part?"), choices=Need.choices, required=False, small=True)
    needs = LongText(label=_("What exactly?"), rows=3, max_length=1000, required=False)


class Propose(Form):
    track = Radios(label=_("For what"))
    title = Text(label=_("Title of what you show"), max_length=200)
    abstract = LongText(
        label=_("What do you want to show?"), rows=8, max_length=5000,
        help_text=_("Write so that no child can be recognised: no names, initials or dates of birth."),
    )  # fmt: skip
    language = Select(label=_("In which language"), choices=SPOKEN, empty=None)
    practice = Select(
        label=_("Good practice in the catalogue"), required=False, empty=_("No practice"),
        help_text=_("Of yours, published. The programme then leads to it."),
    )  # fmt: skip
    code = Text(
        label=_("Code for a late proposal"), max_length=40, required=False, width=20,
        help_text=_("Only when the last day is past and the organisers gave you one."),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        tracks: Sequence["Track"],
        today: date,
        practices: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fill("practice", practices)
        self.fill("track", [(one.key, str(one)) for one in tracks])
        hint = _("Until %(day)s"), _("Closed since %(day)s")
        self.fields["track"].looks.hints = {  # type: ignore[attr-defined]
            one.key: hint[not one.is_open(today)] % {"day": date_format(one.deadline, "DATE_FORMAT")} for one in tracks
        }

    def said(self) -> Said:
        return Said(**self.cleaned_data)


class _Titled(Form):
    """Titles in three languages, of which one is enough."""

    title_sr = Text(label=_("Title in Serbian, in Cyrillic"), max_length=120, required=False, width="two-thirds")
    title_bs = Text(label=_("Title in Bosnian"), max_length=120, required=False, width="two-thirds")
    title_en = Text(label=_("Title in English"), max_length=120, required=False, width="two-thirds")

    def titles(self) -> dict[str, str]:
        return {code: self.cleaned_data[f"title_{code}"] for code, _name in WRITTEN}


class Prepare(_Titled):
    organisation = Radios(label=_("Who organises it"))
    place = Text(label=_("Where"), help_text=_("Municipality or address"), max_length=200, width="two-thirds")
    begins_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))
    languages = Checks(label=_("Languages spoken there"), choices=SPOKEN, small=True)
    capacity = Whole(label=_("Places"), least=1, most=20_000)
    online_link = Text(
        label=_("Link to take part online"), max_length=500, required=False,
        help_text=_("Shown only to who has a place."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, offered: Sequence[tuple[str, str]] = (), gathering: "Gathering | None" = None, **kwargs: Any
    ) -> None:
        if gathering:
            shown = ("place", "begins_on", "ends_on", "languages", "capacity", "online_link")
            titles = {f"title_{code}": text for code, text in gathering.titles.items()}
            kwargs["initial"] = titles | {name: getattr(gathering, name) for name in shown}
        super().__init__(*args, **kwargs)
        self.only = int(offered[0][0]) if offered else 0
        if len(offered) < 2:
            del self.fields["organisation"]
        else:
            self.fill("organisation", offered)

    def clean_online_link(self) -> str:
        link: str = self.cleaned_data["online_link"]
        if link and not link.startswith(("https://", "http://")):
            raise ValidationError(_("Write a whole address that begins with https://"))
        return link

    def organisation_id(self) -> int:
        return int(self.cleaned_data.get("organisation") or self.only)

    def plan(self) -> Plan:
        names = ("place", "begins_on", "ends_on", "languages", "capacity", "online_link")
        return Plan(titles=self.titles(), **{name: self.cleaned_data[name] for name in names})


class NewTrack(_Titled):
    deadline = DateField(label=_("Last day for proposals"))


class Deadline(Form):
    deadline = DateField(label=_("Last day for proposals"))


class Decide(Form):
    accept = Radios(
        label=_("Decision"), choices=(("yes", _("Accept")), ("no", _("Do not accept"))), reveals={"no": "reason"}
    )
    reason = LongText(label=_("Why"), help_text=_("The proposer reads it."), rows=3, max_length=2000)

    def decision(self) -> dict[str, Any]:
        """For `proposal.decide`."""
        return {"accept": self.cleaned_data["accept"] == "yes", "reason": self.cleaned_data["reason"] or ""}


class NewRoom(Form):
    name = Text(label=_("Name of the room"), max_length=100, width="two-thirds")


class Release(Form):
    name = Text(
        label=_("Name of the release"), help_text=_("For example 1.0. No two of an event are alike."), max_length=60,
        width=20,
    )  # fmt: skip


class Place(Form):
    """A slot. Days are those of the event."""

    kind = Radios(label=_("What it is"), choices=SessionKind.choices, inline=True)
    proposal = Select(label=_("Accepted proposal"), required=False, empty=_("No proposal"))
    title = Text(label=_("Title of the slot"), max_length=200)
    room = Select(label=_("Room"), required=False, empty=_("Everywhere (only a break)"))
    day = Radios(label=_("Day"))
    link = Text(
        label=_("Link to take part online"), max_length=500, required=False,
        help_text=_("Only of this slot. Shown only to who has a place."),
    )  # fmt: skip
    begins = Hour(label=_("Begins at"), help_text=_("For example 9:30"), width=5, max_length=8)
    ends = Hour(label=_("Ends at"), help_text=_("For example 10:15"), width=5, max_length=8)

    def __init__(
        self, *args: Any, days: Sequence[date], rooms: Sequence["Room"], free: Sequence["Proposal"],
        session: "Session | None" = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        kwargs["initial"] = _of(session) if session else {"kind": "presentation", "day": days[0].isoformat()}
        super().__init__(*args, **kwargs)
        self.fill("day", [(day.isoformat(), date_format(day, "DATE_FORMAT")) for day in days])
        self.fill("room", [(str(room.pk), room.name) for room in rooms])
        self.fill("proposal", [(str(one.uuid), one.title) for one in free])
        if not free:
            del self.fields["proposal"]

    def placed(self) -> Placed:
        data = self.cleaned_data
        day = date.fromisoformat(data["day"])
        proposal = data.get("proposal")
        return Placed(
            kind=data["kind"], title=data["title"], room=int(data["room"]) if data["room"] else None,
            begins=datetime.combine(day, data["begins"], ZONE), ends=datetime.combine(day, data["ends"], ZONE),
            proposal=UUID(proposal) if proposal else None, link=data["link"],
        )  # fmt: skip


def _of(session: "Session") -> dict[str, Any]:
    return {
        "kind": session.kind, "title": session.title, "link": session.link, "room": str(session.room_id or ""),
        "day": day_of(session.begins).isoformat(), "begins": f"{session.begins.astimezone(ZONE):%H:%M}",
        "ends": f"{session.ends.astimezone(ZONE):%H:%M}",
        "proposal": str(session.proposal.uuid) if session.proposal else "",
    }  # fmt: skip


class NewSpeaker(Form):
    name = Text(label=_("Name of the speaker"), max_length=200, width="two-thirds")
    institution = Text(label=_("Institution"), max_length=250, required=False, width="two-thirds")
    consents = Confirm(label=_("They agreed to be shown by name on the public page"), required=False)


class NewHandout(Form):
    title = Text(label=_("What it is"), max_length=200, width="two-thirds")
    link = Text(label=_("Where it lies"), help_text=_("A whole address: https://…"), max_length=500)
    licence = Text(label=_("Licence"), help_text=_("For example CC BY 4.0"), max_length=60, width=20)


class Write(Form):
    audience = Radios(label=_("To whom"), choices=Audience.choices)
    subject = Text(label=_("Subject"), max_length=150)
    body = LongText(
        label=_("Text"), rows=10, max_length=5000,
        help_text=format_lazy(
            _("Filled in for each person: {names}"), names=", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
        ),
    )  # fmt: skip


class Visit(Form):
    """Institutions are written, and found by their names."""

    kind = Radios(label=_("What it is"), choices=Pact.choices, inline=True, required=False, optional=False)
    guest = Text(label=_("Who visits or is helped"), help_text=_("Name of the institution"), max_length=250)
    host = Text(label=_("Who shows or helps"), help_text=_("Name of the institution"), max_length=250)
    what = Text(label=_("What they want to see"), max_length=500)
    due_on = DateField(label=_("Until when"), required=False)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Pact.VISIT

    def clean_guest(self) -> int:
        return institution(self.cleaned_data["guest"])

    def clean_host(self) -> int:
        return institution(self.cleaned_data["host"])


def institution(text: str) -> int:
    """The id of the one that is called so; ValidationError for none and for many."""
    found = list(organisations(text=text)[:6])
    exact = [one for one in found if one.key == fold(text)] or found
    if len(exact) == 1:
        return exact[0].pk
    if not found:
        raise ValidationError(_("No institution is called so."))
    raise ValidationError(_("More than one fits: %(names)s"), params={"names": ", ".join(str(one) for one in found)})


class Came(Form):
    """A box for each person with a place. `rows`: (uuid, name, came)."""

    came = Checks(label=_("Who came"), small=True, required=False, optional=False)

    def __init__(self, *args: Any, rows: Sequence[tuple[str, str, bool]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"came": [key for key, _name, came in rows if came]}, **kwargs)
        self.fields["came"].choices = [(key, name) for key, name, _came in rows]  # type: ignore[attr-defined]
