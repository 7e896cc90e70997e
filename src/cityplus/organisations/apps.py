from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "cityplus.organisations"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus.actors import pages  # noqa: PLC0415
        from cityplus.actors.models import Actor  # noqa: PLC0415
        from cityplus.media import rights, usage, visibility  # noqa: PLC0415
        from cityplus.organisations import (  # noqa: PLC0415
            account,
            findable,
            governed,
            letters,
            matching,
            media,
            parting,
            speaking,
            telling,
        )
        from cityplus.organisations.views import page  # noqa: PLC0415
        from cityplus.people import letters as box  # noqa: PLC0415
        from cityplus.people import sections  # noqa: PLC0415
        from cityplus.search import index  # noqa: PLC0415
        from cityplus.social.rendering import faces  # noqa: PLC0415
        from cityplus.social.speakers import voices  # noqa: PLC0415
        from cityplus.web import navigation  # noqa: PLC0415

        faces.plug(Actor.Kind.ORGANISATION, "organisation", "logo")
        voices.plug(Actor.Kind.ORGANISATION, speaking.for_organisations)
        matching.plug("organisations", _("Organisations"), matching.others)
        pages.plug(Actor.Kind.ORGANISATION, page.page)
        navigation.plug(31, _("Organisations"), "organisations:directory", only_footer=True, row="opportunities")
        sections.plug("organisations", account.organisations)
        index.plug(findable.KIND, findable.Organisations())
        rights.plug("organisations", media.may_add)
        visibility.plug("organisations", media.seen_by)
        usage.plug("organisations", media.uses)
        for kind, pattern in letters.PATTERNS.items():
            box.plug(kind, pattern)
        governed.plug()
        parting.plug()
        telling.plug()
