"""Forms that offices bring: sent, decided on, taken into use, retired; by whom, and what each refuses."""

from datetime import date

import pytest

from tests.forms.small import FACTS, small, workbook
from tests.places import factories
from zajedno.access.models import AuditEntry, Message
from zajedno.forms import rules
from zajedno.forms.actions.approval import approve, refuse
from zajedno.forms.actions.enabling import disable, enable
from zajedno.forms.actions.form import retire
from zajedno.forms.actions.load import load_form
from zajedno.forms.actions.upload import Faulty, upload
from zajedno.forms.models import Enabling, Form, Version
from zajedno.forms.queries.form import find, in_use
from zajedno.forms.queries.office import find as find_kept
from zajedno.forms.queries.office import standing, waiting
from zajedno.kernel.actor import Actor, Seat
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 15)
SCHOOL, OTHER, PLATFORM = 1, 2, 3


def actor(account: int, organisation: int, *verbs: rules.Verb) -> Actor:
    seat = Seat(1, organisation, "x", frozenset(verb.key for verb in verbs), opens_files=False)
    return Actor(account=account, seats=(seat,), today=DAY)


MIRA = actor(11, SCHOOL, rules.UPLOAD, rules.ENABLE)
ZORAN = actor(12, OTHER, rules.UPLOAD, rules.ENABLE)
ADMIN = actor(13, PLATFORM, rules.LOAD, rules.APPROVE, rules.ENABLE_ANYWHERE)


def sent(content: bytes | None = None, by: Actor = MIRA, organisation: int = SCHOOL, **facts) -> Version:
    return upload(by=by, organisation=organisation, key="small", content=content or workbook(), facts=FACTS | facts)


def code_of(act, *args, **named) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **named)
    return refused.value.code


def test_a_workbook_becomes_a_version_that_waits() -> None:
    version = sent()
    assert (version.number, version.form.owner, version.loaded_by) == (1, SCHOOL, 11)
    assert version.book["settings"]["lines"][0][1]["form_id"] == "small"  # the key, whatever the file says
    assert 'id="small"' in version.xml
    assert "Da li dete čita?" in version.xml  # Latin is made
    assert in_use([SCHOOL], "child", DAY) == []
    assert code_of(enable, by=MIRA, form=version.form, organisation=SCHOOL) == "not_approved"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.detail["form"], entry.detail["number"]) == ("forms.upload", "small", 1)


def test_every_fault_is_told_and_nothing_is_kept() -> None:
    broken = small("select_one yes_no", "select_one no_such_list").to_xlsx()
    with pytest.raises(Faulty) as refused:
        sent(broken)
    assert [(fault.sheet, fault.row, fault.column) for fault in refused.value.faults] == [("survey", 2, "type")]
    assert not Form.objects.exists()
    assert not AuditEntry.objects.exists()
    assert code_of(sent, b"This is no workbook.") in ("not_a_table", "wrong_type")
    assert not Form.objects.exists()


def test_a_key_belongs_to_who_sent_it_first() -> None:
    sent()
    assert code_of(sent, by=ZORAN, organisation=OTHER) == "key_taken"
    assert code_of(load_form, small(), FACTS, by=None, key="small", country="RS") == "key_taken"
    assert Form.objects.count() == 1
    load_form(small(), FACTS, by=None, key="packed", country="RS")
    assert code_of(upload, by=MIRA, organisation=SCHOOL, key="packed", content=workbook(), facts=FACTS) == "key_taken"


def test_the_next_version_says_something_else_of_the_same() -> None:
    sent()
    assert code_of(sent) == "same"
    assert code_of(sent, about="network") == "about"
    assert sent(workbook("<= 99", "<= 50")).number == 2


def test_only_where_the_post_is() -> None:
    for by, organisation in ((ZORAN, SCHOOL), (ADMIN, SCHOOL), (MIRA, OTHER)):
        with pytest.raises(NotPermitted):
            sent(by=by, organisation=organisation)
    assert not Form.objects.exists()


