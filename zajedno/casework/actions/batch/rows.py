"""What is kept of each row: verdict, reasons without values, a keyed digest; its words while a person must decide."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from zajedno.casework.actions.batch.judge import SIZE, Judged
from zajedno.casework.logic.register import RegisterRow
from zajedno.casework.logic.register_words import PlannedText
from zajedno.casework.models import CaseBatch, CaseBatchRow
from zajedno.children.logic.rows import ChildRow
from zajedno.kernel import sealed


def keep_rows(batch: CaseBatch, judged: Iterable[Judged]) -> None:
    CaseBatchRow.objects.bulk_create([_kept(batch, one) for one in judged], batch_size=SIZE)


def _kept(batch: CaseBatch, one: Judged) -> CaseBatchRow:
    undecided = one.verdict == CaseBatchRow.Verdict.POSSIBLE_DUPLICATE and one.row is not None
    return CaseBatchRow(
        batch=batch, number=one.number, verdict=one.verdict, digest=one.digest, case_id=one.case,
        reasons=[{"code": problem.code, "column": problem.column} for problem in one.reasons],
        content=_sealed(batch, one.row) if undecided and one.row else None,
    )  # fmt: skip


def _bound_to(batch: CaseBatch, number: int) -> str:
    return f"casework_casebatchrow.content|{batch.uuid}|{number}"


def _sealed(batch: CaseBatch, row: RegisterRow) -> bytes:
    content = {**asdict(row), "warnings": [], "child": {**asdict(row.child), "warnings": []}}
    return sealed.seal(json.dumps(content, ensure_ascii=False, default=_plain).encode(), _bound_to(batch, row.row))


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def words_of_row(row: CaseBatchRow) -> RegisterRow | None:
    """The request that a row holds while it waits for a decision; None when it no longer does."""
    if not row.content:
        return None
    content = json.loads(sealed.unseal(row.content, _bound_to(row.batch, row.number)))
    child = {**content["child"], "birth_date": _day(content["child"]["birth_date"]), "warnings": ()}
    days = {name: _day(content[name]) for name in ("received", "sitting", "opinion")}
    measures = tuple(PlannedText(**one) for one in content["measures"])
    return RegisterRow(**{**content, **days, "child": ChildRow(**child), "measures": measures, "warnings": ()})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
