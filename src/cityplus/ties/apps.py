from django.apps import AppConfig
from django.urls import reverse


def pair_address(handle: str) -> str:
    """Where the space of a pair stands."""
    return reverse("ties:pair", args=handle.split("+"))


class TiesConfig(AppConfig):
    name = "cityplus.ties"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus.actors import addresses  # noqa: PLC0415
        from cityplus.ties import renaming  # noqa: F401, PLC0415 - subscribes
        from cityplus.web import navigation  # noqa: PLC0415

        addresses.plug("pair", pair_address)
        navigation.plug(40, _("Friendships"), "ties:index")
