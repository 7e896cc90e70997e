from django.urls import path

from cityplus.cities import views

app_name = "cities"
urlpatterns = [path("cities/", views.directory, name="directory")]
