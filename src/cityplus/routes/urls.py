from django.urls import path

from cityplus.routes import views

app_name = "routes"
urlpatterns = [
    path("basemap.pmtiles", views.basemap, name="basemap"),
    path("routes/", views.index, name="index"),
    path("@<handle:handle>/routes/", views.drafts, name="drafts"),
    path("@<handle:handle>/routes/deliveries/<int:number>/", views.delivery, name="delivery"),
    path("@<handle:handle>/routes/<slug:slug>/", views.route, name="route"),
    path("@<handle:handle>/routes/<slug:slug>/stops/<int:number>/", views.stop, name="stop"),
    path("@<handle:handle>/routes/<slug:slug>/card.jpg", views.route_card, name="route-card"),
    path("@<handle:handle>/routes/<slug:slug>/stops/<int:number>/card.jpg", views.stop_card, name="stop-card"),
    path("@<handle:handle>/routes/<slug:slug>/route.gpx", views.route_file, {"ending": "gpx"}, name="gpx"),
    path("@<handle:handle>/routes/<slug:slug>/route.kml", views.route_file, {"ending": "kml"}, name="kml"),
    path("@<handle:handle>/routes/<slug:slug>/route.geojson", views.route_file, {"ending": "geojson"}, name="geojson"),
    path("@<handle:handle>/routes/<slug:slug>/route.pdf", views.route_booklet, name="booklet"),
]
