"""Finding a person: names by sound and spelling in either script, or a number exactly. Every search is in the audit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import product
from operator import or_
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.children import rules
from zajedno.children.models import Child, Identifier
from zajedno.children.queries.assessment import assessed
from zajedno.children.queries.child import named_to, of_age, visible_to
from zajedno.children.queries.identifier import blinds_for
from zajedno.children.queries.tie import living
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.script import fold
from zajedno.kernel.verbs import ask

WORDS = 5  # 2^5 ways to part the words into given and family name
NAMES = 40  # near names looked for behind each word
SURE = 8  # score of the same name, also in another orthography
CANDIDATES = 500
FEW = 2000  # of so many children the names are read; of more, only those that bear a name like it

Scores = dict[str, float]  # folded whole name -> how like it is
Names = set[tuple[int, str, str]]  # of a child: key, folded given name, folded family name


@dataclass(frozen=True, slots=True)
class Hit:
    """What a list may show: identity alone. `score` is higher for the more alike; 10 a word is the same."""

    uuid: UUID
    given_name: str
    family_name: str
    birth_date: date | None
    score: float

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@transaction.atomic
def search(
    *, by: Actor, text: str = "", born: date | None = None, number: str = "", wider: bool = False, limit: int = 20
) -> list[Hit]:
    """Children the actor may see, the likest first. `text`: words of the name in any order, or a number.

    `wider` lets one more letter of each word differ. A text with digits is taken for a number.
    """
    ask(by, rules.SEARCH)
    if not number and any(sign.isdigit() for sign in text):
        text, number = "", text
    words = fold(text).split()[:WORDS]
    if not (words or number.strip() or born):
        raise Refused(_("Write a name, a number or a date of birth."), "empty")
    rows = visible_to(by)
    if born:
        rows = rows.filter(birth_date=born)
    if number.strip():
        rows = rows.filter(pk__in=_with_number(by, number))
    if words:
        found = _by_words(rows, _named(by), words, wider, limit)
    else:
        found = [(10.0, row) for row in _in_order(rows)[:limit]]
    detail = {"words": len(words), "number": bool(number), "born": bool(born), "wider": wider, "found": len(found)}
    audit.record(by=by, verb=rules.SEARCH.key, detail=detail)
    return [Hit(row.uuid, row.given_name, row.family_name, row.birth_date, score) for score, row in found]


def _with_number(by: Actor, text: str) -> QuerySet[Identifier, Any]:
    organisations = [key for key in by.keys if key > 0]
    return Identifier.objects.filter(blind__in=blinds_for(text, organisations)).values("child")


@transaction.atomic
def browse(*, by: Actor, age: str = "") -> QuerySet[Child]:
    """Everybody whose name the actor may see (`queries.child.named_to`), with `assessed_on`; `age`: a key of `AGES`."""
    ask(by, rules.OPEN_FILE)
    audit.record(by=by, verb=rules.SEARCH.key, detail={"browsed": True})
    return assessed(by, of_age(named_to(by), age, by.today))


def _named(by: Actor) -> Names | None:
    """Who sees few children has all of their names here: a big country around them then costs nothing. Else None."""
    found = list(living(by).values_list("child", "child__given_fold", "child__family_fold")[: FEW + 1])
    return set(found) if len(found) <= FEW else None


def _by_words(
    rows: QuerySet[Child], named: Names | None, words: list[str], wider: bool, limit: int
) -> list[tuple[float, Child]]:
    """First by the indexes of the lexicon; only when nobody is found, by comparing every word of near length."""
    asked: list[Scores] | None = None
    for reach in (2,) if wider else (0, 1):
        near = _similar(words, reach)
        sure = [{name: score for name, score in names.items() if score >= SURE - 1} for names in near]
        found = _ranked(rows, named, sure, limit) if sure != asked else []
        asked = sure
        if len(found) < limit and near != sure:
            found = _ranked(rows, named, near, limit)
        if found:
            return found
    return []


def _similar(words: list[str], reach: int) -> list[Scores]:
    """For each word the whole names that hold one like it."""
    near: list[Scores] = [{} for _word in words]
    with connection.cursor() as cursor:
        cursor.execute("select word, whole, score from app.similar_names(%s::text[], %s, %s)", [words, reach, NAMES])
        for word, whole, score in cursor.fetchall():
            near[word - 1][whole] = score
    return near


def _ranked(rows: QuerySet[Child], named: Names | None, near: list[Scores], limit: int) -> list[tuple[float, Child]]:
    if named is None:
        condition = reduce(or_, _ways(near), Q(pk__in=()))
    else:
        condition = Q(pk__in=[key for key, given, family in named if all(given in n or family in n for n in near)])
    found = [(_score(row, near), row) for row in _in_order(rows.filter(condition))[:CANDIDATES]]
    return sorted(found, key=lambda item: (-item[0], item[1].sort_key))[:limit]


def _ways(near: list[Scores]) -> Iterator[Q]:
    """Each way to part the words into given and family name, for which there are names at all."""
    for sides in product((0, 1), repeat=len(near)):
        given = _shared(names for names, side in zip(near, sides, strict=True) if side == 0)
        family = _shared(names for names, side in zip(near, sides, strict=True) if side == 1)
        if given == set() or family == set():
            continue
        way = Q()
        if given is not None:
            way &= Q(given_fold__in=sorted(given))
        if family is not None:
            way &= Q(family_fold__in=sorted(family))
        yield way


def _shared(sets: Iterable[Scores]) -> set[str] | None:
    """Names that hold every one of the words; None when no word is on this side."""
    found = [set(names) for names in sets]
    return set.intersection(*found) if found else None


def _score(row: Child, near: list[Scores]) -> float:
    return sum(max(names.get(row.given_fold, 0), names.get(row.family_fold, 0)) for names in near)


def _in_order(rows: QuerySet[Child]) -> QuerySet[Child]:
    columns = ("uuid", "given_name", "family_name", "birth_date", "given_fold", "family_fold", "sort_key")
    return rows.only(*columns).order_by("sort_key", "pk")
