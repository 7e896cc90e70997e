"""The addresses of the desk, a file for each part of it."""

from django.urls import register_converter

from cityplus.desk.pieces import PieceConverter

register_converter(PieceConverter, "piece")

from cityplus.desk.urls import (  # noqa: E402 - they name the converter
    calendar,
    editing,
    exports,
    home,
    joining,
    settings,
    team,
    trail,
)

app_name = "desk"
urlpatterns = [
    *home.urlpatterns,
    *calendar.urlpatterns,
    *editing.urlpatterns,
    *exports.urlpatterns,
    *joining.urlpatterns,
    *settings.urlpatterns,
    *team.urlpatterns,
    *trail.urlpatterns,
]
