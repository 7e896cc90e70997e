from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cityplus.desk"

    def ready(self) -> None:
        from django.urls import reverse  # noqa: PLC0415

        from cityplus.cities import workplace  # noqa: PLC0415

        workplace.plug(lambda city: reverse("desk:home", args=[city.handle]))
