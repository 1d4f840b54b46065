"""Writes a parsed expression again for lxml, noting what it reads on the way."""

from dataclasses import dataclass, field

from zajedno.forms.logic.functions import FUNCTIONS, NATIVE, OPERATORS
from zajedno.forms.logic.parsing import NODE_FUNCTIONS, Token, Unreadable, parsed

__all__ = ["Reading", "Unreadable", "rewrite"]

_ALIKE = {one: frozenset(group) for group in (("+", "-"), ("*", "div", "mod"), ("and",), ("or",)) for one in group}
"""Operators that follow one another from left to right without brackets."""
MOST_ALIKE = 200
"""Most sides of one sum: lxml counts each as deeper than the one before."""
_PLAIN = {"number", "truth"}  # what can be no day


@dataclass(slots=True)
class Reading:
    """`paths`: places of the form it reads; `calls`: functions with their values, where these are texts; `instances`:
    lists of choices it looks into; `fields`: names it reads there; `indexed`: where the values of each indexed-repeat
    lead, "" for one that is no path."""

    paths: set[str] = field(default_factory=set)
    calls: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    instances: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    indexed: list[list[str]] = field(default_factory=list)


def rewrite(source: str, at: str) -> tuple[Reading, str]:
    """What the expression reads, seen from the place `at`, and the same expression for lxml. Raises Unreadable."""
    writer = _Writer(tuple(at.strip("/").split("/")))
    try:
        return writer.reading, writer.write(parsed(source), writer.at, False)[0]
    except RecursionError as error:
        raise Unreadable("syntax", "too deep") from error


Place = tuple[str, ...] | None
"""Where a step stands in the form; None: in a list of choices."""


