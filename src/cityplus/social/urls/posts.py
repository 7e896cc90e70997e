from django.urls import path

from cityplus.social import views

urlpatterns = [
    path("@<handle:handle>/posts/<int:number>/", views.post, name="post"),
]
