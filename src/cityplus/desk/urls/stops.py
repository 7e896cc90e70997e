from django.urls import path

from cityplus.desk.views.places import places

urlpatterns = [
    path("@<handle:handle>/places/", places, name="places"),
]
