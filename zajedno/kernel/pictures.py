"""Pictures: what they are, and what a telephone writes into them beside the picture, taken out.

A photograph says where and when it was taken and by which telephone. JPEG and PNG lose all of that; only a JPEG's
orientation stays, without which it would lie on its side. WebP, GIF and HEIC are kept as they came.
"""

import struct
from collections.abc import Iterator

KINDS = {
    "image/jpeg": (b"\xff\xd8\xff", 0),
    "image/png": (b"\x89PNG\r\n\x1a\n", 0),
    "image/gif": (b"GIF8", 0),
    "image/webp": (b"WEBP", 8),
    "image/heic": (b"ftyphei", 4),
    "image/heif": (b"ftypmif1", 4),
}
"""Media types by the bytes that a file has at a place."""
# JFIF without its thumbnail, colours, Adobe's colours: it looks otherwise without. Of each as many bytes as are kept.
_KEPT = {0xE0: (b"JFIF\0", 12), 0xE2: (b"ICC_PROFILE\0", None), 0xEE: (b"Adobe", 12)}
_CODED = {*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDC, 0xDD} - {0xC8}  # frames, tables and scans; all else tells something
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_LONE = {0x01, *range(0xD0, 0xDA)}  # markers without a length
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD", b"pHYs",
}  # fmt: skip
_ORIENTATION = 0x0112


def media_type(content: bytes) -> str:
    """By content; empty when it is no picture we know."""
    found = (kind for kind, (mark, at) in KINDS.items() if content[at : at + len(mark)] == mark)
    return next(found, "")


def bare(content: bytes) -> bytes:
    """The picture alone. One that cannot be followed to its end comes back as it is."""
    return stripped(content) or content


def stripped(content: bytes) -> bytes | None:
    """The picture alone; None when nobody can say what else is in it: no JPEG or PNG, or one that breaks off."""
    strip = {"image/jpeg": _jpeg, "image/png": _png}.get(media_type(content))
    try:
        return b"".join(strip(content)) if strip else None
    except (struct.error, IndexError, ValueError):
        return None


def pixels(content: bytes) -> int:
    """How many a JPEG or PNG says that it has: what somebody who looks at it needs memory for. 0 when it says none."""
    try:
        if media_type(content) == "image/png":
            width, height = struct.unpack_from(">II", content, 16)
            return int(width * height)
        at = 2
        while content[at + 1] not in _FRAMES:
            marker = content[at + 1]
            at += 1 if marker == 0xFF else 2
            at += 0 if marker == 0xFF or marker in _LONE else struct.unpack_from(">H", content, at)[0]
        height, width = struct.unpack_from(">HH", content, at + 5)
        return int(width * height)
    except (struct.error, IndexError):
        return 0


def _jpeg(content: bytes) -> Iterator[bytes]:
    """Its segments up to the end of the (first) picture; what hangs on behind is left out."""
    yield content[:2]
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker where one must stand")
        marker = content[at + 1]
        if marker == 0xFF:  # filling
            at += 1
            continue
        if marker == 0xD9:
            yield content[at : at + 2]
            return
        if marker in _LONE:
            yield content[at : at + 2]
            at += 2
            continue
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        yield from _segment(marker, content[at:end])
        at = end
        if marker == 0xDA:
            at = _scan(content, end)
            yield content[end:at]


def _segment(marker: int, segment: bytes) -> Iterator[bytes]:
    """A segment that belongs to the picture; of Exif only the orientation; nothing of what else is told."""
    inside = segment[4:]
    sign, length = _KEPT.get(marker, (b"", 0))
    if marker in _CODED:
        yield segment
    elif sign and inside.startswith(sign):
        kept = inside if length is None else inside[:length]
        if marker == 0xE0 and len(kept) == length:
            kept += b"\0\0"  # a thumbnail of 0 by 0
        yield segment[:2] + struct.pack(">H", len(kept) + 2) + kept
    elif inside.startswith(b"Exif\0\0") and (turned := _turned(inside[6:])) > 1:
        tiff = b"MM\0\x2a" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
        yield b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


def _turned(tiff: bytes) -> int:
    """The orientation, 1 to 8, of a TIFF header; 1 when it says none, or cannot be read."""
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        start = struct.unpack_from(f"{order}I", tiff, 4)[0]
        for number in range(struct.unpack_from(f"{order}H", tiff, start)[0]):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * number)
            if tag == _ORIENTATION and 1 <= value <= 8:
                return int(value)
    except struct.error:  # the header is left out all the same: it may still say where
        pass
    return 1


def _scan(content: bytes, at: int) -> int:
    """Where the coded picture ends and the next marker stands."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _png(content: bytes) -> Iterator[bytes]:
    yield content[:8]
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        if len(chunk) < 12 + length:
            raise ValueError("cut off")
        if kind in _PNG_KEPT:
            yield chunk
        at += 12 + length
