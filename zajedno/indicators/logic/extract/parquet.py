"""The rows as Parquet under invented keys, and the dictionary of their columns as CSV and JSON, packed together."""

import csv
import hmac
import io
import json
import secrets
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
from pyarrow import parquet

CHILD = "child"  # the column of keys
DATA, CSV, JSON = "data.parquet", "dictionary.csv", "dictionary.json"
DAY = (1980, 1, 1, 0, 0, 0)  # the packing itself tells no day


def under_new_keys(rows: Sequence[Mapping[str, str]], numbers: Sequence[int]) -> list[dict[str, str]]:
    """Each row under a key made from the child's number with a secret that is made here and kept nowhere: not even we
    can say again whose row it is, and two extracts share no key. In the order of the keys, which tells nothing."""
    secret = secrets.token_bytes(32)
    keyed = [
        {CHILD: hmac.digest(secret, str(number).encode(), "sha256").hex()[:24], **row}
        for number, row in zip(numbers, rows, strict=True)
    ]
    return sorted(keyed, key=lambda row: row[CHILD])


def written(rows: Sequence[Mapping[str, str]], columns: Sequence[str], numeric: Sequence[str]) -> bytes:
    """Parquet. Numbers as numbers, empty where there is none; words once each."""
    arrays = {}
    for column in (CHILD, *columns):
        cells = [row[column] or None for row in rows]
        if column in numeric:
            arrays[column] = pa.array([None if cell is None else int(cell) for cell in cells], pa.int32())
        else:
            arrays[column] = pa.array(cells, pa.string())
    out = io.BytesIO()
    parquet.write_table(pa.table(arrays), out, compression="zstd")
    return out.getvalue()


def packed(data: bytes, dictionary: Sequence[Mapping[str, Any]], about: Mapping[str, Any]) -> bytes:
    """All three as one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ((DATA, data), (CSV, _csv(dictionary)), (JSON, _json(dictionary, about))):
            archive.writestr(zipfile.ZipInfo(name, DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _csv(dictionary: Sequence[Mapping[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dictionary[0]), lineterminator="\r\n")
    writer.writeheader()
    for one in dictionary:
        writer.writerow({key: " | ".join(value) if isinstance(value, list) else value for key, value in one.items()})
    return out.getvalue().encode("utf-8-sig")


def _json(dictionary: Sequence[Mapping[str, Any]], about: Mapping[str, Any]) -> bytes:
    return json.dumps({"about": dict(about), "columns": list(dictionary)}, ensure_ascii=False, indent=1).encode()
