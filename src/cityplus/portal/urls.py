from django.urls import path

from cityplus.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("card.jpg", views.home_card, name="home-card"),
    path("@<handle:handle>/card.jpg", views.city_card, name="city-card"),
    path("about/", views.about, name="about"),
    path("pulse/", views.pulse, name="pulse"),
]
