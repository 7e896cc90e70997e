from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "cityplus.media"

    def ready(self) -> None:
        from cityplus.media import rendering, sweeping  # noqa: F401, PLC0415 - plug their jobs and a subscriber in
