"""A question to the author of a practice. It is public once it is answered; a child in it is looked for first."""

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.exchange.actions.wording import clean
from zajedno.exchange.models import Practice, Question
from zajedno.exchange.queries.question import to_answer
from zajedno.exchange.rules import ASK, EDIT
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import now
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.verbs import ask as ask_verb

WAITING = 3  # open questions of one person about one practice


@transaction.atomic
def ask(*, by: Actor, practice: Practice, text: str, is_checked: bool = False) -> Question:
    """Anybody with an account may. `is_checked`: the person has read what looks like a child, and says it is none."""
    text = clean({"text": text}, is_checked)["text"]
    Practice.objects.select_for_update().get(pk=practice.pk)
    if Question.objects.filter(practice=practice, asked_by=by.account, answered_on=None).count() >= WAITING:
        raise Refused(_("Three of your questions wait for an answer already."), "too_many")
    row = Question.objects.create(practice=practice, asked_by_id=by.account, text=text, asked_on=now())
    audit.record(by=by, verb=ASK, about=row)
    outbox.write(
        to=practice.author, key=f"question-{row.uuid}", subject=_("Somebody asks about your practice"),
        body=format_lazy(_("Read the question and answer it: {path}"), path=f"/exchange/practices/{practice.slug}/"),
    )  # fmt: skip
    return row


@transaction.atomic
def answer(*, by: Actor, question: Question, text: str, is_checked: bool = False) -> Question:
    """By the author, their institution or an editor; NotFound for all others. From now on both are public."""
    text = clean({"text": text}, is_checked)["text"]
    row = to_answer(by, question.practice).select_for_update(of=("self",)).filter(pk=question.pk).first()
    if row is None:
        raise NotFound("")
    row.answer, row.answered_by, row.answered_on = text, by.account, now()
    row.save(update_fields=["answer", "answered_by", "answered_on"])
    audit.record(by=by, verb=ASK, about=row, detail={"answered": True})
    outbox.write(
        to=row.asked_by, key=f"answer-{row.uuid}", subject=_("Your question is answered"),
        body=format_lazy(_("Read the answer: {path}"), path=f"/exchange/practices/{row.practice.slug}/"),
    )  # fmt: skip
    return row


@transaction.atomic
def hide(*, by: Actor, question: Question) -> None:
    """An editor takes a question off the page, answered or not."""
    ask_verb(by, EDIT)
    Question.objects.filter(pk=question.pk, hidden_on=None).update(hidden_on=now())
    audit.record(by=by, verb=EDIT.key, about=question, detail={"hidden": True})
