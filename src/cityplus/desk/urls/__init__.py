"""The addresses of the desk, a file for each part of it."""

from django.urls import register_converter

from cityplus.desk.pieces import PieceConverter

register_converter(PieceConverter, "piece")

from cityplus.desk.urls import ceremonies, home  # noqa: E402 - they name the converter

app_name = "desk"
urlpatterns = [*home.urlpatterns, *ceremonies.urlpatterns]
