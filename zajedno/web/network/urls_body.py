"""Addresses of bodies and their meetings, under those of the desk."""

from django.urls import path

from zajedno.web.network import agenda, bodies, body_members, meetings, minutes

ONE, SEAT = "bodies/<uuid:uuid>/", "bodies/<uuid:uuid>/members/<uuid:member>/"
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
    path(SEAT, body_members.one),
    path(f"{SEAT}after/", body_members.after),
    path(f"{SEAT}leave/", body_members.leave),
    path(f"{ONE}meetings/new/", meetings.new),
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
