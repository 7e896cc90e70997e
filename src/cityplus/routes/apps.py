from django.apps import AppConfig


class RoutesConfig(AppConfig):
    name = "cityplus.routes"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # noqa: PLC0415

        from cityplus import drafts  # noqa: PLC0415
        from cityplus.cities import checklist  # noqa: PLC0415
        from cityplus.media import keys, usage, visibility  # noqa: PLC0415
        from cityplus.routes import attached, candidacy, deliveries, findable, media  # noqa: PLC0415 - deliveries plugs its job in
        from cityplus.routes.document import RouteKind  # noqa: PLC0415
        from cityplus.search import index  # noqa: PLC0415
        from cityplus.social import attachments  # noqa: PLC0415
        from cityplus.web import navigation  # noqa: PLC0415

        navigation.plug(20, _("Routes"), "routes:index")
        index.plug(findable.ROUTE, findable.Routes())
        index.plug(findable.STOP, findable.Stops())
        visibility.plug("routes", media.seen_by)
        usage.plug("routes", media.uses)
        drafts.plug(RouteKind())
        checklist.plug(50, candidacy.of_routes)
        keys.plug("routes", deliveries.waiting_files)
        attachments.plug("route", attached.Routes())
        attachments.plug("stop", attached.Stops())
