from django.apps import AppConfig


class CeremoniesConfig(AppConfig):
    name = "cityplus.ceremonies"

    def ready(self) -> None:
        from cityplus.ceremonies import launching  # noqa: F401, PLC0415 - plugs its job in
