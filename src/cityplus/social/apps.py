from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "cityplus.social"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus.actors import pages  # noqa: PLC0415
        from cityplus.actors.models import Actor  # noqa: PLC0415
        from cityplus.social import live, speaking, voices  # noqa: F401, PLC0415 - live plugs its stream in
        from cityplus.social.views import person  # noqa: PLC0415
        from cityplus.web import header, navigation  # noqa: PLC0415

        voices.plug(Actor.Kind.PERSON, speaking.as_oneself)
        voices.plug(Actor.Kind.CITY, speaking.for_cities)
        for kind in (Actor.Kind.PERSON, Actor.Kind.ORGANISATION):
            pages.plug(kind, person.page)
        navigation.plug(35, _("Conversation"), "social:network")
        header.plug(5, "social/header.html")
