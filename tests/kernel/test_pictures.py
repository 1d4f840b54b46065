"""Pictures are followed to their end: nothing but the picture comes out, however deep something else was put."""

import struct
import zlib

import pytest

from zajedno.kernel.pictures import pixels, stripped

GPS = b"GPS 45.8N 19.6E"
TABLE = b"\xff\xdb\x00\x43\x00" + bytes(64)
SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + b"\x12\xff\x00\x34\xff\xd0\x56"


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def frame(width: int = 8, height: int = 8) -> bytes:
    return segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")


def jpeg(*before: bytes, behind: bytes = b"", size: tuple[int, int] = (8, 8)) -> bytes:
    return b"\xff\xd8" + b"".join(before) + TABLE + frame(*size) + SCAN + b"\xff\xd9" + behind


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(*before: bytes, behind: bytes = b"", size: tuple[int, int] = (1, 1)) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(before) + body + behind


def exif(turned: int = 1, order: str = ">") -> bytes:
    """Orientation, a GPS directory, and a thumbnail that is a whole JPEG with a GPS of its own."""
    sign = b"MM\0\x2a" if order == ">" else b"II\x2a\0"
    entries = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0) + struct.pack(f"{order}HHII", 0x8825, 4, 1, 38)
    first = struct.pack(f"{order}I", 8) + struct.pack(f"{order}H", 2) + entries + struct.pack(f"{order}I", 0)
    return b"Exif\0\0" + sign + first + GPS + jpeg(segment(0xE1, b"Exif\0\0" + GPS))


TOLD = {
    "exif": segment(0xE1, exif()), "exif, little end first": segment(0xE1, exif(order="<")),
    "exif twice": segment(0xE1, exif()) * 2, "xmp": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + GPS),
    "more xmp": segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + GPS), "comment": segment(0xFE, GPS),
    "iptc": segment(0xED, b"Photoshop 3.0\0" + GPS), "several pictures": segment(0xE2, b"MPF\0" + GPS),
    "thumbnail beside JFIF": segment(0xE0, b"JFXX\0\x10" + jpeg(segment(0xE1, exif()))),
    "thumbnail in JFIF": segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\x05\x01" + GPS),
    "behind Adobe's colours": segment(0xEE, b"Adobe\0\x64\0\0\0\0\0" + GPS), "alone in APP0": segment(0xE0, GPS),
    "a reserved marker": segment(0xF3, GPS), "another": segment(0x05, GPS), "a maker's own": segment(0xE9, GPS),
}  # fmt: skip


@pytest.mark.parametrize("told", TOLD)
def test_a_jpeg_tells_nothing_beside_the_picture(told: str) -> None:
    bare = stripped(jpeg(TOLD[told], behind=GPS + b"PK\x03\x04<script>"))
    assert bare is not None
    assert GPS not in bare
    assert bare.startswith(b"\xff\xd8")
    assert bare.endswith(TABLE + frame() + SCAN + b"\xff\xd9")  # the picture itself, to the last byte
    assert b"<script>" not in bare


def test_what_it_is_shown_by_stays() -> None:
    colours = segment(0xE2, b"ICC_PROFILE\0\x01\x01" + bytes(20))
    jfif = segment(0xE0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0")
    assert stripped(jpeg(jfif, colours)) == jpeg(jfif, colours)
    turned = stripped(jpeg(segment(0xE1, exif(6))))
    assert turned is not None
    assert b"Exif\0\0" in turned
    assert GPS not in turned
    assert stripped(turned) == turned
    clear = png(chunk(b"tRNS", b"\0\0"), chunk(b"pHYs", bytes(9)))
    assert stripped(clear) == clear


@pytest.mark.parametrize(
    "kind", [b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME", b"zxIf", b"caBX", b"gpsX", b"mkBT", b"dSIG"]
)
def test_a_png_tells_nothing_beside_the_picture(kind: bytes) -> None:
    assert stripped(png(chunk(kind, GPS), behind=GPS + b"<script>")) == png()


@pytest.mark.parametrize("cut", [3, 20, 60, -1, -12])
def test_what_breaks_off_is_no_picture(cut: int) -> None:
    for whole in (jpeg(segment(0xE1, exif())), png(chunk(b"eXIf", GPS))):
        assert stripped(whole[:cut]) is None


@pytest.mark.parametrize(
    "content", [b"", b"<svg onload=x>", b"GIF89a", b"%PDF-1.7", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]
)
def test_what_is_none_of_both_is_not_looked_into(content: bytes) -> None:
    assert stripped(content) is None
    assert pixels(content) == 0


def test_how_many_pixels_it_asks_memory_for() -> None:
    assert pixels(png(size=(50_000, 40_000))) == pixels(jpeg(size=(50_000, 40_000))) == 2_000_000_000
    assert pixels(jpeg(b"\xff\xd0", b"\xff\xff" + segment(0xE1, exif())[1:], size=(9, 7))) == 63
