from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "cityplus.office"

    def ready(self) -> None:
        from cityplus.office import account, telling  # noqa: F401, PLC0415 - telling plugs itself in
        from cityplus.people import sections  # noqa: PLC0415

        sections.plug("office", account.office)
