from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "zajedno.procedures"
    label = "procedures"
