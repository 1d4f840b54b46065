"""A sheet of answers as phones send it and as they are given it: the XML of OpenRosa."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from zajedno.forms.logic.body import META
from zajedno.forms.logic.form import PARSER, Form
from zajedno.forms.logic.parts import Group, Node, Repeat
from zajedno.forms.logic.places import Place, Turns
from zajedno.forms.logic.types import clean
from zajedno.kernel.spreadsheets import gettext_noop

MOST_BYTES = 5 * 1024 * 1024
_OPENROSA = "http://openrosa.org/xforms"
_ORX = f"{{{_OPENROSA}}}"

SENTENCES = {
    "too_large": gettext_noop("The answers are larger than a sheet of answers can be."),
    "not_xml": gettext_noop("The answers cannot be read."),
    "wrong_form": gettext_noop("The answers belong to another form."),
}


class BadSubmission(ValueError):
    """`code`: too_large, not_xml or wrong_form; `SENTENCES` says each."""

    def __init__(self, code: str) -> None:
        super().__init__(SENTENCES[code])
        self.code = code


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent: the form's id and version as the phone knew them, what the sheet says of itself (instanceID,
    instanceName, deprecatedID …), nested answers as `Sheet` takes them."""

    form_id: str
    version: str
    meta: Mapping[str, str]
    answers: Mapping[str, Any] = field(default_factory=dict)


def parse(content: bytes) -> Any:
    """The first element. No entities, nothing fetched, no document type. Raises BadSubmission."""
    if len(content) > MOST_BYTES:
        raise BadSubmission("too_large")
    try:
        root = etree.fromstring(content, PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadSubmission("not_xml") from error
    if root.getroottree().docinfo.doctype:
        raise BadSubmission("not_xml")
    return root


def head(content: bytes) -> Sent:
    """Which form and version it is and what it says of itself, before the form is known. Raises BadSubmission."""
    return _head(parse(content))


def read(form: Form, content: bytes) -> Sent:
    """All of it. Raises BadSubmission, also for another form's answers; unknown places are left to `Sheet.unknown`."""
    root = parse(content)
    sent = _head(root)
    if _name(root) != form.root.name or sent.form_id != form.key:
        raise BadSubmission("wrong_form")
    return Sent(sent.form_id, sent.version, sent.meta, _nested(form.root, root))


def _head(root: Any) -> Sent:
    meta = next((child for child in root if _name(child) == META), ())
    return Sent(root.get("id") or "", root.get("version") or "", {_name(one): one.text or "" for one in meta})


def _nested(group: Group | None, element: Any) -> dict[str, Any]:
    known: dict[str, Node] = {child.name: child for child in group.children} if group else {}
    found: dict[str, Any] = {}
    for child in element:
        name = _name(child)
        node = known.get(name)
        if name == META and node is None:
            continue
        if isinstance(node, Repeat):
            if not any(attribute.endswith("}template") for attribute in child.attrib):
                found.setdefault(name, []).append(_nested(node, child))
        elif isinstance(node, Group) or (node is None and len(child)):
            found[name] = _nested(node if isinstance(node, Group) else None, child)
        else:
            found[name] = clean(child.text or "")
    return found


def write(form: Form, place: Place, meta: Mapping[str, str]) -> bytes:
    """The answers that count, as a phone would send them."""
    root = etree.Element(form.root.name, {"id": form.key, "version": form.version}, nsmap={"orx": _OPENROSA})
    _written(place, root)
    about = etree.SubElement(root, _ORX + META)
    for name, said in meta.items():
        etree.SubElement(about, _ORX + name).text = clean(said)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _written(place: Place, element: Any) -> None:
    for inner in place.inner.values():
        for one in inner.places if isinstance(inner, Turns) else (inner,):
            if one.relevant:
                child = etree.SubElement(element, one.node.name)
                child.text = one.element.text if not one.inner else None
                _written(one, child)


def _name(element: Any) -> str:
    return str(etree.QName(element).localname)
