from django.urls import path

from cityplus.desk.views.file import delivery, file
from cityplus.desk.views.places import places
from cityplus.desk.views.stops import legs, stops

AT = "@<handle:handle>/<piece:piece>/"

urlpatterns = [
    path("@<handle:handle>/places/", places, name="places"),
    path(f"{AT}stops/", stops, name="piece-stops"),
    path(f"{AT}legs/", legs, name="piece-legs"),
    path(f"{AT}file/", file, name="piece-file"),
    path(f"{AT}file/<int:delivery>/", delivery, name="piece-delivery"),
]
