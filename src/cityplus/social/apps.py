from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "cityplus.social"

    def ready(self) -> None:
        from cityplus.actors.models import Actor  # noqa: PLC0415
        from cityplus.social import moderated, speaking, voices  # noqa: PLC0415

        voices.plug(Actor.Kind.PERSON, speaking.as_oneself)
        voices.plug(Actor.Kind.CITY, speaking.for_cities)
        moderated.plug_in()
