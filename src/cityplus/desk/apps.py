from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cityplus.desk"

    def ready(self) -> None:
        from cityplus.desk import waiting  # noqa: PLC0415
        from cityplus.desk.editor.waits import waits  # noqa: PLC0415

        waiting.plug("drafts", waits)
