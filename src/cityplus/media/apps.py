from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "cityplus.media"

    def ready(self) -> None:
        from cityplus.media import rendering  # noqa: F401, PLC0415 - plugs its job and its subscriber in
