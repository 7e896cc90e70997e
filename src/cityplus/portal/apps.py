from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "cityplus.portal"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus.actors import pages  # noqa: PLC0415
        from cityplus.actors.models import Actor  # noqa: PLC0415
        from cityplus.portal import news  # noqa: F401, PLC0415 - plugs its stream in
        from cityplus.portal.views import city_page  # noqa: PLC0415
        from cityplus.web import navigation  # noqa: PLC0415

        pages.plug(Actor.Kind.CITY, city_page)
        navigation.plug(80, _("Pulse"), "portal:pulse", only_footer=True, row="about")
        navigation.plug(75, _("About"), "portal:about", only_footer=True, row="about")
