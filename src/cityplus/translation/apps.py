from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "cityplus.translation"

    def ready(self) -> None:
        from cityplus.social.accounts import leaving  # noqa: PLC0415
        from cityplus.translation import errands  # noqa: F401, PLC0415 - plugs its job in
        from cityplus.translation.parting import PART  # noqa: PLC0415

        leaving.plug("translation", PART)
