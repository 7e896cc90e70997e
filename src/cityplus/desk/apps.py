from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cityplus.desk"

    def ready(self) -> None:
        from cityplus.desk import assigned, waiting  # noqa: PLC0415 - models load after apps

        waiting.plug("languages", assigned.waiting_for)
