"""A form being filled in: whose it is and where it is kept is what each desk knows of it; which pages are asked."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import get_language

from zajedno.forms.logic.sheet import Problem, Sheet
from zajedno.forms.queries.form import Loaded
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.pieces import Link, Step
from zajedno.web.shared.sheets import pages as layout
from zajedno.web.shared.sheets.page_form import PageForm

CHECK = "check"


class Filling(ABC):
    """One form being filled in by one person. `address` ends with a slash; under it lie the pages and `check/`."""

    form: Loaded
    address: str
    today: date
    crumbs: Sequence[Link] = ()
    corrects = False

    @property
    @abstractmethod
    def answers(self) -> Mapping[str, Any]:
        """What was kept so far."""

    @abstractmethod
    def keep(self, answers: Mapping[str, Any]) -> None:
        """Keep what is written, right or wrong."""

    @abstractmethod
    def send(self, reason: str) -> str:
        """Send what was kept; the address to go on to. Raises Refused."""

    @abstractmethod
    def drop(self) -> None:
        """Throw the draft away."""

    @property
    @abstractmethod
    def leave(self) -> str:
        """Where "come back later" leads."""

    def context(self) -> dict[str, Any]:
        """More for the templates: whose form it is."""
        return {}

    @cached_property
    def language(self) -> str:
        return get_language() or "en"

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet(self.form.form, self.answers, today=self.today, language=self.language)

    def page(self, key: str) -> layout.Page:
        found = next((page for page in layout.pages(self.sheet) if page.key == key), None)
        if found is None:
            raise NotFound("")
        return found

    def asked(self) -> list["Asked"]:
        """Pages on which something is asked, as the sheet stands now."""
        problems = self.sheet.problems()
        found = ((page, layout.items(self.sheet, page)) for page in layout.pages(self.sheet))
        return [Asked(page, items, layout.on_page(problems, page)) for page, items in found if items]


@dataclass(frozen=True)
class Asked:
    """A page with its lines and what is wrong with their answers."""

    page: layout.Page
    items: list[layout.Item]
    problems: list[Problem]

    @property
    def begun(self) -> bool:
        return any(item.shown and item.shown.value for item in self.items)

    @property
    def done(self) -> bool:
        """Is it in order, with something answered? Where nothing must be answered, an empty page is not done yet."""
        return self.begun and not self.problems


class Place:
    """Where a page stands among those on which something is asked, as the sheet stands now."""

    def __init__(self, filling: Filling, here: layout.Page) -> None:
        self.filling, self.here, self.asked = filling, here, filling.asked()
        self.at = next((number for number, one in enumerate(self.asked) if one.page.key == here.key), None)

    def form(self, *, judged: bool = False) -> PageForm:
        """Its questions; none when nothing is asked on it now."""
        if self.at is None:
            return PageForm([])
        return PageForm(self.asked[self.at].items, self.asked[self.at].problems, judged=judged)

    @property
    def before(self) -> str:
        if self.at:
            return f"{self.filling.address}{self.asked[self.at - 1].page.key}/"
        return self.filling.address if len(self.asked) > 1 else self.filling.leave

    @property
    def after(self) -> str:
        after = [one.page.key for one in self.asked[0 if self.at is None else self.at + 1 :]]
        return f"{self.filling.address}{after[0] if after else CHECK}/"

    def trail(self) -> list[Step]:
        """The pages, where there are several."""
        steps = [
            Step(one.page.title, "here" if number == self.at else "done" if one.done else "ahead",
                 f"{self.filling.address}{one.page.key}/")
            for number, one in enumerate(self.asked)
        ]  # fmt: skip
        return steps if len(steps) > 1 else []
