from django.urls import path

from cityplus.notifications.views import devices, ending, notices, wishes

app_name = "notifications"
urlpatterns = [
    path("notices/", notices.page, name="page"),
    path("notices/count/", notices.count, name="count"),
    path("notices/reading/", notices.reading, name="reading"),
    path("account/notices/", wishes.wishes, name="wishes"),
    path("account/notices/devices/", devices.add, name="devices"),
    path("account/notices/devices/<int:pk>/end/", devices.end, name="device-end"),
    path("account/notices/end/<str:token>/", ending.end, name="ending"),
]
