"""Where somebody begins, by who they are: three steps, each with a page that is there."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Way:
    """One step: what to do, and the page where it is done."""

    text: Any
    link: Any
    href: str


@dataclass(frozen=True)
class Person:
    key: str  # the place on the page
    who: Any
    steps: tuple[Way, Way, Way]


_INVITED = Way(
    _("Ask the administrator of your institution for an invitation."), _("How accounts are opened"), "/help/"
)

PEOPLE = (
    Person("parent", _("I am a parent"), (
        Way(_("Choose your municipality and the age of your child, and see whom to turn to first."),
            _("My child needs support: where do I begin?"), "/begin/child/"),
        Way(_("Ask one of them for support for your child. You may ask yourself, and you need no account for it."),
            _("Whom to ask"), "/help/"),
        Way(_("Read what is kept of your child and what your rights are."), _("Privacy"), "/privacy/"),
    )),
    Person("teacher", _("I am a teacher or work in a school or kindergarten"), (
        _INVITED,
        Way(_("Log in: your first page shows what waits for you and where a request for a child begins."),
            _("Log in"), "/login/"),
        Way(_("See what other schools and kindergartens did, and ask them."), _("Good practices in education"),
            "/exchange/practices/?sector=education"),
    )),
    Person("nurse", _("I am a nurse or work in a health centre"), (
        _INVITED,
        Way(_("Log in and set up your telephone: forms can be filled in on a visit without a connection."),
            _("Log in"), "/login/"),
        Way(_("See what other health centres did, and ask them."), _("Good practices in health"),
            "/exchange/practices/?sector=health"),
    )),
    Person("municipality", _("I work for a municipality"), (
        Way(_("See what is known here of your municipality and what works in others."), _("Municipalities"),
            "/places/"),
        Way(_("Choose a model: what it needs, what it costs, and who has taken it over."), _("Models to take over"),
            "/exchange/models/"),
        Way(_("Ask the office that runs this service to invite your municipality: procedures, forms and a protocol "
              "are ready with the invitation."), _("How accounts are opened"), "/help/"),
    )),
    Person("guest", _("I come from another country"), (
        Way(_("Read what works here: practices say in which languages they can be read."), _("Good practices"),
            "/exchange/practices/"),
        Way(_("See who took which model from whom, and what became of it."), _("Models to take over"),
            "/exchange/models/"),
        Way(_("Take all practices as open data; you may use them when you say where they come from."), _("Exchange"),
            "/exchange/"),
    )),
)  # fmt: skip
