"""Cut Noto Sans to the letters of our seven languages: one woff2 per weight, and one ttf for pictures.

The npm package holds one file per alphabet. Each is cut to `LETTERS`, then all are merged into one font that keeps
the glyph-substitution rules (`locl`), so that Serbian letter forms appear wherever `lang="sr…"` is set.

Use: python assets/fonts.py NODE_MODULES OUT_FOLDER
"""

import io
import sys
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

WEIGHTS = (400, 700)
ALPHABETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
LETTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "ČĆŽŠĐčćžšđ"  # Bosnian, Croatian, Serbian in Latin
    + "ÁÉÍÓÖŐÚÜŰáéíóöőúüű"  # Hungarian
    + "ÇËçë"  # Albanian
    + "".join(map(chr, range(0x410, 0x450)))
    + "ЂЈЉЊЋЏЀЍЃЌЅЁЄІЇђјљњћџѐѝѓќѕёєії"  # Serbian in Cyrillic, and names from beside it
    + "ÀÂÃÄÅÆÈÊÎÏÑÒÔØÙÛÝàâãäåæèêîïñòôøùûýßĂăÂâÎîȘșŢţȚțĄąĘęŁłŃńŇňŘřĎďŤťĽľĹĺŔŕŮůĚěŻżŹźŚś"  # names from elsewhere
    + "\u00a0\u00ad«»„“”‚‘’–—…·•§°©×÷±€№−²³½¼¾%‰†≤≥\u0300\u0301\u0302\u0304\u0306\u030f\u0311\u202f\u2011"
)
FEATURES = ["locl", "ccmp", "mark", "mkmk", "kern", "tnum"]


def cut(source: Path) -> TTFont:
    """One alphabet's file with our letters only."""
    font = TTFont(source)
    options = subset.Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["STAT", "DSIG", "gasp"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=LETTERS)
    cutter.subset(font)
    return font


def join(fonts: list[TTFont], target: Path) -> None:
    """Merge the cut alphabets and write them as one woff2."""
    files = []
    for font in fonts:
        font.flavor = None
        held = io.BytesIO()
        font.save(held)
        held.seek(0)
        files.append(held)
    whole = merge.Merger().merge(files)
    whole["post"].formatType = 3.0  # glyph names are of no use on a page
    whole.save(target.with_suffix(".ttf"))  # for drawings that become pictures
    whole.flavor = "woff2"
    whole.save(target)


def main(modules: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    family = modules / "@fontsource" / "noto-sans"
    for weight in WEIGHTS:
        names = [family / "files" / f"noto-sans-{alphabet}-{weight}-normal.woff2" for alphabet in ALPHABETS]
        join([cut(name) for name in names], out / f"noto-sans-{weight}.woff2")
    (out / "noto-sans-LICENSE.txt").write_bytes((family / "LICENSE").read_bytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