class _Writer:
    """Writes a parsed expression for lxml. What is written comes with what it gives: see `Function.gives`."""

    def __init__(self, at: Place) -> None:
        self.at = at
        self.reading = Reading()

    def write(self, token: Token, at: Place, inside: bool) -> tuple[str, str]:
        """`at`: where the expression stands; `inside`: in a predicate."""
        symbol = token.symbol
        if symbol in ("(integer)", "(decimal)", "(float)"):
            return format(token.value, "f") if symbol != "(integer)" else str(token.value), "number"
        if symbol == "(string)":
            return _quoted(token.value), "text"
        if symbol == "(" and len(token) == 1:
            written, gives = self.write(token[0], at, inside)
            return f"({written})", gives
        if symbol in OPERATORS:
            return self._compared(token, at, inside), "truth"
        if symbol in _ALIKE and len(token) > 0:
            return self._row(token, at, inside), "truth" if symbol in ("and", "or") else "number"
        if symbol == "|":
            sides = [self.write(one, at, inside) for one in token]
            if any(gives != "nodes" for _side, gives in sides):
                raise Unreadable("unsupported", symbol)
            return " | ".join(side for side, _gives in sides), "nodes"
        if token.label == "function" or (symbol == ":" and token[1].label == "function"):
            return self._called(token, at, inside)
        return self._path(token, at, inside), "nodes"

    def _compared(self, token: Token, at: Place, inside: bool) -> str:
        (left, one), (right, other) = (self.write(side, at, inside) for side in token)
        plain = one in _PLAIN and other in _PLAIN
        if plain or (token.symbol in ("=", "!=") and "(string)" in (token[0].symbol, token[1].symbol)):
            return f"({left} {token.symbol} {right})"
        return f"z:{OPERATORS[token.symbol][0]}({left}, {right})"

    def _row(self, token: Token, at: Place, inside: bool) -> str:
        """A sum, a product, a row of conditions, however many sides it has."""
        write = self._truth if token.symbol in ("and", "or") else self._number
        if len(token) == 1:
            return f"({token.symbol}{write(token[0], at, inside)})"
        written: list[str] = []
        alike = _ALIKE[token.symbol]
        while token.symbol in alike and len(token) == 2:
            written += [write(token[1], at, inside), token.symbol]
            token = token[0]
        if len(written) > 2 * MOST_ALIKE:
            raise Unreadable("syntax", "too long")
        return f"({' '.join(reversed([*written, write(token, at, inside)]))})"

    def _truth(self, token: Token, at: Place, inside: bool) -> str:
        return self.write(token, at, inside)[0]

    def _number(self, token: Token, at: Place, inside: bool) -> str:
        written, gives = self.write(token, at, inside)
        return written if gives == "number" else f"z:n({written})"

    def _called(self, token: Token, at: Place, inside: bool) -> tuple[str, str]:
        name, values = (token.value, token[1]) if token.symbol == ":" else (token.symbol, token)
        if name not in FUNCTIONS and name not in NATIVE:
            raise Unreadable("function", name)
        function = FUNCTIONS.get(name)
        least, most, gives = (function.least, function.most, function.gives) if function else NATIVE[name]
        if len(values) < least or (most is not None and len(values) > most):
            raise Unreadable("arguments", name)
        if name == "indexed-repeat" and len(values) % 2 == 0:
            raise Unreadable("arguments", name)
        self.reading.calls.append((name, tuple(str(one.value) if one.symbol == "(string)" else "" for one in values)))
        sides = [self.write(value, at, inside) for value in values]
        written = [side for side, _gives in sides]
        if name == "indexed-repeat":
            places = [gives == "nodes" and self._place_of(one, at, inside) for one, (_side, gives) in
                      zip(values, sides, strict=True)]  # fmt: skip
            self.reading.indexed.append(["/" + "/".join(place) if place else "" for place in places])
        if name == "count" and sides[0][1] != "nodes":
            raise Unreadable("unsupported", name)
        if name == "if":
            written[0] = f"boolean({written[0]})"
        if name == "jr:choice-name":
            self._named(values[1], at)
        native = name in NATIVE or (name == "position" and not written)
        return f"{'' if native else 'z:'}{name.removeprefix('jr:')}({', '.join(written)})", gives

    def _named(self, token: Token, at: Place) -> None:
        """The second value of jr:choice-name is a path in a text."""
        if token.symbol != "(string)" or at is None:
            raise Unreadable("unsupported", "jr:choice-name")
        reading, _written = rewrite(str(token.value), "/".join(at))
        self.reading.paths |= reading.paths

    def _path(self, token: Token, at: Place, inside: bool) -> str:
        written, place = self._steps(token, at, inside)
        if place is not None:
            self.reading.paths.add("/" + "/".join(place))
        return written

    def _steps(self, token: Token, at: Place, inside: bool) -> tuple[str, Place]:
        """A path as written and the place it leads to."""
        symbol = token.symbol
        if symbol == "/" and len(token) == 2:
            if token[0].symbol == "(":
                raise Unreadable("unsupported", "(…)/…")
            before, place = self._steps(token[0], at, inside)
            after, place = self._steps(token[1], place, inside)
            return f"{before}/{after}", place
        if symbol == "/" and len(token) == 1:
            return self._from_root(token[0], inside)
        if symbol == "[":
            before, place = self._steps(token[0], at, inside)
            return f"{before}[{self.write(token[1], place, True)[0]}]", place
        if symbol == "(":
            return self.write(token, at, inside)[0], None
        if token.label == "function" or (symbol == ":" and token[1].label == "function"):
            name = token.symbol
            if name not in NODE_FUNCTIONS:
                raise Unreadable("unsupported", name)
            written = self._called(token, at, inside)[0]
            if name == "instance":
                self.reading.instances.add(str(token[0].value) if token[0].symbol == "(string)" else "")
                return written, None
            return written, self.at if name == "current" else self._place_of(token[0], at, inside)
        return self._step(token, at)

    def _place_of(self, token: Token, at: Place, inside: bool) -> Place:
        return self._steps(token, at, inside)[1]

    def _from_root(self, token: Token, inside: bool) -> tuple[str, Place]:
        """An absolute path. In a predicate "/" may be the top of a list of choices, so it begins at our own first
        element there."""
        first = token
        while first.symbol in ("/", "["):
            first = first[0]
        if first.symbol != "(name)":
            raise Unreadable("unsupported", "/" + first.symbol)
        written, place = self._steps(token, (), inside)
        if inside:
            head = first.value
            written = f"z:root(){written.removeprefix(head)}"
        return (written if inside else f"/{written}"), place

    def _step(self, token: Token, at: Place) -> tuple[str, Place]:
        symbol = token.symbol
        if symbol == ".":
            return ".", at
        if symbol == "..":
            return "..", at[:-1] if at else at
        if symbol == "(name)":
            if at is None:
                self.reading.fields.add(str(token.value))
            return str(token.value), None if at is None else (*at, str(token.value))
        if symbol == ":":
            return str(token.value), None if at is None else (*at, str(token[1].value))
        raise Unreadable("unsupported", str(token.value if isinstance(token.value, str) else symbol))


def _quoted(value: str) -> str:
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    raise Unreadable("syntax", value)
