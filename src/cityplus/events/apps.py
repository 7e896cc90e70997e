from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "cityplus.events"
