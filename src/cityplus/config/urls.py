"""All addresses: English at the root, other languages under their prefix, machines' doors outside both."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from cityplus.config import health

urlpatterns = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("", include("cityplus.media.urls")),
    path("", include("cityplus.portal.machine_urls")),
    *i18n_patterns(
        path("", include("cityplus.web.urls")),
        path("", include("cityplus.actors.urls")),
        path("", include("cityplus.people.urls")),
        path("", include("cityplus.search.urls")),
        path("", include("cityplus.cities.urls")),
        path("", include("cityplus.routes.urls")),
        path("", include("cityplus.ties.urls")),
        path("", include("cityplus.portal.urls")),
        prefix_default_language=False,
    ),
]

handler404 = "cityplus.web.views.not_found"
handler500 = "cityplus.web.views.broken"
