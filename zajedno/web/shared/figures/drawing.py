"""A drawing is a list of marks, so that page, SVG and PNG are one. Colours stand in attributes: no style sheet is
needed elsewhere, and the page's policy lets no style into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

WIDTH = 640  # units of a drawing, which scales with the page
TEXT, LIGHT, LINE, GRID = "#0b0c0c", "#ffffff", "#47565a", "#d3dadb"
BRAND, TARGET, FEW = "#17606a", "#a32035", "#8a5a00"
# From light to dark; the number of a class is dark on the first three and light on the others.
STEPS = ("#e3eff0", "#b5d3d6", "#7fb0b6", "#2f7f8a", "#0d4a52")
HALO: dict[str, Any] = {"stroke": LIGHT, "stroke-width": 4, "paint-order": "stroke"}  # of words over a line
BEHIND = {"hatch": "url(#hatch)", "none": "#f3f2f1"}
_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
    '<rect width="6" height="6" fill="#ffffff"/><path d="M0 6L6 0" stroke="#47565a" stroke-width="1"/></pattern></defs>'
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One element of SVG. `title` is read out and shown over it."""

    name: str
    attributes: Mapping[str, Any]
    text: Any = ""
    title: Any = ""

    def __str__(self) -> str:
        inside = f"<title>{escape(self.title)}</title>" if self.title else ""
        given = "".join(f' {key.replace("_", "-")}="{escape(value)}"' for key, value in self.attributes.items())
        return f"<{self.name}{given}>{inside}{escape(self.text)}</{self.name}>"


@dataclass(frozen=True)
class Drawing:
    """`said`: what is seen, in a sentence, for who does not see it."""

    id: str
    title: Any
    said: Any
    height: float
    marks: Sequence[Mark] = field(default=())
    width: int = WIDTH

    def inside(self) -> SafeString:
        """In a page: named by the heading above it."""
        head = f'role="img" aria-labelledby="{self.id}-title {self.id}-desc"'
        return self._svg(head, f'<desc id="{self.id}-desc">{escape(self.said)}</desc>', self.id)

    def silent(self) -> SafeString:
        """Beside a word that says the same."""
        return self._svg(
            f'class="z-sign" width="{self.width}" height="{round(self.height)}" aria-hidden="true"', "", self.id
        )

    def alone(self) -> str:
        """As a file of its own."""
        head = (
            f'xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{round(self.height)}" '
            'font-family="Noto Sans" role="img"'
        )
        about = f"<title>{escape(self.title)}</title><desc>{escape(self.said)}</desc>"
        ground = f'<rect width="{self.width}" height="{round(self.height)}" fill="#ffffff"/>'
        return self._svg(head, about + ground, "own")

    def _svg(self, head: str, about: str, key: str) -> SafeString:
        """Names of patterns are the drawing's own: a page holds several."""
        marks = "".join(map(str, self.marks))
        hatch = _HATCH if BEHIND["hatch"] in marks else ""
        body = (hatch + marks).replace("#hatch", f"#{key}-hatch").replace('"hatch"', f'"{key}-hatch"')
        return SafeString(f'<svg viewBox="0 0 {self.width} {round(self.height)}" {head}>{about}{body}</svg>')


def words(
    x: float, y: float, text: Any, *, anchor: str = "start", bold: bool = False, size: int = 14, **more: Any
) -> Mark:
    given = {"x": short(x), "y": short(y), "text-anchor": anchor, "font-size": size, "fill": TEXT}
    return Mark("text", given | ({"font-weight": 700} if bold else {}) | more, text)


def bar(x: float, y: float, width: float, height: float, fill: str, *, title: Any = "", **more: Any) -> Mark:
    given = {"x": short(x), "y": short(y), "width": short(max(width, 0)), "height": short(height), "fill": fill}
    return Mark("rect", given | more, title=title)


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = LINE, wide: float = 1, **more: Any) -> Mark:
    way = f"M{short(x1)} {short(y1)}L{short(x2)} {short(y2)}"
    return Mark("path", {"d": way, "stroke": stroke, "stroke-width": wide, "fill": "none"} | more)


def dot(x: float, y: float, size: float, *, fill: str = BRAND, title: Any = "", **more: Any) -> Mark:
    given = {"cx": short(x), "cy": short(y), "r": size, "fill": fill, "stroke": TEXT, "stroke-width": 1}
    return Mark("circle", given | more, title=title)


def short(value: float) -> float | int:
    """Tenths are enough, and a whole number needs none."""
    rounded = round(float(value), 1)
    return int(rounded) if rounded == int(rounded) else rounded


def cut(text: Any, most: int) -> str:
    """A label that fits; the whole stands in the table."""
    told = str(text)
    return told if len(told) <= most else f"{told[: most - 1]}…"
