from django.apps import AppConfig


class CeremoniesConfig(AppConfig):
    name = "cityplus.ceremonies"

    def ready(self) -> None:
        from cityplus.ceremonies import door, launching, leading, streams  # noqa: F401, PLC0415 - they plug themselves in
