"""A commission's register comes in by stages: uploaded, columns matched, checked, entered once, undone as a whole."""

from zajedno.casework.actions.batch.stages import CaseBatches

_cases = CaseBatches()
upload, match, prepare, check = _cases.upload, _cases.match, _cases.prepare, _cases.check
start, commit, fail, errors = _cases.start, _cases.commit, _cases.fail, _cases.errors
decide, undo, look = _cases.decide, _cases.undo, _cases.look

__all__ = ["check", "commit", "decide", "errors", "fail", "look", "match", "prepare", "start", "undo", "upload"]
