from django.urls import path, register_converter

from cityplus.desk import views
from cityplus.desk.pieces import PieceConverter

register_converter(PieceConverter, "piece")

app_name = "desk"
urlpatterns = [
    path("", views.desks, name="desks"),
    path("@<handle:handle>/", views.home, name="home"),
]
