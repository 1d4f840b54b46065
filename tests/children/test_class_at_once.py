"""Two people save the same class at the same moment: the second is told, and nobody has two newest sheets."""

import time
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from tests.children.classes import THIS_CLASS, School, risk
from tests.world import make_world
from zajedno.children.actions import school_class
from zajedno.children.actions.school_class import PupilReport, PupilRow, take_in_class
from zajedno.children.models import Assessment
from zajedno.kernel.fence import RUNTIME, acting


@pytest.fixture
def school(transactional_db: None) -> School:
    made = School(make_world())
    made.entrust()
    return made


def test_the_second_of_two_is_told(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    read = school_class.newest_of

    def slowly(*asked: Any) -> Any:
        found = read(*asked)
        time.sleep(0.3)  # the other one reads meanwhile, if nothing keeps them
        return found

    monkeypatch.setattr(school_class, "newest_of", slowly)
    form, place, told, wrong = school.form(), school.place, list[PupilReport](), list[Exception]()

    def save(who: str, level: int) -> None:
        by = school.world.actor(who)
        rows = {child.pk: PupilRow(risk(attendance=level)) for child in school.pupils}
        try:
            with acting(RUNTIME, by.account):
                told.extend(take_in_class(by=by, organisation=place, class_name=THIS_CLASS, form=form, rows=rows))
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [Thread(target=save, args=one, daemon=True) for one in (("vera", 1), ("ana", 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not wrong
    assert sorted(one.code or one.verdict for one in told) == ["overtaken"] * 3 + ["saved"] * 3
    assert Assessment.objects.count() == 3
