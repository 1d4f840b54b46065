"""What an endpoint is: said once, and from that it is routed, its parameters are read, and it is described.

(`docs/decisions/0017-endpoints-are-declared.md`)
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from zajedno.kernel.scopes import Scope
from zajedno.web.shared.problem import TYPE, Problem

Schema = Mapping[str, Any]
TEXT: Schema = {"type": "string", "maxLength": 100}
UUID: Schema = {"type": "string", "format": "uuid", "pattern": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                "maxLength": 36}  # fmt: skip
BODY_MOST = 10_000  # bytes
CONDITIONAL = frozenset({304, 412})  # without a word: to If-None-Match and If-Match


@dataclass(frozen=True)
class Speech:
    """In which form an address takes what is sent and says what is wrong (nothing: as a page). `kept`: an open answer
    has an ETag."""

    takes: str = "application/json"
    refuses: str = TYPE
    shape: str = "Problem"
    kept: bool = True


PROBLEMS, PAGES = Speech(), Speech(refuses="")


@dataclass(frozen=True)
class Parameter:
    """`schema`: a string (`enum`, `pattern`, `maxLength`) or an integer (`minimum`, `maximum`)."""

    name: str
    about: Any
    schema: Schema = field(default_factory=lambda: TEXT)
    usual: Any = ""
    required: bool = False
    within: str = "query"  # or path

    def read(self, text: str) -> Any:
        """ValueError for what the schema does not allow."""
        if self.schema["type"] == "integer":
            if not re.fullmatch(r"-?[0-9]{1,9}", text):
                raise ValueError(text)
            number = int(text)
            if not self.schema.get("minimum", 0) <= number <= self.schema.get("maximum", 10**9):
                raise ValueError(text)
            return number
        fits = re.fullmatch(self.schema.get("pattern", ".*"), text, re.DOTALL | re.ASCII)
        if not fits or len(text) > self.schema.get("maxLength", 100) or "\0" in text:
            raise ValueError(text)
        if "enum" in self.schema and text not in self.schema["enum"]:
            raise ValueError(text)
        return text


@dataclass(frozen=True)
class Told:
    """What a view of an endpoint gives back: data to be written as JSON; `changed`: when it last did."""

    data: Any
    changed: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Endpoint:
    """`path` from the root, with `{names}`; `gives`: the schema of a good answer, or media types of files; `refuses`:
    statuses besides those that follow from its parameters and scope. `elsewhere`: routed by another desk; only
    described here, in how it speaks. `makes`: a good answer may also be 201."""

    method: str
    path: str
    summary: Any
    view: Callable[..., Any]
    gives: Schema = field(default_factory=dict)
    parameters: tuple[Parameter, ...] = ()
    scope: Scope | None = None
    takes: Schema | None = None
    media: tuple[str, ...] = ("application/json",)
    refuses: tuple[int, ...] = ()
    elsewhere: bool = False
    speech: Speech = PROBLEMS
    makes: bool = False

    @property
    def is_open(self) -> bool:
        return self.scope is None

    @property
    def statuses(self) -> list[int]:
        """Every one that it may answer with."""
        found = {200, 400, 429, *self.refuses, *((201,) if self.makes else ())}
        if self.is_open and self.speech.kept and self.method == "GET":
            found |= CONDITIONAL
        if any(one.within == "path" for one in self.parameters):
            found.add(404)
        if self.scope is not None:
            found |= {401, 403}
        if self.takes is not None:
            found |= {400, 413, 415, 422}
        return sorted(found)


LANGUAGE = "lang"  # read for every address by `shared/language.py`


def read(request: HttpRequest, endpoint: Endpoint, given: Mapping[str, str]) -> dict[str, Any] | Problem:
    """The parameters of a request by name, or which of them is wrong. None is repeated, and none is passed over."""
    known = {one.name: one for one in endpoint.parameters}
    for name in request.GET:
        if name not in known or known[name].within != "query" or len(request.GET.getlist(name)) > 1:
            return wrong(name if name in known else "")
    found: dict[str, Any] = {}
    for one in endpoint.parameters:
        text = given.get(one.name) if one.within == "path" else request.GET.get(one.name)
        if text is None:
            if one.required:
                return wrong(one.name)
            found[one.name] = one.usual
            continue
        try:
            found[one.name] = one.read(text)
        except ValueError:
            return Problem(404, "There is no such thing.") if one.within == "path" else wrong(one.name)
    found.pop(LANGUAGE, None)
    return found


def wrong(name: str) -> Problem:
    """Only names that the description knows are repeated."""
    if not name:
        return Problem(400, "There is a parameter that this address does not know, or one that stands twice.")
    return Problem(400, f"The parameter “{name}” is missing or is not as the description says.",
                   more={"parameter": name})  # fmt: skip
