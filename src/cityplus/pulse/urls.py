from django.urls import path

from cityplus.pulse import views

app_name = "pulse"
urlpatterns = [path("pulse/counting/", views.counting, name="counting")]
