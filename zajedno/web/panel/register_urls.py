"""Addresses of the register that comes in and goes out, below /panel/register/."""

from django.urls import path

from zajedno.web.panel import register, register_row

urlpatterns = [
    path("", register.register, name="register"),
    path("export/", register.export, name="register-export"),
    path("<uuid:uuid>/", register.batch, name="register-batch"),
    path("<uuid:uuid>/columns/", register.columns, name="register-columns"),
    path("<uuid:uuid>/enter/", register.enter, name="register-enter"),
    path("<uuid:uuid>/errors.xlsx", register.errors, name="register-errors"),
    path("<uuid:uuid>/undo/", register.undo, name="register-undo"),
    path("<uuid:uuid>/row/<int:number>/", register_row.decide, name="register-row"),
]
