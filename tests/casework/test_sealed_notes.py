"""Notes on health and violence: read and written where a tie opens the field to a role that may; nobody else learns
that they are there."""

from collections.abc import Iterable

import pytest
from django.db import DatabaseError, connection

from tests.casework.handing import add, address, at, text
from tests.casework.test_story import Story
from tests.refusal import refusal
from tests.world import World
from zajedno.casework.actions.note import write_note
from zajedno.casework.models import Note
from zajedno.casework.queries.note import notes_of, seals_open
from zajedno.children.models import Tie
from zajedno.kernel import clock
from zajedno.kernel.refusal import NotPermitted, Refused

pytestmark = pytest.mark.django_db
HEALTH, VIOLENCE = "Епилепсија, терапија од марта.", "Пријављен отац."


class Kept(Story):
    """Besa's health centre and the school take part beside the commission; the health centre wrote of health."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.move("ana", "submit")
        self.open("health", ["identity", "request", "health"])
        self.open("commission", ["identity", "health"], part="person_of_trust")

    def open(self, place: str, fields: Iterable[str], part: str = "implementer") -> None:
        organisation = self.world.organisations[place]
        tie = Tie.objects.create(
            child=self.child, organisation=organisation, purpose="additional-support", fields=sorted(fields),
            since=clock.today(),
        )  # fmt: skip
        self.case.participants.create(tie=tie, key=organisation.pk, part=part)

    def write(self, who: str, seal: str, words: str, kind: str = "note") -> Note:
        with self.as_(who):
            return write_note(
                by=self.world.actor(who),
                file=self.file(who),
                kind=kind,
                text=words,
                happened_on=clock.today(),
                seal=seal,
            )

    def reads(self, who: str) -> set[str]:
        """Seals of the notes that somebody finds: by the query, and by the database alone."""
        with self.as_(who):
            asked = {row.seal for row in notes_of(self.file(who))} - {""}
            told = set(Note.objects.exclude(seal="").values_list("seal", flat=True))
        assert asked == told
        return asked


@pytest.fixture
def kept(world: World) -> Kept:
    return Kept(world)


def test_a_health_note_is_read_by_health_and_the_commission_and_never_by_the_school(kept: Kept) -> None:
    kept.write("besa", "health", HEALTH)
    assert (kept.reads("besa"), kept.reads("csaba"), kept.reads("ana")) == ({"health"}, {"health"}, set())
    page = address(kept.case, "history/")
    assert HEALTH in text(at(kept.world, "besa").get(page))
    assert HEALTH in text(at(kept.world, "csaba").get(page))
    before = text(at(kept.world, "ana").get(page))
    assert HEALTH not in before
    assert "Note on health" not in before


def test_a_school_reads_no_health_note_even_when_its_tie_opens_the_field(kept: Kept) -> None:
    kept.write("besa", "health", HEALTH)
    for row in kept.case.participants.filter(key=kept.world.organisations["school"].pk):
        row.tie.fields = sorted({*row.tie.fields, "health", "violence"})
        row.tie.save()
    assert kept.reads("ana") == set()
    assert [str(seal) for seal in seals_open(kept.file("ana"))] == ["violence"]
    with pytest.raises(NotPermitted):
        kept.write("ana", "health", HEALTH)


def test_a_violence_note_is_only_for_whom_the_tie_opens_violence(kept: Kept) -> None:
    """Emina takes part for the children's protection; who leads the network takes part in nothing."""
    add(kept.world, "emina", "referral-team-member", "ngo")
    add(kept.world, "network", "network-coordinator", "ngo")
    kept.open("ngo", ["identity", "violence"], part="person_of_trust")
    kept.write("emina", "violence", VIOLENCE)
    assert kept.reads("emina") == {"violence"}
    for who in ("csaba", "besa", "ana", "goran"):
        assert kept.reads(who) == set()
        assert VIOLENCE not in text(at(kept.world, who).get(address(kept.case, "history/")))
        assert "Violence" not in text(at(kept.world, who).get(address(kept.case, "note/")))
    assert VIOLENCE in text(at(kept.world, "emina").get(address(kept.case, "history/")))
    assert at(kept.world, "network").get(address(kept.case, "history/")).status_code == 404
    with kept.as_("network"):
        assert not Note.objects.exists()


def test_a_role_without_the_verb_reads_none_through_the_tie_of_its_institution(kept: Kept) -> None:
    kept.write("besa", "health", HEALTH)
    add(kept.world, "petar", "service-provider", "health")
    assert kept.reads("petar") == set()
    with pytest.raises(NotPermitted):
        kept.write("petar", "health", "x")


def test_the_seal_ends_with_the_tie_that_opened_it(kept: Kept) -> None:
    kept.write("besa", "health", HEALTH)
    row = kept.case.participants.get(key=kept.world.organisations["health"].pk)
    row.tie.fields = ["identity", "request"]
    row.tie.save()
    assert kept.reads("besa") == set()  # also of what she wrote herself


def test_it_is_written_on_the_page_by_who_may_alone(kept: Kept) -> None:
    besa, path = at(kept.world, "besa"), address(kept.case, "note/")
    assert "Who may read it" in text(besa.get(path))
    assert "Who may read it" not in text(at(kept.world, "ana").get(path))
    sent = {"kind": "note", "seal": "health", "happened_on": str(clock.today()), "text": HEALTH}
    wrong = besa.post(path, sent | {"kind": "observation"})
    assert wrong.status_code == 422
    assert HEALTH in text(wrong)
    assert besa.post(path, sent | {"seal": "violence"}).status_code == 422
    assert besa.post(path, sent).status_code == 302
    assert Note.objects.get(seal="health").organisation == kept.world.organisations["health"]


def test_only_plain_notes_are_sealed_so_that_needs_are_the_same_for_all(kept: Kept) -> None:
    with pytest.raises(Refused, match="seal_kind"):
        kept.write("besa", "health", "x", kind="parent")
    note = kept.write("besa", "health", HEALTH)
    for fields, wall in (({"kind": "parent"}, "note_sealed_is_plain"), ({"seal": "taste"}, "note_seal_known")):
        assert refusal(Note.objects.filter(pk=note.pk).update, **fields) == wall


def test_the_database_lets_nobody_write_what_they_may_not_read(kept: Kept) -> None:
    note = kept.write("besa", "health", HEALTH)
    with kept.as_("ana"):
        assert Note.objects.filter(pk=note.pk).update(seal="") == 0
    row = "gen_random_uuid(), %s, 'note', 'health', app.today(), 1, now()"
    columns = "uuid, case_id, kind, seal, happened_on, written_by, written_on"
    with pytest.raises(DatabaseError, match='policy "sealed"'), kept.as_("ana"), connection.cursor() as cursor:
        cursor.execute(f"insert into casework_note ({columns}) values ({row})", [kept.case.pk])
