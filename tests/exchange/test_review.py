"""Reviews: whose, once, unseen by the others until written, and of a practice whose author may be hidden."""

import pytest

from tests.exchange.practice_world import MARKS, Authors
from zajedno.access.models import Message
from zajedno.exchange.actions import editing, review
from zajedno.exchange.models import Review
from zajedno.exchange.queries import practice as practices
from zajedno.exchange.queries import review as queries
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.places.models import Post

pytestmark = pytest.mark.django_db
WORDS = {"advice": "publish", "remarks": "Jasno."}


def test_nobody_near_the_practice_is_asked(authors: Authors) -> None:
    row = authors.submitted()
    with authors.at_work("edita") as by:
        offered = {post.account.name for post in queries.candidates(by, row, authors.newest(row))}
        assert offered == {"Едита Уредник", "Раде Рецензент", "Нада Рецензент"}
        assert queries.candidates(by, row, authors.newest(row), "recenzent rade").count() == 1
    with pytest.raises(Refused, match="posts"):
        authors.asked(row, "lamija")  # a reviewer, but a colleague of Dino's
    assert len(authors.asked(row, "lamija", "rade")) == 1
    assert Message.objects.filter(account=authors.world.accounts["rade"]).count() == 1


def test_one_who_became_a_colleague_reviews_no_more(authors: Authors) -> None:
    row = authors.submitted()
    (asked,) = authors.asked(row, "rade")
    Post.objects.filter(account=authors.world.accounts["rade"]).update(organisation=row.organisation)
    with authors.at_work("rade") as by, pytest.raises(NotPermitted):
        review.write(by=by, review=asked, marks=MARKS, **WORDS)


def test_a_review_is_ones_own_whole_and_written_once(authors: Authors) -> None:
    (asked,) = authors.asked(authors.submitted(), "rade")
    with authors.at_work("nada") as by:
        with pytest.raises(NotFound):
            queries.find(by, asked.uuid)
        with pytest.raises(NotFound):
            review.write(by=by, review=asked, marks=MARKS, **WORDS)
    with authors.at_work("rade") as by:
        for marks, words, code in (
            ({**MARKS, "ethics": 5}, WORDS, "marks"),
            ({"ethics": 3}, WORDS, "marks"),
            (MARKS, {"advice": "", "remarks": "x"}, "advice"),
            (MARKS, {"advice": "reject", "remarks": " "}, "remarks"),
        ):
            with pytest.raises(Refused, match=code):
                review.write(by=by, review=asked, marks=marks, **words)
        review.write(by=by, review=asked, marks=MARKS, **WORDS)
        with pytest.raises(Overtaken):
            review.write(by=by, review=asked, marks=MARKS, **WORDS)
    with authors.at_work("dino") as by, pytest.raises(NotPermitted):
        review.write(by=by, review=asked, marks=MARKS, **WORDS)


def readable(authors: Authors, who: str, of: Review) -> int:
    with authors.at_work(who) as by:
        return queries.of_version(by, of.version).count()


def test_nobody_peeks(authors: Authors) -> None:
    row = authors.submitted()
    first, second, third = authors.asked(row, "rade", "nada", "edita")
    with authors.at_work("rade") as by:
        review.write(by=by, review=next(one for one in (first, second, third) if one.reviewer_id == by.account),
                     marks=MARKS, **WORDS)  # fmt: skip
    assert readable(authors, "rade", first) == 1
    assert readable(authors, "nada", first) == 0  # has not written
    assert readable(authors, "edita", first) == 0  # an editor, but asked for a review too
    assert [readable(authors, who, first) for who in ("dino", "lamija", "petra")] == [0, 0, 0]
    with authors.at_work("nada") as by:
        review.write(by=by, review=next(one for one in (first, second, third) if one.reviewer_id == by.account),
                     marks=MARKS, **WORDS)  # fmt: skip
    assert readable(authors, "nada", first) == 2


def test_editors_read_all_but_those_of_their_own(authors: Authors) -> None:
    written = authors.reviewed(authors.submitted())
    assert readable(authors, "edita", written) == 1
    written.version.practice.__class__.objects.filter(pk=written.version.practice_id).update(
        author=authors.world.accounts["edita"]
    )
    written.version.practice.refresh_from_db()
    assert readable(authors, "edita", written) == 0


def test_declined_or_decided_is_asked_no_more(authors: Authors) -> None:
    row = authors.submitted()
    (asked,) = authors.asked(row, "rade")
    with authors.at_work("rade") as by:
        review.decline(by=by, review=asked)
        assert not queries.mine(by)
        with pytest.raises(Overtaken):
            review.write(by=by, review=asked, marks=MARKS, **WORDS)
        with pytest.raises(NotFound):
            practices.find(by, row.uuid)
    (other,) = authors.asked(row, "nada")
    with authors.at_work("edita") as by:
        editing.return_(by=by, practice=row, reason="Dopuniti.")
    with authors.at_work("nada") as by, pytest.raises(Overtaken):
        review.write(by=by, review=other, marks=MARKS, **WORDS)


def test_an_anonymous_author_is_hidden_from_reviewers_alone(authors: Authors) -> None:
    row = authors.submitted(anonymous=True)
    authors.asked(row, "rade")
    for who, hidden in (("rade", True), ("edita", False), ("dino", False), ("lamija", False)):
        with authors.at_work(who) as by:
            assert practices.hides(by, row) is hidden, who
