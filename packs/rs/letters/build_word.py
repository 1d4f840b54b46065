"""Builds the Word templates beside the Typst ones: `python packs/rs/letters/build_word.py`, after a letter changed.

The templates hold jinja places only; words and data are the same as in the PDF (`texts.toml`, the letter's shape).
"""

from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Row

HERE = Path(__file__).parent
LINE = "_" * 34


class Letter:
    """One template under construction."""

    def __init__(self, subtitle: str = "", mark: str = "") -> None:
        self.page: Document = docx.Document()
        self._styles()
        self._frame()
        if mark:
            self.text(mark).alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for line in ("founder", "organisation", "address", "contact"):
            self.text(f"{{{{ d.head.{line} }}}}", bold=line == "organisation").paragraph_format.space_after = Pt(0)
        self.text("{{ t.number }}: {{ d.head.number }}", bold=True).paragraph_format.space_after = Pt(0)
        self.text("{{ t.date }}: {{ d.head.date }}")
        self.page.add_heading("{{ t.title }}", 1).alignment = WD_ALIGN_PARAGRAPH.CENTER
        if subtitle:
            self.text(subtitle).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _styles(self) -> None:
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
            style = self.page.styles[name]
            style.font.name = "Times New Roman"
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{kind}"), "Times New Roman")
            style.font.size = Pt({"Normal": 11, "Heading 1": 15, "Heading 2": 12, "Heading 3": 11}[name])
            if name != "Normal":
                style.font.color.rgb = docx.shared.RGBColor(0, 0, 0)
                style.paragraph_format.keep_with_next = True

    def _frame(self) -> None:
        section = self.page.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        footer = section.footer.paragraphs[0]
        footer.add_run("{{ d.head.number }}\t\t{{ t.page }} ")
        _field(footer, "PAGE")
        footer.add_run(" {{ t.of }} ")
        _field(footer, "NUMPAGES")

    def text(self, words: str, bold: bool = False, style: str | None = None) -> "docx.text.paragraph.Paragraph":
        paragraph = self.page.add_paragraph(style=style)
        paragraph.add_run(words).bold = bold
        return paragraph

    def heading(self, words: str, level: int = 2) -> None:
        self.page.add_heading(words, level)

    def field(self, label: str, value: str, blank: bool = False) -> None:
        """`label: value`; without a value a form shows a line, a letter leaves the field out."""
        if blank:
            self.text(f"{{{{ t.{label} }}}}: {{{{ {value} or '{LINE}' }}}}")
        else:
            self.when(value, f"{{{{ t.{label} }}}}: {{{{ {value} }}}}")

    def when(self, condition: str, *paragraphs: str, heading: str = "") -> None:
        self.text(f"{{%p if {condition} %}}")
        if heading:
            self.heading(heading, 3)
        for words in paragraphs:
            self.text(words)
        self.text("{%p endif %}")

    def each(self, items: str, *paragraphs: str, style: str | None = None) -> None:
        self.text(f"{{%p for item in {items} %}}")
        for words in paragraphs:
            self.text(words, style=style)
        self.text("{%p endfor %}")

    def table(self, items: str, columns: list[tuple[str, str]]) -> None:
        """Columns as (heading, cell); the heading row repeats on each page."""
        table = self.page.add_table(rows=4, cols=len(columns))
        table.style = "Table Grid"
        for cell, (heading, _cell) in zip(table.rows[0].cells, columns, strict=True):
            cell.paragraphs[0].add_run(heading).bold = True
        _repeat(table.rows[0])
        table.rows[1].cells[0].text = f"{{%tr for item in {items} %}}"
        for cell, (_heading, words) in zip(table.rows[2].cells, columns, strict=True):
            cell.text = words
        table.rows[3].cells[0].text = "{%tr endfor %}"
        self.page.add_paragraph()

    def sign(self, role: str, name: str, stamp: bool = True) -> None:
        self.text("")
        self.text(role).paragraph_format.keep_with_next = True
        self.text(LINE + ("\t{{ t.stamp }}" if stamp else "")).paragraph_format.keep_with_next = True
        self.text(name)

    def save(self, name: str) -> None:
        self.page.save(str(HERE / f"{name}.docx"))


