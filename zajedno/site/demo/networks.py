"""The network of Subotica: what it found of itself and of its ties, and a round that waits for Ana's answers."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from zajedno.kernel import clock
from zajedno.networks.actions.consensus import settle
from zajedno.networks.actions.respondent import invite
from zajedno.networks.actions.round import close_round, open_round
from zajedno.networks.actions.sheet import begin, keep, send
from zajedno.networks.models import Round
from zajedno.places.models import Post
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.institutions import Towns, enter_person, enter_post

AT = "network-subotica"
MEMBERS = ("office", "kindergarten", "health", "csr", "ngo")  # each sends somebody without a name, but for their work
OFFICER = "municipality-officer"  # sits for the municipality: writes plans and runs programmes with the coordinator
LATER = ("counselling", "police")  # came to the second survey of ties
DIMENSIONS = (
    "anchoring", "coordination", "budget", "membership", "procedures", "monitoring", "capacity", "participation",
    "support", "exchange",
)  # fmt: skip
# A row a person, a level a dimension (9: cannot say).
LEVELS = ("2101110211", "3111210121", "2202119200", "1101010111", "3213110221", "2103120919")
AGREED = {"anchoring": ("2", "Измишљен пример: одлука скупштине из 2024."),
          "budget": ("1", "Измишљен пример: средства само из пројекта.")}  # fmt: skip
# Of the others, by the order of who was asked: a year ago six, now eight.
BEFORE = ("12201", "20110", "31002", "10203", "12010", "00102")
CLOSENESS = ("2341233", "3124311", "4201320", "1230424", "3512013", "2130402", "3042130", "2104320")


def seed_networks(towns: Towns, progress: Callable[[str], None]) -> None:
    enter_post(towns, "csaba", AT, "network-coordinator", title="координатор")
    for key in (*MEMBERS, *LATER):
        name = f"Представник: {towns.organisations[f'{key}-subotica'].name}"
        enter_person(towns, f"{key}.subotica@demo.invalid", name, "sr", towns.accounts["ana"].password)
        enter_post(towns, f"{key}.subotica", f"{key}-subotica", OFFICER if key == "office" else "network-member")
    people = ["ana", *(f"{key}.subotica" for key in MEMBERS)]
    first = open_for(towns, "self-evaluation-network", "Самовредновање, прошла година", 330, people)
    for who, levels in zip(people, LEVELS, strict=True):
        answer_round(towns, first, who, 320, levels_sheet(levels))
    close(towns, first, 315, AGREED)
    _ties(towns, "Ко с ким ради, прошла година", 420, people, BEFORE)
    _ties(towns, "Ко с ким ради", 60, [*people, *(f"{key}.subotica" for key in LATER)], CLOSENESS)
    now = open_for(towns, "self-evaluation-network", "Самовредновање, ова година", 5, people)
    for who, levels in zip(people[2:5], LEVELS, strict=False):
        answer_round(towns, now, who, 2, levels_sheet(levels))
    progress("4 rounds of a network")


def _ties(towns: Towns, title: str, days: int, people: list[str], closeness: tuple[str, ...]) -> None:
    row = open_for(towns, "collaboration", title, days, people)
    for who, levels in zip(people, closeness, strict=True):
        answer_round(towns, row, who, days - 10, None, levels)
    close(towns, row, days - 15, {})


def open_for(
    towns: Towns, form: str, title: str, days: int, people: list[str], *, at: str = AT, by: str = "csaba"
) -> Round:
    """Opened so many days ago, for three weeks; everybody is invited."""
    day = clock.today() - timedelta(days=days)
    posts = Post.objects.filter(account__in=[towns.accounts[who] for who in people])
    with clock.on(day):
        actor = actor_for(towns.accounts[by].pk, day)
        row = open_round(
            by=actor, organisation=towns.organisations[at].pk, form=form, title=title, opens_on=day,
            closes_on=day + timedelta(days=21),
        )  # fmt: skip
        invite(by=actor, round=row, posts=list(posts.values_list("uuid", flat=True)))
    return row


def levels_sheet(levels: str) -> dict[str, Any]:
    return {
        f"about_{key}": {key: level} | ({"anchoring_evidence": "Измишљен доказ."} if key == "anchoring" else {})
        for key, level in zip(DIMENSIONS, levels, strict=True)
    }


def answer_round(
    towns: Towns, row: Round, who: str, days: int, answers: Mapping[str, Any] | None, closeness: str = ""
) -> None:
    """So many days ago. `closeness`: of each partner the round names, and as much trust as half of it."""
    day = clock.today() - timedelta(days=days)
    with clock.on(day):
        by = actor_for(towns.accounts[who].pk, day)
        draft = begin(by=by, round=row)
        told = dict(answers or {})
        if closeness:
            partners = zip(draft.answers["partners"], closeness, strict=True)
            told["partners"] = [
                {**partner, "intensity": level, "trust": str(int(level) // 2 + 1), "value": "2"}
                for partner, level in partners
            ]
        send(by=by, draft=keep(by=by, draft=draft, answers={**draft.answers, **told}))


def close(towns: Towns, row: Round, days: int, agreed: Mapping[str, tuple[str, str]], *, by: str = "csaba") -> None:
    day = clock.today() - timedelta(days=days)
    with clock.on(day):
        actor = actor_for(towns.accounts[by].pk, day)
        close_round(by=actor, round=row)
        for item, (value, evidence) in agreed.items():
            settle(by=actor, round=row, item=item, value=value, evidence=evidence)
