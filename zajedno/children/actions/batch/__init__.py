"""A register of children comes in by stages: uploaded, columns matched, checked, entered once, undone as a whole."""

from zajedno.children.actions.batch.stages import ChildBatches

_children = ChildBatches()
upload, match, prepare, check = _children.upload, _children.match, _children.prepare, _children.check
start, commit, fail, errors = _children.start, _children.commit, _children.fail, _children.errors
decide, undo, look = _children.decide, _children.undo, _children.look

__all__ = ["check", "commit", "decide", "errors", "fail", "look", "match", "prepare", "start", "undo", "upload"]
