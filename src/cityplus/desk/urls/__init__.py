"""The addresses of the desk, a file for each part of it."""

from django.urls import register_converter

from cityplus.desk.pieces import PieceConverter

register_converter(PieceConverter, "piece")

from cityplus.desk.urls import (  # noqa: E402 - they name the converter
    calendar,
    ceremonies,
    conversation,
    editing,
    events,
    exports,
    home,
    joining,
    languages,
    media,
    moderation,
    opportunities,
    organisations,
    settings,
    stops,
    team,
    trail,
)

app_name = "desk"
urlpatterns = [
    *home.urlpatterns,
    *editing.urlpatterns,
    *stops.urlpatterns,
    *calendar.urlpatterns,
    *ceremonies.urlpatterns,
    *conversation.urlpatterns,
    *events.urlpatterns,
    *exports.urlpatterns,
    *joining.urlpatterns,
    *languages.urlpatterns,
    *media.urlpatterns,
    *moderation.urlpatterns,
    *opportunities.urlpatterns,
    *organisations.urlpatterns,
    *settings.urlpatterns,
    *team.urlpatterns,
    *trail.urlpatterns,
]
