from django.apps import AppConfig


class DraftsConfig(AppConfig):
    name = "cityplus.drafts"

    def ready(self) -> None:
        from cityplus.drafts import publishing  # noqa: F401, PLC0415 - plugs its job in
