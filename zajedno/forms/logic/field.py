"""A form that leaves for a phone, and the sheet that comes back: both carry what the form itself does not ask.

Away from our pages nobody has chosen whom a sheet is about, so the first question on the phone asks it: a code. The
day on which the form was opened is kept too, since a phone may find a line a week later. Both are put into the XForm
when it is served and taken out of the sheet when it arrives; the form's own text is never changed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from lxml import etree

from zajedno.forms.logic.form import PARSER
from zajedno.forms.logic.namespaces import JR, XF, H, local
from zajedno.forms.logic.submission import BadSubmission, head, parse

CODE, DAY = "child_code", "phone_day"
"""Names of the question and of the day; a form with an element so called cannot be served."""
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Words:
    """What the question says in one language: label, hint, and the message when the code cannot be right."""

    label: str
    hint: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """A sheet as it came: `form` and `version` as it names them, `day` when the phone says one, `xml` without what was
    added. `instance` is the same however often the sheet is sent."""

    form: str
    version: str
    instance: UUID
    code: str
    day: date | None
    xml: bytes


def for_phone(xml: str, constraint: str, words: Callable[[str], Words]) -> bytes:
    """The XForm with the question and the day.

    `constraint`: XPath that holds for a code that may be right; `words`: for the name of a language as the form has it
    ("" in a form of one language). Raises ValueError when the form has elements of the same names.
    """
    tree = etree.fromstring(xml.encode(), PARSER)
    model = tree.find(f"{H}head/{XF}model")
    root = model.find(f"{XF}instance")[0]
    if any(local(one) in (CODE, DAY) for one in root):
        raise ValueError(f"the form has an element {CODE} or {DAY} of its own")
    path = f"/{local(root)}"
    texts = _texts(model, f"{path}/{CODE}", words)
    for at, name in enumerate((CODE, DAY)):
        root.insert(at, etree.Element(f"{XF}{name}"))
    bind = next((at for at, one in enumerate(model) if one.tag == f"{XF}bind"), len(model))
    rule = {"type": "string", "required": "true()", "constraint": constraint, f"{JR}constraintMsg": texts.wrong}
    day = {"type": "date", f"{JR}preload": "date", f"{JR}preloadParams": "today"}
    for name, what in ((DAY, day), (CODE, rule)):
        model.insert(bind, etree.Element(f"{XF}bind", {"nodeset": f"{path}/{name}", **what}))
    _ask(tree.find(f"{H}body"), f"{path}/{CODE}", texts)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"))


def _texts(model: Any, path: str, words: Callable[[str], Words]) -> Words:
    """Write the words into the translations and return references to them; without translations, the words."""
    translations = model.findall(f"{XF}itext/{XF}translation")
    for translation in translations:
        said = words(translation.get("lang"))
        for kind, text in (("label", said.label), ("hint", said.hint), ("jr:constraintMsg", said.wrong)):
            place = etree.SubElement(translation, f"{XF}text", {"id": f"{path}:{kind}"})
            etree.SubElement(place, f"{XF}value").text = text
    if not translations:
        return words("")
    return Words(*(f"jr:itext('{path}:{kind}')" for kind in ("label", "hint", "jr:constraintMsg")))


def _ask(body: Any, path: str, texts: Words) -> None:
    question = etree.Element(f"{XF}input", {"ref": path, "appearance": "numbers"})
    for kind, text in (("label", texts.label), ("hint", texts.hint)):
        line = etree.SubElement(question, f"{XF}{kind}")
        if text.startswith("jr:itext("):
            line.set("ref", text)
        else:
            line.text = text
    body.insert(0, question)


def read(xml: bytes) -> Arrived:
    """What a phone sent. Raises submission.BadSubmission when it is no sheet of any form."""
    root = parse(xml)
    sent = head(root)
    if not sent.form_id.strip():
        raise BadSubmission("wrong_form")
    found = dict.fromkeys((CODE, DAY), "")
    for one in list(root):
        name = local(one)
        if name in found:
            found[name] = (one.text or "").strip()
            root.remove(one)
    left, instance = etree.tostring(root, encoding="UTF-8"), _instance(sent.meta.get("instanceID", ""), xml)
    return Arrived(sent.form_id.strip(), sent.version.strip(), instance, found[CODE], _day(found[DAY]), bytes(left))


def _instance(said: str, xml: bytes) -> UUID:
    """The sheet's own id, as a UUID also where it is none; of a sheet without one, what it holds decides."""
    uuid = _UUID.search(said)
    return UUID(uuid.group()) if uuid else uuid5(NAMESPACE_URL, said.strip() or sha256(xml).hexdigest())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
