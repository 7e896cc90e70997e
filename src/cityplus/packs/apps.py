from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "cityplus.packs"

    def ready(self) -> None:
        from cityplus.packs import asking  # noqa: F401, PLC0415 - plugs its job and its chore in
