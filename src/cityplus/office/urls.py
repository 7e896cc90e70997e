from django.urls import path

from cityplus.office import views

app_name = "office"
urlpatterns = [path("", views.cities, name="cities")]
