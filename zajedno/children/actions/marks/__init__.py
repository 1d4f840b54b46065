"""A sheet of marks and absences comes in by stages: uploaded, columns matched, checked, entered once, undone."""

from zajedno.children.actions.marks.stages import SchoolBatches

_marks = SchoolBatches()
upload, match, prepare, check = _marks.upload, _marks.match, _marks.prepare, _marks.check
start, commit, fail, errors = _marks.start, _marks.commit, _marks.fail, _marks.errors
decide, undo, look = _marks.decide, _marks.undo, _marks.look

__all__ = ["check", "commit", "decide", "errors", "fail", "look", "match", "prepare", "start", "undo", "upload"]
