"""The addresses of the desk, a file for each part of it."""

from django.urls import register_converter

from cityplus.desk.pieces import PieceConverter

register_converter(PieceConverter, "piece")

from cityplus.desk.urls import calendar, exports, home, settings, team, trail  # noqa: E402 - they name the converter

app_name = "desk"
urlpatterns = [
    *home.urlpatterns,
    *calendar.urlpatterns,
    *exports.urlpatterns,
    *settings.urlpatterns,
    *team.urlpatterns,
    *trail.urlpatterns,
]
