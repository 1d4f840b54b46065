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
    lists of choices it looks into, first the one a path begins in; `fields`: names it reads there; `indexed`: where the
    values of each indexed-repeat lead, "" for one that is no path."""

    paths: set[str] = field(default_factory=set)
    calls: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    instances: list[str] = field(default_factory=list)
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
Walked = tuple[str, str, Place]
"""What is written, what it gives (see `Function.gives`), and of a path where it leads."""


class _Writer:
    """Writes a parsed expression for lxml, walking each part of it once."""

    def __init__(self, at: Place) -> None:
        self.at = at
        self.reading = Reading()

    def write(self, token: Token, at: Place, inside: bool) -> tuple[str, str]:
        """What is written and what it gives. `at`: where the expression stands; `inside`: in a predicate."""
        written, gives, _place = self._walked(token, at, inside)
        return written, gives

    def _walked(self, token: Token, at: Place, inside: bool) -> Walked:
        symbol = token.symbol
        if symbol in ("(integer)", "(decimal)", "(float)"):
            return format(token.value, "f") if symbol != "(integer)" else str(token.value), "number", None
        if symbol == "(string)":
            return _quoted(token.value), "text", None
        if symbol == "(" and len(token) == 1:
            written, gives = self.write(token[0], at, inside)
            return f"({written})", gives, None
        if symbol in OPERATORS:
            return self._compared(token, at, inside), "truth", None
        if symbol in _ALIKE and len(token) > 0:
            return self._row(token, at, inside), "truth" if symbol in ("and", "or") else "number", None
        if symbol == "|":
            return self._union(token, at, inside), "nodes", None
        if _is_call(token):
            return self._called(token, at, inside)
        return self._path(token, at, inside)

    def _union(self, token: Token, at: Place, inside: bool) -> str:
        sides = [self.write(one, at, inside) for one in token]
        if any(gives != "nodes" for _side, gives in sides):
            raise Unreadable("unsupported", "|")
        return " | ".join(side for side, _gives in sides)

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

    def _called(self, token: Token, at: Place, inside: bool) -> Walked:
        name, values = (token.value, token[1]) if token.symbol == ":" else (token.symbol, token)
        gives = _given(name, len(values))
        texts = tuple(str(one.value) if one.symbol == "(string)" else "" for one in values)
        self.reading.calls.append((name, texts))
        walked = [self._walked(value, at, inside) for value in values]
        written, places = [side for side, _gives, _place in walked], [place for _side, _gives, place in walked]
        if name == "count" and walked[0][1] != "nodes":
            raise Unreadable("unsupported", name)
        if name == "if":
            written[0] = f"boolean({written[0]})"
        if name == "jr:choice-name":
            self._named(values[1], at)
        if name == "instance":
            self.reading.instances.append(texts[0])
        if name == "indexed-repeat":
            self.reading.indexed.append(["/" + "/".join(place) if place else "" for place in places])
        native = name in NATIVE or (name == "position" and not written)
        place = self.at if name == "current" else places[0] if name == "indexed-repeat" else None
        return f"{'' if native else 'z:'}{name.removeprefix('jr:')}({', '.join(written)})", gives, place

    def _named(self, token: Token, at: Place) -> None:
        """The second value of jr:choice-name is a path in a text."""
        if token.symbol != "(string)" or at is None:
            raise Unreadable("unsupported", "jr:choice-name")
        reading, _written = rewrite(str(token.value), "/".join(at))
        self.reading.paths |= reading.paths

    def _path(self, token: Token, at: Place, inside: bool) -> Walked:
        written, place = self._steps(token, at, inside)
        if place is not None:
            self.reading.paths.add("/" + "/".join(place))
        return written, "nodes", place

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
        if _is_call(token):
            if symbol not in NODE_FUNCTIONS:
                raise Unreadable("unsupported", symbol)
            written, _gives, place = self._called(token, at, inside)
            return written, place
        return self._step(token, at)

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


def _is_call(token: Token) -> bool:
    return bool(token.label == "function" or (token.symbol == ":" and token[1].label == "function"))


def _given(name: str, values: int) -> str:
    """What a function gives, called with so many values."""
    if name not in FUNCTIONS and name not in NATIVE:
        raise Unreadable("function", name)
    function = FUNCTIONS.get(name)
    least, most, gives = (function.least, function.most, function.gives) if function else NATIVE[name]
    in_pairs = name != "indexed-repeat" or values % 2 == 1
    if values < least or (most is not None and values > most) or not in_pairs:
        raise Unreadable("arguments", name)
    return gives


def _quoted(value: str) -> str:
    if "'" not in value:
        return f"'{value}'"
    if '"' not in value:
        return f'"{value}"'
    raise Unreadable("syntax", value)
