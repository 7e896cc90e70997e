from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "cityplus.translation"

    def ready(self) -> None:
        from cityplus.translation import errands  # noqa: F401, PLC0415 - plugs its job in
