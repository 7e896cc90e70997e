from django.urls import path

from cityplus.ceremonies import console_urls
from cityplus.ceremonies.views.tmp import ceremony, nothing

app_name = "ceremonies"
urlpatterns = [
    path("ceremonies/", nothing, name="index"),
    path("ceremonies/<int:pk>/", ceremony, name="ceremony"),
    path("ceremonies/<int:pk>/screen/", nothing, name="wall"),
    path("ceremonies/<int:pk>/screen/touch/", nothing, name="touch"),
    path("ceremonies/<int:pk>/palm/", nothing, name="palm"),
    path("ceremonies/<int:pk>/palm/<str:invitation>/", nothing, name="guest"),
    *console_urls.urlpatterns,
]
