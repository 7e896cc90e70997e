from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "cityplus.office"

    def ready(self) -> None:
        from cityplus.office import account  # noqa: PLC0415
        from cityplus.people import sections  # noqa: PLC0415

        sections.plug("office", account.office)
