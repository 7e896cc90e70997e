"""All addresses: English at the root, other languages under their prefix, machines' doors outside both."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from cityplus.config import health

urlpatterns = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("", include("cityplus.media.urls")),
    path("", include("cityplus.notifications.machine_urls")),
    path("", include("cityplus.events.doors.worker")),
    path("", include("cityplus.cities.machine_urls")),
    path("", include("cityplus.portal.machine_urls")),
    path("", include("cityplus.api.urls")),
    path(".well-known/change-password", RedirectView.as_view(pattern_name="account_change_password")),
    *([path(settings.CITYPLUS.admin_path, admin.site.urls)] if settings.CITYPLUS.admin_path else []),
    *i18n_patterns(
        path("", include("cityplus.web.urls")),
        path("", include("cityplus.actors.urls")),
        path("", include("cityplus.people.urls")),
        path("", include("cityplus.notifications.urls")),
        path("", include("cityplus.search.urls")),
        path("", include("cityplus.pulse.urls")),
        path("", include("cityplus.moderation.urls")),
        path("", include("cityplus.cities.urls")),
        path("", include("cityplus.social.urls")),
        path("", include("cityplus.organisations.urls")),
        path("", include("cityplus.organisations.suggestions_urls")),
        path("", include("cityplus.routes.urls")),
        path("", include("cityplus.events.doors.urls")),
        path("", include("cityplus.events.urls")),
        path("", include("cityplus.events.meetings.urls")),
        path("", include("cityplus.opportunities.urls")),
        path("", include("cityplus.ties.urls")),
        path("", include("cityplus.ceremonies.urls")),
        path("", include("cityplus.portal.urls")),
        path("", include("cityplus.api.manual_urls")),
        path("desk/", include("cityplus.desk.urls")),
        path("office/", include("cityplus.office.urls")),
        prefix_default_language=False,
    ),
]

handler404 = "cityplus.web.views.not_found"
handler500 = "cityplus.web.views.broken"
