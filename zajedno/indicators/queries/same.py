"""Files of one child, where sums are written as SQL: what people confirmed two by two may be a chain or a star."""

# `file` and the oldest of those it hangs together with, `child`; only of who has several.
SAME = """
same as (
  with recursive beside as (
    select child_id file, same_as_id other from children_alias where state = 'confirmed'
    union select same_as_id, child_id from children_alias where state = 'confirmed'
  ), walk as (
    select file, other from beside union select w.file, b.other from walk w join beside b on b.file = w.other
  )
  select file, min(other) child from walk group by file
)
"""
