from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "zajedno.figures"
    label = "figures"
