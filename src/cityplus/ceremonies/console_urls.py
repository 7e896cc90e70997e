"""The addresses of who leads, and of what is kept; below ``/ceremonies/<pk>/``."""

from django.urls import path

from cityplus.ceremonies.views import console, papers

_CEREMONY = "ceremonies/<int:pk>/"
_RUN = f"{_CEREMONY}runs/<int:run>/"
urlpatterns = [
    path(f"{_CEREMONY}console/", console.console, name="console"),
    path(f"{_CEREMONY}runs/", console.runs, name="runs"),
    path(f"{_RUN}hold/", console.hold, name="hold"),
    path(f"{_RUN}resumption/", console.resumption, name="resumption"),
    path(f"{_RUN}ending/", console.ending, name="ending"),
    path(f"{_RUN}palms/", console.palms, name="palms"),
    path(f"{_RUN}wiping/", console.wiping, name="wiping"),
    path(f"{_CEREMONY}key/", console.key, name="key"),
    path(f"{_CEREMONY}keeping/", console.keeping, name="keeping"),
    path(f"{_CEREMONY}certificate.pdf", papers.certificate, name="certificate"),
    path(f"{_CEREMONY}poster.jpg", papers.poster, name="poster"),
]
