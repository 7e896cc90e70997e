from django.apps import AppConfig


class CitiesConfig(AppConfig):
    name = "cityplus.cities"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus.cities import account, findable  # noqa: PLC0415
        from cityplus.people import sections  # noqa: PLC0415
        from cityplus.search import index  # noqa: PLC0415
        from cityplus.web import navigation  # noqa: PLC0415

        navigation.plug(10, _("Cities"), "cities:directory")
        sections.plug("teams", account.teams)
        index.plug(findable.KIND, findable.Cities())
