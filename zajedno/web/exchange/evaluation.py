"""What who came thinks of a gathering: asked by the link of their registration, read by its organisers as a whole."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.exchange.actions import evaluation as actions
from zajedno.exchange.enums import Asked
from zajedno.exchange.queries import gathering as gatherings
from zajedno.exchange.queries import registration as queries
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.web.exchange.champions import public_form
from zajedno.web.exchange.gathering_frame import organiser_page, show
from zajedno.web.exchange.registering import way
from zajedno.web.shared.fields import Confirm, LongText, Radios
from zajedno.web.shared.forms import Form
from zajedno.web.shared.guards import answer, attempt
from zajedno.web.shared.pieces import Column, Row, Table

SCALE = [(str(mark), str(mark)) for mark in actions.MARKS]
FEWEST = 3  # answers, below which nothing is shown: who said it would be known


class Evaluate(Form):
    changes = LongText(
        label=gettext_lazy("What will you do otherwise at home?"), rows=3, max_length=actions.LONGEST, required=False
    )
    remarks = LongText(
        label=gettext_lazy("What should the next event do better?"), rows=3, max_length=actions.LONGEST, required=False
    )
    is_checked = Confirm(
        label=gettext_lazy("I have read it again: no child can be recognised in it"), required=False
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = dict(self.fields)
        self.fields.clear()
        for key, label in Asked.choices:
            self.fields[key] = Radios(label=label, choices=SCALE, inline=True)
        self.fields |= last

    def said(self) -> dict[str, Any]:
        texts = {name: self.cleaned_data[name] for name in ("changes", "remarks", "is_checked")}
        return {"marks": {key: int(self.cleaned_data[key]) for key in Asked.values}, **texts}


@public_form
def evaluate(request: HttpRequest, slug: str, uuid: UUID, token: str) -> HttpResponse:
    try:
        row = queries.by_link(slug, uuid, token)
    except NotFound:
        return render(request, "exchange/gathering_link_gone.html", status=404)
    back = f"/exchange/gatherings/{slug}/registration/{uuid}/{token}/"
    context = {"about": row.gathering, "crumbs": way(row.gathering), "back": back}
    if row.evaluated:
        return answer(request, "exchange/gathering_thanks.html", context)
    form = Evaluate(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(
        form, lambda: actions.evaluate(slug=slug, uuid=uuid, token=token, **form.said())
    ):  # fmt: skip
        return redirect(f"{back}evaluate/")
    words = {
        "title": _("How was it?"), "go": _("Send"),
        "note": _("From 1 (not at all) to 5 (fully). It is kept without your name; only that you answered is known."),
    }  # fmt: skip
    return answer(request, "exchange/gathering_form.html", {**context, "form": form, **words})


@organiser_page
def read(request: HttpRequest, by: Actor, slug: str) -> HttpResponse:
    """Marks as a whole, and what was written, in no order."""
    gathering = gatherings.find(by, slug)
    rows = queries.evaluations(gathering)
    facts = [
        Row(_("Had a place"), str(queries.coming(gathering).count())), Row(_("Answered"), str(len(rows))),
    ]  # fmt: skip
    if len(rows) < FEWEST:
        note = _("Marks and remarks are shown once three people have answered, so that nobody is known by theirs.")
        return show(request, gathering, _("Evaluation"), {"facts": facts, "notes": [note]})
    texts = [
        (title, [text for text in (getattr(one, name) for one in rows) if text])
        for name, title in (("changes", _("What they will do otherwise")), ("remarks", _("What should be better")))
    ]
    return show(request, gathering, _("Evaluation"), {
        "facts": facts, "tables": [_marks([one.marks for one in rows])],
        "lists": [(title, lines) for title, lines in texts if lines],
    })  # fmt: skip


def _marks(given: list[dict[str, int]]) -> Table:
    columns = [Column(_("Question")), *(Column(text, numeric=True) for _key, text in SCALE),
               Column(_("Average"), numeric=True)]  # fmt: skip
    rows = []
    for key, label in Asked.choices:
        counts = Counter(one[key] for one in given)
        mean = sum(mark * many for mark, many in counts.items()) / len(given)
        rows.append([label, *(str(counts[mark]) for mark in actions.MARKS), localize(round(mean, 1))])
    return Table("marks", _("How many gave which mark"), columns, rows)
