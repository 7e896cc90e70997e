from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "cityplus.events"

    def ready(self) -> None:
        from cityplus.events.doors import live  # noqa: F401, PLC0415 - the door of the phones, and the stream of the console
        from cityplus.events.meetings import running, telling  # noqa: F401, PLC0415 - running plugs its job in

        telling.plug_in()
