from django.urls import path

from cityplus.desk.views.trail import trail, trail_file

urlpatterns = [
    path("@<handle:handle>/trail/", trail, name="trail"),
    path("@<handle:handle>/trail/trail.csv", trail_file, {"ending": "csv"}, name="trail-csv"),
    path("@<handle:handle>/trail/trail.json", trail_file, {"ending": "json"}, name="trail-json"),
]
