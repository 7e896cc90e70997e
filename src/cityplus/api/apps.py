from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "cityplus.api"

    def ready(self) -> None:
        from cityplus.web import navigation  # noqa: PLC0415

        navigation.plug(95, "API", "api-manual:manual", only_footer=True)
