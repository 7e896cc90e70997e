from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "cityplus.search"

    def ready(self) -> None:
        from cityplus import jobs  # noqa: PLC0415
        from cityplus.search.building import rebuild  # noqa: PLC0415
        from cityplus.web import header  # noqa: PLC0415

        header.plug(10, "search/header.html")
        jobs.job("search.rebuild")(rebuild)
        jobs.derived("search_", "search.rebuild")
