from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "cityplus.media"

    def ready(self) -> None:
        from cityplus.media import (  # noqa: F401, PLC0415 - plug their jobs, a chore and a subscriber in
            joining,
            rendering,
            sweeping,
            usage,
        )
