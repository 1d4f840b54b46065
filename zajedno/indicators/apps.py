from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "zajedno.indicators"
    label = "indicators"