def _field(paragraph: "docx.text.paragraph.Paragraph", code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)


def _repeat(row: _Row) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def request_form() -> Letter:
    letter = Letter(mark="{{ t.form }}")
    letter.text("{{ t.intro }}")
    letter.heading("{{ t.part_child }}")
    for name in (
        "family_name",
        "given_name",
        "born",
        "birth_place",
        "national_number",
        "address",
        "institution",
        "class",
    ):
        letter.field(name, f"d.child['{name}']", blank=True)
    letter.heading("{{ t.part_parents }}")
    letter.each(
        "d.parents",
        *(f"{{{{ t.{key} }}}}: {{{{ item.{key} or '{LINE}' }}}}" for key in ("name", "relation", "address", "contact")),
    )
    letter.heading("{{ t.part_initiator }}")
    letter.field("initiator_kind", "d.initiator.kind", blank=True)
    letter.field("initiator_name", "d.initiator.name", blank=True)
    letter.heading("{{ t.part_reasons }}")
    for name in ("reasons", "current_support", "requested_support"):
        letter.field(name, f"d.{name}", blank=True)
    letter.heading("{{ t.part_doctor }}")
    for label, name in (("doctor_name", "name"), ("doctor_institution", "institution"), ("doctor_note", "note")):
        letter.field(label, f"d.doctor.{name}", blank=True)
    letter.sign("{{ t.doctor_signature }}", "{{ d.doctor.name }}")
    letter.heading("{{ t.part_enclosures }}")
    letter.each("d.enclosures", "{{ item }}", style="List Number")
    letter.heading("{{ t.part_consent }}")
    letter.text("{{ t.consent }}")
    letter.field("place_date", "d.signed", blank=True)
    letter.sign("{{ t.applicant_signature }}", "{{ d.applicant }}", stamp=False)
    return letter


def invitation() -> Letter:
    letter = Letter()
    letter.text("{{ d.to.name }}", bold=True)
    letter.text("{{ d.to.address }}")
    letter.text("{{ t[d.kind] }}")
    letter.field("child", "d.child.name")
    letter.field("born", "d.child.born")
    letter.text("{{ t.when }}: {{ d.sitting.date }} {{ t.at }} {{ d.sitting.time }}")
    letter.text("{{ t.where }}: {{ d.sitting.place }}")
    letter.when("d.kind == 'parent'", "{{ t.rights }}")
    letter.when("d.bring", "{{ t.bring }}:")
    letter.each("d.bring", "{{ item }}", style="List Bullet")
    letter.text("{{ t.cannot_come }}")
    letter.sign("{{ d.signer.role }}", "{{ d.signer.name }}")
    return letter


def minutes() -> Letter:
    letter = Letter()
    letter.text("{{ t.opening }}")
    letter.heading("{{ t.people }}")
    present = "{{ t.yes if item.present else t.no }}"
    letter.table(
        "d['people']",
        [("{{ t.name }}", "{{ item.name }}"), ("{{ t.role }}", "{{ item.role }}"), ("{{ t.present }}", present)],
    )
    letter.text("{{ t.quorum_met if d.quorum else t.quorum_not_met }}")
    letter.heading("{{ t.agenda }}")
    letter.each("d['items']", "{{ item.title }}", style="List Number")
    letter.heading("{{ t.course }}")
    letter.text("{%p for item in d['items'] %}")
    letter.heading("{{ loop.index }}. {{ item.title }}", 3)
    letter.when("item.case", "{{ t.case }}: {{ item.case }}")
    letter.text("{{ item.discussion }}")
    letter.text("{{ t.conclusion }}: {{ item.conclusion }}")
    votes = (
        "{{ t.votes_for }}: {{ item.votes_for }}, {{ t.votes_against | lower }}: {{ item.votes_against }}, "
        "{{ t.votes_abstained | lower }}: {{ item.votes_abstained }}"
    )
    letter.when("item.votes_for", votes)
    letter.text("{%p endfor %}")
    letter.text("{{ t.closing }}")
    letter.sign("{{ t.recorder }}", "{{ d.recorder }}", stamp=False)
    letter.sign("{{ t.president }}", "{{ d.president }}")
    return letter


