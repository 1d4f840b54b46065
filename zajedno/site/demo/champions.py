"""Champions of inclusion: a cycle that is over, with two champions, and one in which anybody can nominate."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from zajedno.access.models import Message
from zajedno.exchange.actions import award, nomination
from zajedno.exchange.actions.nomination import Said
from zajedno.exchange.actions.score import score
from zajedno.exchange.models import Cycle, Nomination
from zajedno.kernel import clock
from zajedno.places.models import Post
from zajedno.site.demo.institutions import Towns, days_ago, enter_person, enter_post

SITE = "https://demo.invalid"
EDITOR = ("editor", "Уредник размене (демо)", "exchange-editor", "ministry")
JURY = (
    ("jury1", "Члан жирија из Тутина (демо)", "exchange-reviewer", "office-tutin"),
    ("jury2", "Члан жирија из Бујановца (демо)", "exchange-reviewer", "office-bujanovac"),
)
CRITERIA = "Шта се променило за децу | Šta se promijenilo za djecu | What changed for children = 3\n" \
           "Сарадња више сектора | Saradnja više sektora | Cooperation of sectors = 2\n" \
           "Може ли се поновити | Može li se ponoviti | Can it be repeated"  # fmt: skip
CATEGORIES = "Особа | Osoba | Person\nУстанова или група | Ustanova ili grupa | Institution or group"
NURSE = Said(
    kind="person", nominee="Невена Пример (измишљена)", email="nevena@demo.invalid", sector="health", adult=True,
    role="патронажна сестра", institution="Дом здравља (демо)", place="Бујановац",
    story="Измишљен пример: обилазила је породице у удаљеним селима и повезала их са развојним саветовалиштем.",
    evidence="Измишљен доказ: записници мреже.",
)  # fmt: skip
TEAM = Said(
    kind="group", nominee="Вршњачки тим „Пример” (измишљен)", email="tim@demo.invalid", sector="education",
    institution="Основна школа „Пример” (демо)", place="Тутин",
    story="Измишљен пример: старији ученици сваког дана праве места за игру у којима нико није сам.",
)  # fmt: skip
TEACHER = replace(
    NURSE, nominee="Јована Пример (измишљена)", email="jovana@demo.invalid", sector="education", role="васпитачица",
    institution="Предшколска установа „Пример” (демо)",
    story="Измишљен пример: позвала је родитеље у групу и тражила од њих да кажу шта дете воли.",
)  # fmt: skip
CITATIONS = ("За упорност на путу до последње куће (измишљено).", "За двориште у коме нико није сам (измишљено).")


def seed_champions(towns: Towns, progress: Callable[[str], None]) -> None:
    for who, name, role, at in (EDITOR, *JURY):
        if who not in towns.accounts:
            enter_person(towns, f"{who}@demo.invalid", name, "sr", towns.accounts["ana"].password)
            enter_post(towns, who, at, role)
    over = _open(towns, 150, 60, "all", {"sr": "Шампиони инклузије, прошла година (демо)"}, "")
    rows = [_agreed(towns, over, said, 120 - 10 * at) for at, said in enumerate((NURSE, TEAM))]
    for who, *_rest in JURY:
        for row in rows:
            days_ago(towns, who, 58, partial(score, nomination=row, values=_values(over)))
    named = {row.uuid: citation for row, citation in zip(rows, CITATIONS, strict=True)}
    days_ago(towns, "editor", 50, partial(award.decide, cycle=over, citations=named))
    over.refresh_from_db()
    days_ago(towns, "editor", 48, partial(award.publish, cycle=over, site=SITE))
    now = _open(towns, 5, -30, "by_category", {"sr": "Шампиони инклузије, ова година (демо)"}, CATEGORIES)
    said = replace(TEACHER, category=now.categories.earliest("position").pk)
    _agreed(towns, now, said, 3)
    progress("2 cycles of champions of inclusion")


def _open(towns: Towns, begins: int, ends: int, mode: str, titles: Mapping[str, str], categories: str) -> Cycle:
    today = clock.today()
    titles = {**titles, "bs": "Šampioni inkluzije (demo)", "en": "Champions of inclusion (demo)"}
    cycle: Cycle = days_ago(
        towns, "editor", begins,
        partial(
            award.open_cycle, organisation=towns.organisations["ministry"].pk, titles=titles, mode=mode,
            criteria=CRITERIA, categories=categories, opens_on=today - timedelta(days=begins),
            closes_on=today - timedelta(days=ends),
        ),
    )  # fmt: skip
    posts = Post.objects.filter(account__in=[towns.accounts[who] for who, *_rest in JURY])
    uuids = list(posts.values_list("uuid", flat=True))
    days_ago(towns, "editor", begins, partial(award.name_jurors, cycle=cycle, posts=uuids))
    return cycle


def _agreed(towns: Towns, cycle: Cycle, said: Said, days: int) -> Nomination:
    """Nominated by Ana, and a day later the nominee has said yes by the link of the letter."""
    row: Nomination = days_ago(
        towns, "ana", days,
        partial(nomination.nominate, cycle=cycle.uuid, said=said, language="sr", site=SITE),
    )  # fmt: skip
    found = re.search(r"/consent/([\w-]+)/", Message.objects.get(key=f"ask-{row.uuid}").body)
    token = found.group(1) if found else ""
    days_ago(towns, "ana", days - 1, lambda by: nomination.agree(token=token, site=SITE))
    row.refresh_from_db()
    return row


def _values(cycle: Cycle) -> dict[int, int]:
    return {key: 9 - at for at, key in enumerate(cycle.criteria.order_by("position").values_list("pk", flat=True))}
