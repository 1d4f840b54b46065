"""Addresses of bodies and their meetings, under those of the desk."""

from django.urls import path

from zajedno.web.network import agenda, bodies, body_list, body_members, meetings, minutes, year

ONE, SEAT = "bodies/<uuid:uuid>/", "bodies/<uuid:uuid>/members/<uuid:member>/"
YEAR, ISSUED = f"{ONE}year/<int:year>/", f"{ONE}year/<int:year>/issued/<uuid:report>/"
ENDINGS = ("pdf", "docx", "xlsx")
MEETING, ITEM = "meetings/<uuid:meeting>/", "meetings/<uuid:meeting>/items/<uuid:item>/"
urlpatterns = [
    path("bodies/", bodies.listed),
    path("bodies/new/", bodies.new),
    path(ONE, bodies.one),
    path(f"{ONE}change/", bodies.change),
    path(f"{ONE}take/", bodies.take),
    path(f"{ONE}end/", bodies.end),
    path(f"{ONE}act/", bodies.file),
    path(f"{ONE}act/keep/", bodies.attach),
    path(f"{ONE}members/new/", body_members.new),
    path(f"{ONE}members/bring/", body_list.bring_in),
    path(SEAT, body_members.one),
    path(f"{SEAT}after/", body_members.after),
    path(f"{SEAT}leave/", body_members.leave),
    path(f"{ONE}meetings/new/", meetings.new),
    path(YEAR, year.one),
    path(f"{YEAR}words/", year.write),
    path(f"{YEAR}issue/", year.issue),
    *(path(f"{YEAR}report.{one}", year.paper, {"ending": one}) for one in ENDINGS),
    path(ISSUED, year.issued),
    path(f"{ISSUED}read/", year.read),
    *(path(f"{ISSUED}report.{one}", year.issued, {"ending": one}) for one in ENDINGS[1:]),
    path(f"{ISSUED}show/", year.public),
    path(MEETING, meetings.one),
    path(f"{MEETING}move/", meetings.move),
    path(f"{MEETING}cancel/", meetings.cancel),
    path(f"{MEETING}invite/", meetings.invite),
    path(f"{MEETING}calendar.ics", meetings.calendar),
    path(f"{MEETING}attendance/", meetings.attendance),
    path(f"{MEETING}close/", meetings.close),
    path(f"{MEETING}minutes.pdf", minutes.pdf),
    path(f"{MEETING}minutes.docx", minutes.word),
    path(f"{MEETING}items/new/", agenda.put),
    path(ITEM, agenda.write),
    path(f"{ITEM}remove/", agenda.take_off),
    path(f"{MEETING}tasks/new/", agenda.give),
    path("duties/<uuid:duty>/", agenda.duty),
    path("duties/<uuid:duty>/back/", agenda.drop_duty),
]
