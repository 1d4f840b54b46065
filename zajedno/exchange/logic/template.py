"""What a good practice is asked: the 22 fields of `data/practice/template_fields.csv`, and two of our own.

Which source asks for a field and whether it is required are that table's facts; the hints and limits are our own.
Labels and hints are msgids. Where a field's answer is a column of the version, `kind` says which kind of column.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from zajedno.kernel.spreadsheets import gettext_noop

FAO, WHO, WIKI = "FAO2015", "WHO_AFRO2008", "Wikibooks_DCH"
LIMIT = 6_000  # characters of a text: three pages
SHORT = 200


@dataclass(frozen=True, slots=True)
class Field:
    """`kind`: text, steps or links (a line each), line (one line), fact (a column of the version), made (by us).

    `step`: page of the form; `tells_who`: not shown to reviewers of an anonymous practice.
    """

    key: str
    label: str
    hint: str
    step: str
    required: bool = False
    sources: tuple[str, ...] = ()  # none: our own
    kind: str = "text"
    limit: int = LIMIT
    tells_who: bool = False


STEPS = {
    "about": gettext_noop("What it is"),
    "why": gettext_noop("Why and for whom"),
    "how": gettext_noop("With whom and how"),
    "results": gettext_noop("What came of it"),
    "learned": gettext_noop("What others should know"),
    "end": gettext_noop("Contact and consent"),
}
"""Pages of the form, in order, with their headings."""

FIELDS = (
    Field(
        "title", gettext_noop("Title of the practice"),
        gettext_noop("Short, and without the name of your institution."), "about", True, (FAO, WHO), "line", SHORT,
    ),
    Field(
        "summary", gettext_noop("Summary"),
        gettext_noop("Two or three sentences for somebody who looks through a hundred practices."), "about", True,
        limit=600,
    ),
    Field(
        "objective", gettext_noop("Objective"), gettext_noop("What should be different afterwards, and for whom?"),
        "about", True, (FAO, WHO, WIKI),
    ),
    Field(
        "location", gettext_noop("Where it happens"),
        gettext_noop("Which part of the municipality, how many villages or schools."), "about", True, (FAO, WHO, WIKI),
        limit=1_000, tells_who=True,
    ),
    Field("period", gettext_noop("Period"), gettext_noop("When it began, and ended if it has."), "about", True,
          (WHO,), "fact"),
    Field("publication_date", gettext_noop("Day of publication"), "", "about", True, (FAO,), "made"),
    Field(
        "context", gettext_noop("Problem"), gettext_noop("What was it like before, and how do you know?"), "why", True,
        (FAO, WHO, WIKI),
    ),
    Field(
        "beneficiaries", gettext_noop("Who it is for"),
        gettext_noop("How many, by sex, age and vulnerability. Numbers only, no child by name."), "why", True,
        (FAO,),
    ),
    Field(
        "target_audience", gettext_noop("Who should read this"),
        gettext_noop("For example: coordinators of commissions, head teachers."), "why", False, (FAO,), limit=1_000,
    ),
    Field(
        "stakeholders", gettext_noop("Partners"), gettext_noop("Who took part, and who did what."), "how", True,
        (FAO, WHO), tells_who=True,
    ),
    Field(
        "activities", gettext_noop("Steps"), gettext_noop("What was done, one step a line, in order."), "how", True,
        (FAO, WHO, WIKI), "steps",
    ),
    Field(
        "resources", gettext_noop("Resources and cost"),
        gettext_noop("People, hours, rooms, money; who paid, and what it costs to go on."), "how", False, (WHO,),
    ),
    Field(
        "results", gettext_noop("Results"),
        gettext_noop("What changed: the indicator, its value before and after, the number of people."), "results",
        True, (FAO, WHO, WIKI),
    ),
    Field(
        "source", gettext_noop("Where the results come from"),
        gettext_noop("A report, a register, a survey: where it can be looked up. Not needed for a story."), "results",
        limit=1_000,
    ),
    Field(
        "validation", gettext_noop("Who has confirmed it, and how"),
        gettext_noop("Those who use it, colleagues elsewhere, or somebody independent."), "results", True, (FAO,),
    ),
    Field(
        "innovation", gettext_noop("What made it work"), gettext_noop("What was new, and what it depended on."),
        "results", False, (FAO,),
    ),
    Field(
        "constraints", gettext_noop("Difficulties"),
        gettext_noop("What did not go well, and what could go wrong elsewhere."), "learned", True, (FAO, WIKI),
    ),
    Field(
        "lessons", gettext_noop("Lessons"), gettext_noop("What would you do otherwise today?"), "learned", True,
        (FAO, WHO),
    ),
    Field(
        "sustainability", gettext_noop("How it lasts"), gettext_noop("Who carries it on, and from which money."),
        "learned", True, (FAO, WHO),
    ),
    Field(
        "replicability", gettext_noop("What another place needs"),
        gettext_noop("Conditions without which it does not work, and what may be done differently."), "learned", True,
        (FAO, WHO, WIKI),
    ),
    Field("conclusion", gettext_noop("Conclusion"), "", "learned", False, (FAO, WHO)),
    Field(
        "contact", gettext_noop("Contact"),
        gettext_noop("An office, shown to everybody: not a private telephone or address."), "end", True, (FAO,),
        "fact", 250, True,
    ),
    Field(
        "links", gettext_noop("Links and related material"), gettext_noop("One a line."), "end", False,
        (FAO, WHO), "links", 2_000, True,
    ),
    Field(
        "ethics", gettext_noop("Ethics and consent"),
        gettext_noop("How people agreed to take part, and how you made sure that no child can be recognised."), "end",
        True, (WHO,),
    ),
)  # fmt: skip
BY_KEY = {field.key: field for field in FIELDS}
TEXTS = tuple(field for field in FIELDS if field.kind not in ("fact", "made"))
"""Fields that are written and translated: title and summary are columns of a text, the others its JSON."""
COLUMNS = ("title", "summary")
FACTS = {"themes": "about", "targets": "why", "sectors": "how", "validated_by": "results"}
"""Columns of the version that must be chosen too, with the page where they are."""
_COUNTED = re.compile(r"^\s*(?:[-•*–]|\d{1,2}[.)](?=\s))?\s*")


def of_step(step: str) -> tuple[Field, ...]:
    return tuple(field for field in FIELDS if field.step == step and field.kind != "made")


def missing(texts: Mapping[str, str], facts: Mapping[str, object]) -> list[str]:
    """Keys of what must be there before a practice is submitted, in the template's order.

    A result that claims more than a story names its source, in words or beside a number.
    """
    needed = {field.key for field in FIELDS if field.required and field.kind != "made"}
    if facts.get("evidence") not in (None, "", "story") and not facts.get("figures"):
        needed.add("source")
    there = {key for key, text in texts.items() if text.strip()}
    there |= {key for key in ("contact",) if facts.get(key)} | ({"period"} if facts.get("begins_on") else set())
    told = [field.key for field in FIELDS if field.key in needed - there]
    return told + [key for key in FACTS if not facts.get(key)]


def too_long(texts: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """(key, limit, length) of texts over their limit, in characters."""
    return [
        (key, BY_KEY[key].limit, len(text))
        for key, text in texts.items()
        if key in BY_KEY and len(text) > BY_KEY[key].limit
    ]


def lines(text: str) -> list[str]:
    """Steps or links: what stands on each line, without what people write before it to count."""
    bare = (_COUNTED.sub("", line).strip() for line in text.splitlines())
    return [line for line in bare if line]


def digest(title: str, summary: str, fields: Mapping[str, str]) -> str:
    """Of a source text, in hexadecimal. A translation keeps that of what it was made from, and so is known as stale."""
    told = [title.strip(), summary.strip(), sorted((key, text.strip()) for key, text in fields.items() if text.strip())]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
