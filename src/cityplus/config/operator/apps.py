from django.contrib.admin.apps import SimpleAdminConfig


class OperatorConfig(SimpleAdminConfig):
    """Django's admin without its discovery: only what ``records`` names is shown, whatever libraries would register."""

    default_site = "cityplus.config.operator.site.OperatorSite"

    def ready(self) -> None:
        super().ready()
        from django.contrib.admin import site  # noqa: PLC0415 - models load after apps

        from cityplus.config.operator.records import show_all  # noqa: PLC0415

        show_all(site)
