from django.urls import path

from cityplus.ceremonies import console_urls, views

app_name = "ceremonies"
urlpatterns = [
    path("ceremonies/", views.index, name="index"),
    path("ceremonies/<int:pk>/", views.ceremony, name="ceremony"),
    path("ceremonies/<int:pk>/screen/", views.wall, name="wall"),
    path("ceremonies/<int:pk>/screen/touch/", views.touch, name="touch"),
    path("ceremonies/<int:pk>/palm/", views.palm, name="palm"),
    path("ceremonies/<int:pk>/palm/<str:invitation>/", views.palm, name="guest"),
    *console_urls.urlpatterns,
]
