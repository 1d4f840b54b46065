from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "zajedno.programmes"
    label = "programmes"
