from django.apps import AppConfig


class CitiesConfig(AppConfig):
    name = "cityplus.cities"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus import drafts  # noqa: PLC0415
        from cityplus.cities import (  # noqa: PLC0415
            account,
            checklist,
            findable,
            governed,
            handing,
            letters,
            media,
            proving,  # noqa: F401 - it plugs its jobs in
        )
        from cityplus.cities.profile import ProfileKind  # noqa: PLC0415
        from cityplus.drafts import publishing  # noqa: PLC0415
        from cityplus.media import rights, usage, visibility  # noqa: PLC0415
        from cityplus.people import letters as box  # noqa: PLC0415
        from cityplus.people import sections  # noqa: PLC0415
        from cityplus.search import index  # noqa: PLC0415
        from cityplus.web import navigation  # noqa: PLC0415

        navigation.plug(10, _("Cities"), "cities:directory")
        checklist.plug(10, checklist.of_profile)
        checklist.plug(90, checklist.of_proofs)
        sections.plug("teams", account.teams)
        index.plug(findable.KIND, findable.Cities())
        rights.plug("cities", media.may_add)
        drafts.plug(ProfileKind())
        for kind, pattern in letters.PATTERNS.items():
            box.plug(kind, pattern)
        visibility.plug("cities", media.seen_by)
        handing.plug("scheduled", lambda city, *people: publishing.pass_on(city.actor, *people))
        usage.plug("cities", media.uses)
        governed.plug_in()
