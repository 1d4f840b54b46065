"""Codes on worklists and pictures from phones: plain rules."""

import random
import struct
import zlib

import pytest

from zajedno.children.logic.field_code import code_of, new_code, read, written
from zajedno.kernel.pictures import bare, media_type


@pytest.fixture(params=[0, 7, 99, 100, 47110, 99999])
def code(request: pytest.FixtureRequest) -> str:
    return code_of(request.param)


def test_a_code_is_read_as_it_is_printed_or_typed(code: str):
    assert read(code) == read(written(code)) == read(f" {code[:3]}-{code[3:]} ") == code


def test_one_wrong_digit_fits_nobody(code: str):
    wrong = {code[:at] + digit + code[at + 1 :] for at in range(7) for digit in "0123456789"} - {code}
    assert [one for one in wrong if read(one)] == []


def test_two_digits_that_changed_places_fit_nobody(code: str):
    turned = {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(6)} - {code}
    assert [one for one in turned if read(one)] == []


@pytest.mark.parametrize("text", ["", "4711", "123456789", "Ђорђе", "4711O08", "12345६७", "１２３４５67", "-1234567"])
def test_other_things_fit_nobody(text: str):
    assert read(text) == ""


def test_codes_are_distinct():
    assert len({code_of(number) for number in range(100_000)}) == 100_000
    taken: set[str] = set()
    for _time in range(1000):
        taken.add(new_code(taken))
    assert len(taken) == 1000


def exif(turned: int) -> bytes:
    """As a phone writes it: its make, the orientation, the place."""
    make, place = b"ZPhone 9\0", b"45.77 N, 20.95 E\0"
    entries = [(0x010F, 2, len(make), 100), (0x0112, 3, 1, turned << 16), (0x8825, 4, 1, 120)]
    tiff = b"MM\0\x2a" + struct.pack(">IH", 8, len(entries))
    tiff += b"".join(struct.pack(">HHII", *entry) for entry in entries) + b"\0" * 40 + make + place
    return segment(0xE1, b"Exif\0\0" + tiff)


def segment(marker: int, inside: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(inside) + 2) + inside


SCAN = segment(0xDA, b"\1\1\0\0\x3f\0") + random.Random(1).randbytes(500).replace(b"\xff", b"\xff\0") + b"\xff\xd3ab"
PICTURE = (
    segment(0xDB, b"\0" * 65) + segment(0xC2, b"\x08\0\x10\0\x10\1\1\x11\0") + SCAN + segment(0xC4, b"\0" * 17) + SCAN
)


def jpeg(*beside: bytes, after: bytes = b"") -> bytes:
    return b"\xff\xd8" + b"".join(beside) + PICTURE + b"\xff\xd9" + after


def test_a_photograph_loses_place_and_phone_but_not_its_orientation():
    profile = segment(0xE2, b"ICC_PROFILE\0\1\1colours")
    sent = jpeg(
        segment(0xE0, b"JFIF\0\1\1"), exif(6), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0Bujanovac"), profile,
        segment(0xE2, b"MPF\0Bujanovac"), segment(0xED, b"Photoshop 3.0\0Bujanovac"), segment(0xFE, b"Bujanovac"),
        after=b"Bujanovac in a film behind",
    )  # fmt: skip
    kept = bare(sent)
    assert b"Bujanovac" not in kept
    assert b"ZPhone" not in kept
    assert b"45.77" not in kept
    assert kept.endswith(PICTURE + b"\xff\xd9")
    assert profile in kept
    at = kept.index(b"Exif\0\0") + 6
    assert struct.unpack_from(">HHIHH", kept, at + 10) == (0x0112, 3, 1, 6, 0)
    assert bare(kept) == kept
    assert b"Exif" not in bare(jpeg(exif(1)))


@pytest.mark.parametrize("cut", [3, 20, 150, 400, 700])
def test_a_broken_photograph_is_kept_as_it_came(cut: int):
    sent = jpeg(exif(6))[:cut]
    assert bare(sent) == sent


def test_a_png_loses_its_notes():
    def chunk(kind: bytes, inside: bytes) -> bytes:
        return struct.pack(">I", len(inside)) + kind + inside + struct.pack(">I", zlib.crc32(kind + inside))

    head, end = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"\0" * 13), chunk(b"IDAT", b"zz") + chunk(b"IEND", b"")
    told = chunk(b"tEXt", b"place\0Bujanovac") + chunk(b"eXIf", b"MM") + chunk(b"iTXt", b"Bujanovac")
    assert bare(head + told + end + b"after") == head + end


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\xff\xd8\xff\xe1", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"), (b"\0\0\0\x18ftypheic", "image/heic"), (b"<svg onload='x'>", ""),
        (b"%PDF-1.7", ""), (b"<html>", ""), (b"", ""),
    ],
)  # fmt: skip
def test_a_picture_is_known_by_its_content(start: bytes, kind: str):
    assert media_type(start) == kind
