"""What pages load; the same for every language."""

from django.urls import path

from cityplus.cities import views

urlpatterns = [
    path("cities/lights.bin", views.packed, name="members-packed"),
    path("cities/lights.svg", views.drawn, name="members-drawn"),
]
