"""The easy-read page: short sentences, one idea each, a picture beside them. A test counts the words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Part:
    """`picture`: a drawing in templates/public/pictograms; `alternative`: what it shows, for who cannot see it."""

    picture: str
    alternative: Any
    title: Any
    sentences: tuple[Any, ...]
    link: Any = ""
    href: str = ""

    @property
    def drawing(self) -> str:
        return f"public/pictograms/{self.picture}.svg"


PARTS = (
    Part("child", _("A child with open arms"), _("Every child belongs"), (
        _("Every child has the right to learn."), _("Some children need support."),
        _("Support means help that fits the child."),
    )),
    Part("together", _("Two people hold hands"), _("People work together"), (
        _("One person cannot do everything."), _("The school helps."), _("The doctor and the nurse help."),
        _("The social worker helps."), _("The parents say what the child needs."),
    )),
    Part("network", _("Five circles around one, joined by lines"), _("What is a network?"), (
        _("All these people meet."), _("They talk about what children need."), _("They make a plan."),
        _("One person takes care of the plan."), _("We call this a local network."),
    )),
    Part("parent", _("A grown-up holds a child by the hand"), _("You are a parent"), (
        _("You can ask for support for your child."), _("Ask at the school or at the health centre."),
        _("They must listen to you."), _("You can say yes or no."),
    ), _("Where do I begin?"), "/begin/#parent"),
    Part("lock", _("A closed lock"), _("What is private stays private"), (
        _("What we write about a child is secret."), _("Only people who help the child can read it."),
        _("You can ask who has read it."),
    ), _("Privacy"), "/privacy/"),
    Part("exchange", _("Two houses with arrows from one to the other"), _("What is the exchange?"), (
        _("Towns learn from each other."), _("One town finds something that works."), _("It tells the other towns."),
        _("The other towns can do the same."),
    ), _("See what works"), "/exchange/"),
    Part("help", _("A speech bubble with a question mark"), _("You do not understand something"), (
        _("You can ask."), _("Ask at your school or at your health centre."), _("Somebody will explain it to you."),
    ), _("Help"), "/help/"),
)  # fmt: skip
