"""A drawing as PNG, by Typst: no browser and no second library. The drawing travels as data, never as markup."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import typst

_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: int(sys.inputs.width) * 1pt)"""
_SHARP = 144.0  # dots an inch: twice as many as the drawing has units


def render_png(drawing: str, width: int, fonts: Path) -> bytes:
    """`drawing`: SVG with its own colours. `fonts`: a folder with the font it names; without it, a built-in one."""
    inputs = {"drawing": drawing, "width": str(width)}
    return bytes(typst.compile(_PAGE, sys_inputs=inputs, format="png", ppi=_SHARP, font_paths=_fonts((fonts,))))


@lru_cache(maxsize=2)
def _fonts(folders: Sequence[Path]) -> typst.Fonts:
    known = [folder for folder in folders if folder.is_dir()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=known)
