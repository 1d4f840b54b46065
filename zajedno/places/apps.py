from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "zajedno.places"
    label = "places"
