"""A sheet of answers as phones send it: the XML of OpenRosa."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from zajedno.forms.logic.body import META
from zajedno.forms.logic.form import PARSER, Form
from zajedno.forms.logic.namespaces import local
from zajedno.forms.logic.parts import Group, Node, Repeat
from zajedno.forms.logic.types import clean
from zajedno.kernel.spreadsheets import gettext_noop

MOST_BYTES = 5 * 1024 * 1024

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
    """The form's id and version as the phone knew them, what the sheet says of itself (instanceID, deprecatedID …)."""

    form_id: str
    version: str
    meta: Mapping[str, str]


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


def head(root: Any) -> Sent:
    """Which form and version it is and what it says of itself, before the form is known; `root` is from `parse`."""
    meta = next((child for child in root if local(child) == META), ())
    return Sent(root.get("id") or "", root.get("version") or "", {local(one): one.text or "" for one in meta})


def read(form: Form, content: bytes) -> dict[str, Any]:
    """Its answers, nested as `Sheet` takes them; unknown places are left to `Sheet.unknown`. Raises BadSubmission, also
    for another form's answers."""
    root = parse(content)
    if local(root) != form.root.name or head(root).form_id != form.key:
        raise BadSubmission("wrong_form")
    return _nested(form.root, root)


def _nested(group: Group | None, element: Any) -> dict[str, Any]:
    known: dict[str, Node] = {child.name: child for child in group.children} if group else {}
    found: dict[str, Any] = {}
    for child in element:
        name = local(child)
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
