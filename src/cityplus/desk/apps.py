from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cityplus.desk"

    def ready(self) -> None:
        from cityplus.desk import drafted  # noqa: PLC0415
        from cityplus.media import usage  # noqa: PLC0415

        usage.plug("desk", drafted.uses)
