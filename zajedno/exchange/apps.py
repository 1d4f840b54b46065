from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "zajedno.exchange"
    label = "exchange"
