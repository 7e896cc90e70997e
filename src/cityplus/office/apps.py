from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "cityplus.office"

    def ready(self) -> None:
        from cityplus.office import telling  # noqa: F401, PLC0415 - plugs itself in