def _measures(letter: Letter, name: str) -> None:
    letter.heading(f"{{{{ t.{name} }}}}", 3)
    letter.when(f"not d.{name}", "{{ t.none }}")
    letter.text(f"{{%p if d.{name} %}}")
    what = "{{ item.text }}\n{{ item.outcome }}{% if item.funds %}\n{{ t.funds }}: {{ item.funds }}{% endif %}"
    columns = [("{{ t.row }}", "{{ loop.index }}"), ("{{ t.measure }}", what)]
    columns += [(f"{{{{ t.{key} }}}}", f"{{{{ item.{key} }}}}") for key in ("responsible", "timeframe", "following")]
    letter.table(f"d.{name}", columns)
    letter.text("{%p endif %}")


def joint_opinion() -> Letter:
    letter = Letter(subtitle="{{ t.subtitle }}")
    letter.text("{{ t.basis }}")
    labels = {"name": "child"}
    for name in ("name", "born", "national_number", "address", "institution", "class"):
        letter.field(labels.get(name, name), f"d.child['{name}']")
    letter.field("initiator", "d.request.initiator")
    letter.heading("{{ t.assessment }}")
    letter.heading("{{ t.assessors }}", 3)
    letter.table(
        "d.assessors",
        [(f"{{{{ t.{key} }}}}", f"{{{{ item.{key} }}}}") for key in ("name", "profession", "method", "date")],
    )
    letter.when("d.findings", heading="{{ t.findings }}")
    letter.each("d.findings", "{{ item.area }}", "{{ item.text }}")
    for who in ("child", "parent"):
        letter.when(f"d.views.{who}", f"{{{{ d.views.{who} }}}}", heading=f"{{{{ t.view_{who} }}}}")
    letter.heading("{{ t.opinion }}")
    letter.text("{{ d.opinion }}")
    letter.heading("{{ t.plan }}")
    letter.when("d.outcomes", heading="{{ t.outcomes }}")
    letter.each("d.outcomes", "{{ item }}", style="List Bullet")
    _measures(letter, "measures_opinion")
    _measures(letter, "measures_recommended")
    letter.field("review", "d.review")
    letter.when("d.separate", heading="{{ t.separate }}")
    letter.each("d.separate", "{{ item.name }}", "{{ item.text }}")
    letter.when("d.remedy", "{{ d.remedy }}")
    letter.sign("{{ t.president }}", "{{ d.president }}")
    letter.heading("{{ t.members }}")
    letter.each("d.members", "{{ item.role }}", LINE, "{{ item.name }}")
    letter.when("d.delivered", heading="{{ t.delivered }}")
    letter.each("d.delivered", "{{ item }}", style="List Number")
    return letter


def follow_up_request() -> Letter:
    letter = Letter()
    letter.text("{{ d.to.name }}", bold=True)
    letter.text("{{ d.to.address }}")
    letter.text("{{ t.body }}")
    for label, name in (("child", "name"), ("born", "born"), ("class", "class")):
        letter.field(label, f"d.child['{name}']")
    columns = [("{{ t.row }}", "{{ loop.index }}"), ("{{ t.measure }}", "{{ item.text }}")]
    letter.table(
        "d.measures",
        [*columns, ("{{ t.timeframe }}", "{{ item.timeframe }}"), ("{{ t.state }}", ""), ("{{ t.effect }}", "")],
    )
    letter.text("{{ t.family_view }}")
    letter.text("{{ t.contact }}")
    letter.sign("{{ d.signer.role }}", "{{ d.signer.name }}")
    return letter


LETTERS = (request_form, invitation, minutes, joint_opinion, follow_up_request)

if __name__ == "__main__":
    for build in LETTERS:
        build().save(build.__name__.replace("_", "-"))
