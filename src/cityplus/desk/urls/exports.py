from django.urls import path

from cityplus.desk.views.exports import exports, file

urlpatterns = [
    path("@<handle:handle>/exports/", exports, name="exports"),
    path("@<handle:handle>/exports/<int:export>/pack.zip", file, name="export"),
]
