from django.apps import AppConfig


class ActorsConfig(AppConfig):
    name = "cityplus.actors"

    def ready(self) -> None:
        from django.urls import register_converter  # noqa: PLC0415

        from cityplus.actors.handles import HandleConverter  # noqa: PLC0415

        register_converter(HandleConverter, "handle")
