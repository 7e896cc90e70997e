from django.apps import AppConfig


class SocialConfig(AppConfig):
    name = "cityplus.social"

    def ready(self) -> None:
        from cityplus.actors import pages  # noqa: PLC0415
        from cityplus.actors.models import Actor  # noqa: PLC0415
        from cityplus.media import usage, visibility  # noqa: PLC0415
        from cityplus.people import sections  # noqa: PLC0415
        from cityplus.social import account, portraits, speaking, voices  # noqa: PLC0415
        from cityplus.social.views import person  # noqa: PLC0415

        voices.plug(Actor.Kind.PERSON, speaking.as_oneself)
        voices.plug(Actor.Kind.CITY, speaking.for_cities)
        pages.plug(Actor.Kind.PERSON, person.page)
        sections.plug("profile", account.profile)
        visibility.plug("profiles", portraits.seen_by)
        usage.plug("profiles", portraits.uses)
