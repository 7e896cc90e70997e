from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "cityplus.search"

    def ready(self) -> None:
        from cityplus.web import header  # noqa: PLC0415

        header.plug(10, "search/header.html")
