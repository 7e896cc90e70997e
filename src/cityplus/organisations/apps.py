from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "cityplus.organisations"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus.actors.models import Actor  # noqa: PLC0415
        from cityplus.organisations import matching, speaking  # noqa: PLC0415
        from cityplus.social.speakers import voices  # noqa: PLC0415

        voices.plug(Actor.Kind.ORGANISATION, speaking.for_organisations)
        matching.plug("organisations", _("Organisations"), matching.others)
