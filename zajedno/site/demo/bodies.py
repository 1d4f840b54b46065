"""The network of Subotica as a body: taken up from the pack, completed, one meeting closed, the next one called."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.networks.actions import agenda, body, meeting, member
from zajedno.networks.models import Body, Meeting
from zajedno.networks.queries.body import members
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.institutions import Towns, enter_person, enter_post
from zajedno.site.demo.networks import AT, LATER, MEMBERS

SET_UP, MET, NEXT = 300, 40, 12  # days ago, days ago, days ahead
COMMISSION = {
    "bs": "Komisija za socijalnu zaštitu i inkluziju: Jajce", "sr": "Комисија за социјалну заштиту и инклузију: Јајце",
    "en": "Commission for social protection and inclusion: Jajce",
    "hr": "Komisija za socijalnu zaštitu i inkluziju: Jajce",
    "hu": "Szociális védelmi és inklúziós bizottság: Jajce",
    "sq": "Komisioni për mbrojtje sociale dhe gjithëpërfshirje: Jajce",
}  # fmt: skip
CONTACT = "Координатор мреже, mreza.subotica@demo.invalid"


def seed_bodies(towns: Towns, progress: Callable[[str], None]) -> None:
    day = clock.today() - timedelta(days=SET_UP)
    keeper = towns.organisations[AT]
    row = Body.objects.filter(territory=keeper.territory_id, organisation=None, kind="network").first()
    if row is None:
        return
    with clock.on(day):
        by = actor_for(towns.accounts["csaba"].pk, day)
        row = body.take_up(by=by, body=row, organisation=keeper.pk)
        body.change(by=by, body=row, head=_head(row))
        _seats(towns, by, row)
    day = clock.today() - timedelta(days=MET)
    with clock.on(day):
        _first(actor_for(towns.accounts["csaba"].pk, day), row)
    by = actor_for(towns.accounts["csaba"].pk, clock.today())
    _call(by, row, NEXT, "Припрема годишњег плана", "Шта смо сазнали из самовредновања")
    _commission(towns)
    progress("a network with 8 seats and 2 meetings; a commission in Jajce")


def _commission(towns: Towns) -> None:
    """The body of Jajce, whose coordinator has just begun: three seats, a meeting ahead."""
    keeper, who = towns.organisations["commission-jajce"], "komisija.jajce"
    enter_person(towns, f"{who}@demo.invalid", "Koordinator komisije (demo)", "bs", towns.accounts["ana"].password)
    enter_post(towns, who, "commission-jajce", "network-coordinator", title="koordinator")
    by = actor_for(towns.accounts[who].pk, clock.today())
    head = body.Head(
        titles=COMMISSION, kind="commission", territory=keeper.territory, language="bs",
        organ="Općinsko vijeće (izmišljeno)", established_on=clock.today(),
        contact="Koordinator komisije, komisija.jajce@demo.invalid",
    )  # fmt: skip
    row = body.set_up(by=by, organisation=keeper.pk, head=head)
    for person, at in (("emina", "team-jajce"), ("", "csr-jajce"), (who, "commission-jajce")):
        account = towns.accounts.get(person)
        seat = member.Seat(
            person=account.name if account else "Predstavnik centra (izmišljen)",
            organisation=towns.organisations[at].pk, account=account.pk if account else None,
            role="coordinator" if person == who else "member",
        )  # fmt: skip
        member.appoint(by=by, body=row, seat=seat, since=clock.today())
    _call(by, row, NEXT + 9, "Dogovor o protokolu", "Mapa usluga u općini", place="Zgrada općine, sala 1")


def _head(row: Body) -> body.Head:
    today = clock.today()
    return body.Head(
        titles=row.titles, kind=row.kind, territory=row.territory, language="sr", organ="Скупштина града (измишљено)",
        established_on=today, mandate_from=today, mandate_until=today + timedelta(days=SET_UP + 45), contact=CONTACT,
        rules="Састаје се сваког другог месеца; сазива је координатор.",
        about={"sr": "Установе које раде са децом договарају се о подршци и прате шта је урађено."},
    )  # fmt: skip


def _seats(towns: Towns, by: Actor, row: Body) -> None:
    who = [("ana", "school-subotica"), *((f"{key}.subotica", f"{key}-subotica") for key in (*MEMBERS, *LATER))]
    for number, (person, at) in enumerate(who):
        account = towns.accounts[person]
        seat = member.Seat(
            person=account.name, account=account.pk, organisation=towns.organisations[at].pk,
            role="chair" if number == 0 else "member",
        )  # fmt: skip
        member.appoint(by=by, body=row, seat=seat, since=clock.today())


def _call(by: Actor, row: Body, days: int, *items: str, place: str = "Градска кућа, сала 2") -> Meeting:
    begins = datetime.combine(clock.today() + timedelta(days=days), time(10), clock.ZONE)
    made = meeting.call(by=by, body=row, plan=meeting.Plan(begins, begins + timedelta(hours=2), place))
    for title in items:
        agenda.put(by=by, meeting=made, title=title)
    return made


def _first(by: Actor, row: Body) -> None:
    held = _call(by, row, 0, "Прелазак из вртића у школу")
    seats = list(members(row, clock.today()))
    meeting.note_attendance(by=by, meeting=held, there={one.pk: "there" for one in seats[:6]})
    said = agenda.Said(
        "Прелазак из вртића у школу", "Вртић и школа су рекли шта им недостаје када дете прелази.",
        "До краја школске године договара се заједнички састанак вртића и школа.", (5, 0, 1),
    )  # fmt: skip
    agenda.write(by=by, item=held.items.get(), said=said)
    for seat, text, days in ((seats[0], "Позвати школе на заједнички састанак", 25),
                             (seats[1], "Предложити образац за прелазак", 60)):  # fmt: skip
        agenda.give(by=by, meeting=held, member=seat, text=text, due_on=clock.today() + timedelta(days=days))
    meeting.close(by=by, meeting=held, chaired_by=seats[0].person, recorded_by="Csaba Nagy")
