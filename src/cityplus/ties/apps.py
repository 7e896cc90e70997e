from django.apps import AppConfig


class TiesConfig(AppConfig):
    name = "cityplus.ties"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus.web import navigation  # noqa: PLC0415

        navigation.plug(30, _("Friendships"), "ties:index")
