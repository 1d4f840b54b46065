"""A small invented procedure for tests, and a hand to plant mistakes in it."""

SMALL = """
key = "small"
country = "RS"
languages = ["sr", "en"]
purpose = "additional-support"
labels = { sr = "Мали поступак", en = "Small procedure" }
source = { law = "Пример", verified = false, note = "an example" }
opening = { by = ["clerk"] }

[[part]]
key = "office"
kind = "organisation"
keeps = true
labels = { sr = "Служба", en = "Office" }
[[part]]
key = "clerk"
kind = "post"
role = "commission-coordinator"
of = "office"
labels = { sr = "Службеник", en = "Clerk" }
[[part]]
key = "parent"
kind = "person"
guardians = "all"
labels = { sr = "Родитељ", en = "Parent" }

[[step]]
key = "begun"
kind = "start"
labels = { sr = "Почето", en = "Begun" }
hint = { sr = "Почетак.", en = "The beginning." }
[[step]]
key = "open"
kind = "work"
labels = { sr = "Отворено", en = "Open" }
hint = { sr = "Ради се.", en = "Being worked on." }
[[step]]
key = "done"
kind = "end"
labels = { sr = "Готово", en = "Done" }
hint = { sr = "Крај.", en = "The end." }

[[move]]
key = "take"
from = ["begun"]
to = "open"
by = ["clerk"]
needs = ["consent"]
letters = ["invitation"]
notifies = ["parent"]
tie = [{ part = "office", fields = ["identity"], until = ["ask_more", "end"] }]
labels = { sr = "Узми", en = "Take" }
hint = { sr = "Узми предмет.", en = "Take the case." }
[[move]]
key = "ask_more"
from = ["open"]
by = ["clerk"]
asks = ["reason"]
renews = ["consent"]
labels = { sr = "Тражи још", en = "Ask for more" }
hint = { sr = "Рок стоји.", en = "The deadline stands still." }
[[move]]
key = "go_on"
from = ["open"]
by = ["clerk", "parent"]
labels = { sr = "Настави", en = "Go on" }
hint = { sr = "Рок тече.", en = "The deadline runs." }
[[move]]
key = "finish"
from = ["open"]
to = "done"
by = ["clerk"]
labels = { sr = "Заврши", en = "Finish" }
hint = { sr = "Крај.", en = "The end." }

[[deadline]]
key = "answer"
start = ["take"]
stop = ["finish"]
pause = ["ask_more"]
resume = ["go_on"]
length = 10
unit = "days"
remind_before = [3, 1]
missed = ["clerk"]
labels = { sr = "Одговор", en = "Answer" }
source = { law = "Пример", verified = true }

[[letter]]
key = "invitation"
to = ["parent"]
labels = { sr = "Позив", en = "Invitation" }

[[story]]
name = "from begin to end"
ends = "done"
move = [
  { move = "take", by = "clerk", refused = "missing_need" },
  { move = "take", by = "clerk", on = 2026-03-02, facts = ["consent"], step = "open", clocks = ["answer"] },
  { move = "ask_more", by = "clerk", clocks = ["answer"] },
  { move = "go_on", by = "parent" },
  { move = "finish", by = "parent", refused = "wrong_part" },
  { move = "finish", by = "clerk", step = "done", clocks = [] },
]
"""


def planted(old: str, new: str) -> str:
    """The small procedure with one thing changed; the thing must be there once."""
    assert SMALL.count(old) == 1, f"{old!r} is there {SMALL.count(old)} times"
    return SMALL.replace(old, new)
