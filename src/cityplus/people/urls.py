from django.urls import path

from cityplus.people import views

app_name = "people"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/session/", views.sign_in, name="sign-in"),
    path("account/session/end/", views.sign_out, name="sign-out"),
]