def test_somebody_else_decides_once() -> None:
    own = actor(11, PLATFORM, rules.APPROVE)
    version = sent()
    with pytest.raises(NotPermitted):
        approve(by=MIRA, version=version)
    assert code_of(approve, by=own, version=version) == "own"
    assert code_of(refuse, by=ADMIN, version=version, reason="  ") == "reason"
    refuse(by=ADMIN, version=version, reason="Мере нису јасне.")
    for act in (approve, refuse):
        with pytest.raises(Overtaken):
            act(by=ADMIN, version=version, reason="x")
    assert code_of(enable, by=MIRA, form=version.form, organisation=SCHOOL) == "not_approved"
    approve(by=ADMIN, version=sent(workbook("<= 99", "<= 50")))
    enable(by=MIRA, form=version.form, organisation=SCHOOL)
    assert find("small", [SCHOOL], "child", DAY).number == 2
    entries = AuditEntry.objects.filter(verb="forms.approve").order_by("id")
    assert list(entries.values_list("detail__approved", flat=True)) == [False, True]


def test_the_office_is_told_once_without_the_reason() -> None:
    account = factories.account(language="en")
    by = actor(account.pk, SCHOOL, rules.UPLOAD)
    refuse(by=ADMIN, version=sent(by=by), reason="Мере нису јасне.")
    letter = Message.objects.get(account=account)
    assert letter.subject == "Your form is refused"
    assert "Мере" not in letter.body


def test_what_a_later_approval_replaced_waits_no_more() -> None:
    first, second = sent(), sent(workbook("<= 99", "<= 50"))
    assert waiting() == 2
    approve(by=ADMIN, version=second)
    assert waiting() == 0
    assert code_of(approve, by=ADMIN, version=first) == "not_waiting"
    assert [standing(one) for one in find_kept(MIRA, "", "small").versions] == ["approved", "replaced"]


def test_packs_forms_and_retired_ones_do_not_wait() -> None:
    packed = load_form(small(), FACTS, by=None, key="packed", country="").version
    assert code_of(approve, by=ADMIN, version=packed) == "not_waiting"
    version = sent()
    retire(by=MIRA, form=version.form)
    assert code_of(approve, by=ADMIN, version=version) == "not_waiting"


def test_in_use_stays_the_approved_version_until_the_next_is_approved() -> None:
    version = sent()
    approve(by=ADMIN, version=version)
    enable(by=MIRA, form=version.form, organisation=SCHOOL)
    second = sent(workbook("<= 99", "<= 50"))
    assert find("small", [SCHOOL], "child", DAY).number == 1
    approve(by=ADMIN, version=second)
    assert find("small", [SCHOOL], "child", DAY).number == 2


def test_taken_into_use_once_and_out_of_it() -> None:
    form = load_form(small(), FACTS, by=None, key="packed", country="").version.form
    first = enable(by=MIRA, form=form, organisation=SCHOOL)
    assert enable(by=MIRA, form=form, organisation=SCHOOL) == first
    with pytest.raises(NotPermitted):
        enable(by=MIRA, form=form, organisation=OTHER)
    with pytest.raises(NotPermitted):
        disable(by=ZORAN, form=form, organisation=SCHOOL)
    enable(by=ADMIN, form=form, organisation=OTHER)
    assert [one.key for one in in_use([SCHOOL], "child", DAY)] == ["packed"]
    for _twice in range(2):
        disable(by=MIRA, form=form, organisation=SCHOOL)
    assert in_use([SCHOOL], "child", DAY) == []
    with pytest.raises(NotFound):
        find("packed", [SCHOOL], "child", DAY)
    enable(by=MIRA, form=form, organisation=SCHOOL)
    assert Enabling.objects.filter(organisation=SCHOOL).count() == 2
    assert AuditEntry.objects.filter(verb="forms.enable", organisation=SCHOOL).count() == 3


def test_a_retired_form_is_in_use_nowhere_and_its_key_is_gone() -> None:
    form = load_form(small(), FACTS, by=None, key="packed", country="").version.form
    enable(by=MIRA, form=form, organisation=SCHOOL)
    with pytest.raises(NotPermitted):
        retire(by=MIRA, form=form)
    for _twice in range(2):
        retire(by=ADMIN, form=form)
    assert in_use([SCHOOL], "child", DAY) == []
    assert code_of(enable, by=MIRA, form=form, organisation=SCHOOL) == "not_approved"
    assert code_of(load_form, small("<= 99", "<= 9"), FACTS, by=None, key="packed", country="") == "retired_key"
    assert AuditEntry.objects.filter(verb="forms.retire").count() == 1
    own = sent().form
    with pytest.raises(NotPermitted):
        retire(by=ZORAN, form=own)
    retire(by=MIRA, form=own)
    assert code_of(sent, workbook("<= 99", "<= 9")) == "retired_key"
