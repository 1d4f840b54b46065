"""A body of Subotica that Csaba of the network keeps, with Ana, Besa and an institution that does not work here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.places import factories as places
from tests.world import World
from zajedno.access.actions.report import Papers
from zajedno.figures.logic.figure import Figure, Said
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.networks.actions import agenda, body, meeting, member, year
from zajedno.networks.models import Body, Meeting, Member, YearReport
from zajedno.places.models import Organisation, Post
from zajedno.web.shared.report.figure_words import as_data

WITHHELD = as_data(Figure("k2", "x-1", "2026", Said.WITHHELD))
PAPERS = Papers(b"%PDF-1.7", b"PK", {"language": "sr", "names": {}, "figures": [WITHHELD]})


class Bodies:
    """`set_up()` is one with its act and a mandate; `seat(row, "ana", "school")` puts somebody on a seat of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        if "network" not in world.organisations:
            kind = places.kind("inclusion_network", "intersectoral")
            world.organisations["network"] = places.organisation("Мрежа Суботица", kind=kind, code="w-network")
        self.keeper: Organisation = world.organisations["network"]
        Post.objects.get_or_create(
            account=world.accounts["csaba"], organisation=self.keeper, role_id="network-coordinator",
            defaults={"since": date(2020, 1, 1)},
        )  # fmt: skip

    @contextmanager
    def at_work(self, who: str) -> Iterator[Actor]:
        """Behind their own fence, on the day that the test's clock says."""
        with acting(RUNTIME, self.world.accounts[who].pk):
            yield self.world.actor(who, clock.today())

    def head(self, **fields: Any) -> body.Head:
        values = {
            "titles": {"sr": "Мрежа за инклузивно образовање", "en": "Network for inclusive education"},
            "kind": "network", "territory": self.keeper.territory, "organ": "Скупштина града",
            "established_on": clock.today(), "mandate_from": clock.today(), "mandate_until": later(365),
            "rules": "Састаје се једном месечно.", "contact": "mreza@demo.invalid",
        } | fields  # fmt: skip
        return body.Head(**values)

    def set_up(self, **head: Any) -> Body:
        with self.at_work("csaba") as by:
            return body.set_up(by=by, organisation=self.keeper.pk, head=self.head(**head))

    def seat(self, row: Body, who: str = "", at: str = "", since: date | None = None, **fields: Any) -> Member:
        """Without `who`: a policeman of an institution that is only written."""
        values: dict[str, Any] = {"person": "Милан Мунић", "institution": "Полицијска станица", "sector": "justice"}
        if who:
            account = self.world.accounts[who]
            values = {"person": account.name, "account": account.pk, "organisation": self.world.organisations[at].pk}
        until = fields.pop("until", None)
        with self.at_work("csaba") as by:
            return member.appoint(
                by=by, body=row, seat=member.Seat(**values | fields), since=since or clock.today(), until=until
            )

    def seated(self) -> Body:
        """With three members."""
        row = self.set_up()
        self.seat(row, "ana", "school", role="chair")
        self.seat(row, "besa", "health")
        self.seat(row)
        return row

    def meet(self, row: Body, days: int = 0, *items: str) -> Meeting:
        """A meeting today or in so many days, with an agenda."""
        begins = datetime.combine(later(days), time(10), clock.ZONE)
        with self.at_work("csaba") as by:
            plan = meeting.Plan(begins, begins + timedelta(hours=2), "Градска кућа")
            made = meeting.call(by=by, body=row, plan=plan)
            for title in items or ("План за јесен",):
                agenda.put(by=by, meeting=made, title=title)
        return made

    def came(self, row: Meeting, *there: Member) -> None:
        with self.at_work("csaba") as by:
            meeting.note_attendance(by=by, meeting=row, there={one.pk: "there" for one in there})

    def close(self, row: Meeting) -> Meeting:
        with self.at_work("csaba") as by:
            meeting.close(by=by, meeting=row, chaired_by="Ана Вуковић", recorded_by="Csaba Nagy")
        row.refresh_from_db()
        return row

    def issue(self, row: Body, number: int = 0, *, public: bool = False) -> YearReport:
        """The report of this year, or of so many years later."""
        with self.at_work("csaba") as by:
            made = year.issue(by=by, body=row, year=clock.today().year + number, papers=lambda edition: PAPERS)
            if public:
                year.show(by=by, report=made, public=True)
        return made

    def ids(self) -> dict[str, object]:
        """For addresses: a body with its act and a report that everybody may read, and a meeting today that gave Ana a
        task."""
        row = self.seated()
        held, seat = self.meet(row), row.members.get(seat=1)
        with self.at_work("csaba") as by:
            body.attach(by=by, body=row, name="odluka.pdf", media_type="application/pdf", content=b"%PDF-1.7")
            duty = agenda.give(by=by, meeting=held, member=seat, text="Позвати школе", due_on=by.today)
        return {
            "bodies/uuid": row.uuid, "members/member": seat.uuid, "meetings/meeting": held.uuid,
            "meetings/items/item": held.items.get().uuid, "duties/duty": duty.uuid, "networks/slug": row.slug,
            "year/year": clock.today().year, "issued/report": self.issue(row, public=True).uuid,
        }  # fmt: skip


def later(days: int) -> date:
    return clock.today() + timedelta(days=days)
