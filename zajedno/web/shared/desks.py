"""Which desks a person has. A desk is offered when one of their posts carries one of its verbs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.kernel.actor import Actor, Seat


@dataclass(frozen=True)
class Desk:
    """A group of pages for one kind of work. `verbs` are keys, or a whole room written `room.`; two keys with a space
    between them must both be carried by one post."""

    key: str
    path: str
    label: str | Promise
    verbs: tuple[str, ...]
    beside: tuple[str, ...] = ()  # other addresses of the same desk
    for_families: bool = False  # of who holds no post: a parent

    def is_at(self, path: str) -> bool:
        return path.startswith((self.path, *self.beside))

    def serves(self, actor: Actor) -> bool:
        return (self.for_families and not actor.seats) or any(
            all(_carries(seat, verb) for verb in wanted.split()) for seat in actor.seats for wanted in self.verbs
        )


def _carries(seat: Seat, wanted: str) -> bool:
    return any(verb == wanted or (wanted.endswith(".") and verb.startswith(wanted)) for verb in seat.verbs)


# Who sits in a body without any of these verbs comes in by their own desk or the account (`shared/seats.py`).
# Not all of the room `networks`: who compares networks from outside has a desk of their own.
NETWORK = Desk(
    "network",
    "/network/",
    _("Network"),
    (
        "networks.open_round",
        "networks.answer",
        "networks.settle",
        "networks.write_agreement",
        "networks.sign_agreement",
        "networks.keep_body",
        "networks.keep_map",
        "networks.assess",
        "networks.log_training",
        "programmes.",
    ),
)

# In the order of the navigation. The first that serves a person is where log-in leads.
DESKS = (
    Desk(
        "panel",
        "/panel/",
        _("Commission"),
        ("casework.hold_sitting", "casework.decide", "casework.write_opinion casework.plan_support"),
    ),
    Desk("work", "/work/", _("My work"), ("children.", "casework.")),
    Desk("family", "/family/", _("My children"), (), for_families=True),
    NETWORK,
    Desk("monitor", "/monitor/", _("Figures"), ("networks.compare",)),
    Desk(
        "exchange",
        "/exchange/mine/",
        _("Exchange"),
        ("exchange.write_practice", "exchange.translate", "exchange.review", "exchange.edit"),
        (
            "/exchange/reviews/",
            "/exchange/translations/",
            "/exchange/editing/",
            "/exchange/sites/",
            "/exchange/community/",
        ),
    ),
    Desk("gatherings", "/exchange/gathering-desk/", _("Gatherings"), ("exchange.hold_event",)),
    Desk("champions", "/exchange/awards/", _("Champions"), ("exchange.award", "exchange.jury")),
    Desk("campaigns", "/exchange/campaigning/", _("Campaigns"), ("exchange.campaign",)),
    Desk(
        "manage",
        "/manage/",
        _("Administration"),
        (
            "access.invite",
            "access.close_account",
            "access.read_audit",
            "access.read_all_audit",
            "places.change_organisation",
            "places.change_organisation_anywhere",
            "places.appoint",
            "places.appoint_anywhere",
            "places.change_service",
            "places.change_service_anywhere",
            "access.issue_token",
            "packs.",
            "forms.",
        ),
    ),
)


def desks_for(actor: Actor | None) -> list[Desk]:
    """Desks of this person, in order."""
    return [desk for desk in DESKS if actor is not None and desk.serves(actor)]


def first_path(actor: Actor | None) -> str:
    """Where log-in leads: the first desk, of parents the family desk, else the person's own account."""
    return next((desk.path for desk in desks_for(actor)), "/account/")
