"""What follows from the answers of a sheet: what counts, what is reckoned, how many turns, what may be chosen."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from heapq import heappop, heappush
from math import isnan
from typing import Any

from zajedno.forms.logic.body import KEY
from zajedno.forms.logic.expressions import Expression, Scope, expression
from zajedno.forms.logic.form import Form
from zajedno.forms.logic.parts import Option, Part, Question, Repeat
from zajedno.forms.logic.places import MOST_PLACES, MOST_TURNS, Place, Turns, filled, grown
from zajedno.forms.logic.types import written
from zajedno.forms.logic.values import stamp


class Tree:
    """The places of one sheet, settled: all of them once, and after each change those that depend on it."""

    def __init__(
        self, form: Form, answers: Mapping[str, Any] | None, today: date, now: datetime | None, language: str
    ) -> None:
        self.form, self.language = form, language
        self.root = grown(form.root, None, begin=answers is None)
        self.unknown = [] if answers is None else filled(self.root, answers)
        moment = stamp(now or datetime.combine(today, time()))
        self.scope = Scope(today.isoformat(), moment, self.root.element, form.instances, self._choice_name)
        self._new: list[Place] = []
        self._shifted: set[str] = set()
        self._register()
        if answers is None:
            self._preload()
        for path in form.order:
            self._settle_path(path)
        self._begin_new()
        if answers is None:
            self.begin(self.root)

    def changed(self, path: str) -> None:
        """Settle a place whose answer was given, and all that depends on it."""
        for place in self.at[path]:
            self._write(place)
        self._settle(self.form.readers[path])

    def turned(self, repeat: Repeat) -> None:
        """Settle after a turn was added or taken."""
        self._register()
        self._shift(repeat)
        self._settle(self._shifted)

    def begin(self, start: Place) -> None:
        """Give what is in a new sheet or a new turn the defaults that are reckoned, as far as it counts."""
        for place in list(start.walk()):
            if isinstance(place.node, Question) and place.node.initial and place.relevant:
                place.raw = place.node.initial.text(place.element, self.scope)
                self.changed(place.node.path)

    def options(self, place: Place) -> Collection[Option]:
        """What may be chosen now."""
        choices = place.node.choices if isinstance(place.node, Question) else None
        if choices is None:
            return ()
        if not choices.filtered:
            return choices.every
        return [self.form.options[item.get(KEY)] for item in choices.nodes.nodes(place.element, self.scope)]

    def filled_in(self, parts: Iterable[Part], place: Place) -> str:
        """A text with the answers that stand in it."""
        return "".join(one.text(place.element, self.scope) if isinstance(one, Expression) else one for one in parts)

    def _register(self) -> None:
        """Note where each place of the form stands in the sheet, in order."""
        self.at: dict[str, list[Place]] = {path: [] for path in self.form.nodes}
        self.turns: dict[str, list[Turns]] = {}
        self._by_element: dict[Any, Place] = {}
        for place in self.root.walk():
            self.at[place.node.path].append(place)
            self._by_element[place.element] = place
        self._size = len(self._by_element)
        for turns in self.root.all_turns():
            self.turns.setdefault(turns.node.path, []).append(turns)

    def _preload(self) -> None:
        known = {"start": self.scope.now, "today": self.scope.today}
        for place in self.root.walk():
            if isinstance(place.node, Question) and place.node.kind in known:
                place.raw = known[place.node.kind]

    def _shift(self, repeat: Repeat) -> None:
        """Other turns stand in a repeat: all in it is settled anew, and all that reads it, changed or not."""
        self._shifted |= {path for path in self.form.order if path.startswith(f"{repeat.path}/")} | {repeat.path}

    def _settle(self, paths: Iterable[str]) -> None:
        """Settle places in order, and after each that came out otherwise those that read it."""
        rank = self.form.rank
        waiting = sorted(rank[path] for path in paths)
        queued = set(waiting)
        while waiting:
            path = self.form.order[heappop(waiting)]
            if self._settle_path(path):
                for reader in self.form.readers[path]:
                    if (at := rank[reader]) not in queued:
                        queued.add(at)
                        heappush(waiting, at)
        self._begin_new()

    def _begin_new(self) -> None:
        self._shifted.clear()
        while self._new:
            self.begin(self._new.pop(0))

    def _settle_path(self, path: str) -> bool:
        """Settle what stands at a path; has any of it changed?"""
        resized = [self._settle_turns(turns) for turns in self.turns.get(path, ())]
        if any(resized):
            self._register()
        changed = path in self._shifted
        for place in self.at[path]:
            before = place.relevant, place.element.text
            self._settle_place(place)
            changed = changed or before != (place.relevant, place.element.text)
        return changed

    def _settle_turns(self, turns: Turns) -> bool:
        """Settle a repeat; has it another number of turns now? Then places must be registered anew."""
        relevant, count = turns.node.bind.relevant, turns.node.count
        turns.relevant = turns.parent.relevant and (not relevant or relevant.truth(turns.marker, self.scope))
        if count is None:
            return False
        wanted = count.number(turns.marker, self.scope)
        if isnan(wanted):
            return False
        room = len(turns.places) + (MOST_PLACES - self._size) // (1 + len(turns.node.children))
        whole = int(min(max(wanted, 0), MOST_TURNS, max(room, 0)))
        if whole == len(turns.places):
            return False
        self._resize(turns, whole)
        return True

    def _resize(self, turns: Turns, wanted: int) -> None:
        taken = [turns.take(at) for at in range(len(turns.places), wanted, -1)]
        begun = turns.node.begun
        new = [turns.add(begin=True, first=at < begun) for at in range(len(turns.places), wanted)]
        self._size += _places_in(new) - _places_in(taken)
        self._shift(turns.node)
        self._new += new

    def _settle_place(self, place: Place) -> None:
        bind = place.node.bind
        place.relevant = (place.parent is None or place.parent.relevant) and (
            bind.relevant is None or bind.relevant.truth(place.element, self.scope)
        )
        if isinstance(place.node, Question):
            if bind.calculate and place.relevant:
                self._write(place)  # for once(): what it had before
                place.raw = bind.calculate.text(place.element, self.scope)
            self._write(place)

    def _write(self, place: Place) -> None:
        """Write into the sheet what expressions may read."""
        node = place.node
        if not isinstance(node, Question):
            return
        made = written(node, place.raw)
        if made and node.choices:
            chosen = [made] if node.kind == "select_one" else made.split()
            place.fits = len(set(chosen)) == len(chosen) and node.choices.names.issuperset(chosen)
            if node.choices.filtered or not place.fits:
                names = {option.name for option in self.options(place)}
                made = " ".join(one for one in chosen if one in names)
        else:
            place.fits = made is not None
        place.element.text = (made or "") if place.relevant else ""

    def _choice_name(self, node: Any, path: str, name: str) -> str:
        """The label of a choice of the question that a path leads to."""
        asked = self._by_element.get(node)
        if asked is None:
            return ""
        found = expression(path, asked.node.path).nodes(node, self.scope)
        place = self._by_element.get(found[0]) if found else None
        if place is None:
            return ""
        label = next((one.label for one in self.options(place) if one.name == name), {})
        return self.filled_in(self.form.said(label, self.language), place)


def _places_in(turns: Iterable[Place]) -> int:
    """How many places there are in some turns."""
    return sum(1 for turn in turns for _place in turn.walk())
