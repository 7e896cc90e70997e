from django.urls import path

from cityplus.social import views

app_name = "social"
urlpatterns = [
    path("@<handle:handle>/posts/<int:number>/", views.post, name="post"),
]
