"""Reads an XForm: the tree of its instance, with the binds, controls and texts that belong to each place."""

from collections.abc import Iterator
from typing import Any

from zajedno.forms.logic.expressions import Expression, expression
from zajedno.forms.logic.itext import Itext
from zajedno.forms.logic.namespaces import JR, XF, H, local
from zajedno.forms.logic.parts import Bind, Choices, Group, Node, Option, Question, Repeat

_BY_TYPE = {
    "int": "integer", "decimal": "decimal", "date": "date", "time": "time", "dateTime": "datetime",
    "geopoint": "geopoint",
}  # fmt: skip
_BY_CONTROL = {
    "select1": "select_one", "select": "select_multiple", "trigger": "acknowledge", "upload": "image", "range": "range",
}  # fmt: skip
_PRELOADED = {
    ("timestamp", "start"): "start", ("timestamp", "end"): "end", ("date", "today"): "today",
    ("property", "deviceid"): "deviceid",
}  # fmt: skip
_FIXED = {"ref", "appearance", "mediatype", "nodeset"}
_SHOWN = {"input", "group", *_BY_CONTROL}
KEY = "key"
"""The attribute by which a row of a list of choices finds its option."""
META = "meta"
"""The group of what a sheet says of itself; no place of the form."""


class Body:
    """One XForm while it is read."""

    def __init__(self, tree: Any) -> None:
        self.model = tree.find(f"{H}head/{XF}model")
        self.title = (tree.findtext(f"{H}head/{H}title") or "").strip()
        first, *others = self.model.findall(f"{XF}instance")
        self.instance = first[0]
        self.texts = Itext(self.model)
        self.instances = {one.get("id"): bare(one) for one in others}
        self.options: dict[str, Option] = {}
        for item in (item for one in self.instances.values() for item in one.iterfind("*/item")):
            item.set(KEY, str(len(self.options)))  # lxml gives copies of nodes of another tree
            self.options[item.get(KEY)] = self._option(item)
        self.binds = {bind.get("nodeset"): bind for bind in self.model.findall(f"{XF}bind")}
        self.controls = {one.get("ref"): one for one in tree.find(f"{H}body").iter() if local(one) in _SHOWN}
        self.repeats = {one.get("nodeset"): one for one in tree.iter(f"{XF}repeat")}
        self.initial = {one.get("ref"): one.get("value", "") for one in tree.iter(f"{XF}setvalue")}

    def root(self) -> Group:
        """The tree of all places."""
        path = "/" + local(self.instance)
        return Group(path, local(self.instance), Bind(), {}, {}, (), tuple(self._children(self.instance, path)))

    def titles(self) -> dict[str, str]:
        """By code of language; under "" the one without a language."""
        said = self.texts.of(f"/{local(self.instance)}:title", "/")
        return {"": self.title, **{code: str(parts[0]) for code, parts in said.items()}}

    def _children(self, element: Any, path: str) -> Iterator[Node]:
        """A repeat stands twice in the instance: as a template, and as often as it is begun in a new sheet."""
        seen: set[str] = set()
        for child in element:
            name = local(child)
            if name not in seen and name != META:
                seen.add(name)
                yield self._node(child, f"{path}/{name}")

    def _node(self, element: Any, path: str) -> Node:
        control = self.controls.get(path)
        appearance = tuple((control.get("appearance") or "").split()) if control is not None else ()
        common = (path, local(element), self._bind(path), self._text(control, "label", path),
                  self._text(control, "hint", path), appearance)  # fmt: skip
        if path in self.repeats:
            count = self._expression(self.repeats[path].get(f"{JR}count"), path)
            inside = len(_begun([element.getparent()], [local(element)]))
            begun = len(_begun([self.instance], path.split("/")[2:]))
            return Repeat(*common, tuple(self._children(element, path)), count, begun, inside)
        if len(element):
            return Group(*common, tuple(self._children(element, path)))
        kind = self._kind(path, control)
        return Question(
            *common,
            kind=kind,
            choices=self._choices(control, path),
            parameters={} if control is None else {k: v for k, v in control.attrib.items() if k not in _FIXED},
            default=element.text or "",
            initial=self._expression(self.initial.get(path), path),
        )

    def _bind(self, path: str) -> Bind:
        bind = self.binds.get(path)
        if bind is None:
            return Bind()
        return Bind(
            type=bind.get("type", "string").removeprefix("xsd:"),
            required=self._expression(bind.get("required"), path),
            relevant=self._expression(bind.get("relevant"), path),
            constraint=self._expression(bind.get("constraint"), path),
            calculate=self._expression(bind.get("calculate"), path),
            read_only=self._expression(bind.get("readonly"), path),
            required_message=self.texts.message(bind.get(f"{JR}requiredMsg"), path),
            constraint_message=self.texts.message(bind.get(f"{JR}constraintMsg"), path),
        )

    def _kind(self, path: str, control: Any) -> str:
        bind = self.binds.get(path)
        if bind is not None and bind.get(f"{JR}preload"):
            return _PRELOADED.get((bind.get(f"{JR}preload"), bind.get(f"{JR}preloadParams")), "calculate")
        if control is None:
            return "calculate"
        if (name := local(control)) in _BY_CONTROL:
            return _BY_CONTROL[name]
        kind = _BY_TYPE.get(bind.get("type", "") if bind is not None else "", "text")
        tells = bind is not None and bind.get("readonly") == "true()" and bind.get("calculate") is None
        return "note" if kind == "text" and tells and path not in self.initial else kind

    def _choices(self, control: Any, path: str) -> Choices | None:
        itemset = control.find(f"{XF}itemset") if control is not None else None
        if itemset is None:
            return None
        nodes = expression(itemset.get("nodeset"), path)
        rows = self.instances[nodes.reading.instances[0]]
        every = tuple(self.options[one.get(KEY)] for one in rows.iterfind("*/item"))
        return Choices(nodes, every, "[" in nodes.source, frozenset(option.name for option in every))

    def _option(self, item: Any) -> Option:
        said = item.findtext("itextId")
        label = {"": (item.findtext("label") or "",)} if said is None else self.texts.of(said, "/")
        return Option(item.findtext("name") or "", label)

    def _text(self, control: Any, name: str, path: str) -> Any:
        found = control.find(f"{XF}{name}") if control is not None else None
        return {} if found is None else self.texts.element(found, path)

    @staticmethod
    def _expression(source: str | None, path: str) -> Expression | None:
        return expression(source, path) if source and source.strip() else None


def _begun(elements: list[Any], names: list[str]) -> list[Any]:
    """What stands at a path of names, templates left out."""
    for name in names:
        found = [child for one in elements for child in one if local(child) == name]
        elements = [one for one in found if one.get(f"{JR}template") is None]
    return elements


def bare(element: Any) -> Any:
    """A copy in which no element has a namespace, so that plain names find it."""
    made = element.makeelement(local(element), dict(element.attrib))
    made.text = element.text
    made.extend([bare(child) for child in element])
    return made
