"""Addresses of a register, below where its desk mounts it. They hold codes and numbers of rows, never a name."""

from functools import partial, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from zajedno.kernel.actor import Actor
from zajedno.kernel.verbs import ask
from zajedno.web.registers import views
from zajedno.web.registers.kind import Kind, View

PAGES = (
    ("", "", views.listed),
    ("<uuid:uuid>/", "-batch", views.batch),
    ("<uuid:uuid>/columns/", "-columns", views.columns),
    ("<uuid:uuid>/enter/", "-enter", views.enter),
    ("<uuid:uuid>/errors.xlsx", "-errors", views.errors),
    ("<uuid:uuid>/undo/", "-undo", views.undo),
    ("<uuid:uuid>/row/<int:number>/", "-row", views.decide),
)


def register(kind: Kind, name: str) -> list[URLPattern]:
    return [path(at, page(kind, partial(view, kind)), name=f"{name}{rest}") for at, rest, view in PAGES]


def page(kind: Kind, view: View) -> View:
    """A page of the desk, for whose post carries one of the register's verbs."""

    @kind.guard
    @wraps(view)
    def guarded(request: HttpRequest, by: Actor, **kwargs: Any) -> HttpResponse:
        if not any(by.may(verb.key) for verb in kind.verbs):
            ask(by, kind.verbs[0])
        return view(request, by, **kwargs)

    return guarded
