from django.apps import AppConfig


class CitiesConfig(AppConfig):
    name = "cityplus.cities"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus import drafts  # noqa: PLC0415
        from cityplus.cities import (  # noqa: PLC0415
            account,
            findable,
            handing,
            media,
        )
        from cityplus.cities.profile import ProfileKind  # noqa: PLC0415
        from cityplus.drafts import publishing  # noqa: PLC0415
        from cityplus.media import rights, visibility  # noqa: PLC0415
        from cityplus.people import sections  # noqa: PLC0415
        from cityplus.search import index  # noqa: PLC0415
        from cityplus.web import navigation  # noqa: PLC0415

        navigation.plug(10, _("Cities"), "cities:directory")
        sections.plug("teams", account.teams)
        index.plug(findable.KIND, findable.Cities())
        rights.plug("cities", media.may_add)
        drafts.plug(ProfileKind())
        visibility.plug("cities", media.seen_by)
        handing.plug("scheduled", lambda city, *people: publishing.pass_on(city.actor, *people))
